"""SIGKILL under load: nothing acknowledged is lost, nothing is applied twice, everything ends and in order.

``python -m tests.reliability.kill --kills 5000 --seed 7`` prints the figures and fails on a broken promise;
``--writes`` has people change the register meanwhile.
"""

import argparse
import asyncio
import math
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bot.playground.api import LocalBotApi
from bot.playground.chats import Room, Someone
from locales.translations import language
from storage.store import Store
from tests.reliability import writes
from tests.reliability.crowd import Crowd, Figures
from tests.reliability.nursery import COUNT
from tests.reliability.writes import Clerks, Written

AT_WORK = 0.9  # of the kills come after the first poll
LIVES = (0.03, 0.25)  # seconds that a bot lives, from … to
LIVES_OF_WRITERS = (0.03, 0.6)  # long enough for people to confirm what they are shown
PATIENCE_SECONDS = 60.0  # without anything getting done at the end
REPEATED = language("de")("This may be a repetition: the connection broke while the message was being sent.")

# Written by the database itself, so that a second application cannot hide behind an upsert.
LEDGER = """
CREATE TABLE ledger (token TEXT NOT NULL);
CREATE TRIGGER counted BEFORE INSERT ON kept BEGIN INSERT INTO ledger (token) VALUES (new.token); END;
"""


@dataclass
class Nursery:
    """The process that starts bots, and the one bot it has out at a time."""

    process: asyncio.subprocess.Process
    pid: int = 0

    @classmethod
    async def open(cls, database: Path, origin: str, *flags: str) -> "Nursery":
        command = (sys.executable, "-m", "tests.reliability.nursery", str(database), origin, *flags)
        pipe = asyncio.subprocess.PIPE
        return cls(await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe))

    async def start(self) -> None:
        assert self.process.stdin
        self.process.stdin.write(b"\n")
        self.pid = await self._number()

    async def end(self, how: signal.Signals) -> int:
        """Sends the signal and returns the exit code, negative where a signal was the end."""
        os.kill(self.pid, how)
        return await self._number()

    async def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        await self.process.wait()

    async def _number(self) -> int:
        assert self.process.stdout
        line = await self.process.stdout.readline()
        if not line:
            raise RuntimeError("the nursery has ended; its errors are above")
        return int(line)


@dataclass
class Watch:
    """Looks at each poll: it must not confirm what is not on disk. ``polled`` is set by every one."""

    reader: sqlite3.Connection
    figures: Figures
    polled: asyncio.Event = field(default_factory=asyncio.Event)

    def __call__(self, offset: int) -> None:
        self.polled.set()
        known = "SELECT 1 FROM inbox WHERE update_id = ?"
        if offset and not self.reader.execute(known, (offset - 1,)).fetchone():
            self.figures.confirmed_too_early += 1


async def run(*, kills: int, seed: int, folder: Path, confirm_first: bool = False) -> Figures:
    """One whole run: load and kills, then peace, then the reckoning."""
    database = folder / "kill.db"
    await _prepare(database)
    crowd = Crowd(LocalBotApi(), random.Random(seed + 1), Figures(seed))
    with closing(sqlite3.connect(database, timeout=5.0)) as reader:
        await _live_through(crowd, reader, kills, LIVES, *(["--confirm-first"] if confirm_first else []))
        _reckon(crowd.figures, crowd, reader)
    return crowd.figures


async def run_with_writes(
    *, kills: int, seed: int, folder: Path, answer_first: bool = False
) -> tuple[Figures, Written]:
    """The same with people who change the register, and with the reckoning of what became of that."""
    database = folder / "kill.db"
    await writes.prepare(database)
    clerks = Clerks(LocalBotApi(), random.Random(seed + 1), Figures(seed))
    with closing(sqlite3.connect(database, timeout=5.0)) as reader:
        await _live_through(clerks, reader, kills, LIVES_OF_WRITERS, *(["--answer-first"] if answer_first else []))
        _reckon_post(clerks.figures, reader)
        writes.reckon(clerks, reader)
    return clerks.figures, clerks.written


async def _live_through(
    crowd: Crowd, reader: sqlite3.Connection, kills: int, lives: tuple[float, float], *flags: str
) -> None:
    crowd.gather()
    crowd.unfinished = partial(_unfinished, reader)
    [[database]] = reader.execute("SELECT file FROM pragma_database_list")
    async with AsyncExitStack() as stack:
        watch = crowd.api.town.updates.on_poll = Watch(reader, crowd.figures)
        origin = await stack.enter_async_context(crowd.api.serve())
        nursery = await Nursery.open(Path(database), origin, *flags)
        stack.push_async_callback(nursery.close)
        started = time.monotonic()
        await _kill_again_and_again(nursery, crowd, watch, kills, lives)
        await nursery.start()
        await _drained(crowd.api, reader)
        crowd.figures.exit_code = await nursery.end(signal.SIGTERM)
        crowd.figures.seconds = time.monotonic() - started


async def _kill_again_and_again(
    nursery: Nursery, crowd: Crowd, watch: Watch, kills: int, lives: tuple[float, float]
) -> None:
    """Most die at work, one in ten somewhere in starting."""
    writing, dice = asyncio.create_task(crowd.write()), random.Random(crowd.figures.seed)
    for _ in range(kills):
        watch.polled.clear()
        await nursery.start()
        if dice.random() < AT_WORK:
            await watch.polled.wait()
        await asyncio.sleep(dice.uniform(*lives))
        await nursery.end(signal.SIGKILL)
        crowd.figures.kills += 1
    writing.cancel()
    crowd.api.trouble.over()


async def _prepare(database: Path) -> None:
    store = await Store.open(database)
    await store.close()
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(LEDGER)


async def _drained(api: LocalBotApi, reader: sqlite3.Connection) -> None:
    """Waits as long as anything gets done."""
    fewest, until = math.inf, time.monotonic() + PATIENCE_SECONDS
    while left := len(api.town.updates.waiting) + _unfinished(reader):
        if left < fewest:
            fewest, until = left, time.monotonic() + PATIENCE_SECONDS
        if time.monotonic() > until:
            return
        await asyncio.sleep(0.05)


def _unfinished(reader: sqlite3.Connection) -> int:
    """What waits in the bot's boxes."""
    waiting = """
        SELECT (SELECT count(*) FROM inbox WHERE state = 'new')
             + (SELECT count(*) FROM outbox WHERE state IN ('new', 'leased', 'uncertain'))
    """
    return int(reader.execute(waiting).fetchone()[0])


def _reckon(figures: Figures, crowd: Crowd, reader: sqlite3.Connection) -> None:
    wanted = {text.removeprefix(COUNT) for said in crowd.said.values() for text in said if text.startswith(COUNT)}
    applied = Counter(row[0] for row in reader.execute("SELECT token FROM ledger"))
    figures.lost = len(wanted - set(applied))
    figures.applied_twice = sum(count > 1 for count in applied.values())
    _reckon_post(figures, reader)
    figures.unsent += reader.execute("SELECT count(*) FROM outbox WHERE state = 'cancelled'").fetchone()[0]
    for person in crowd.people:
        _reckon_chat(figures, crowd.said[person.id], crowd.room(person), crowd.api.town.bot)


def _reckon_post(figures: Figures, reader: sqlite3.Connection) -> None:
    """Everything ended, and nothing was given up; an edit that came twice, or a late toast, may have been cancelled."""
    [[figures.unsettled]] = reader.execute("SELECT count(*) FROM inbox WHERE state NOT IN ('done', 'refused')")
    [[figures.unsent]] = reader.execute("SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'cancelled')")
    [[integrity]] = reader.execute("PRAGMA integrity_check")
    figures.integrity = str(integrity)


def _reckon_chat(figures: Figures, said: list[str], room: Room, bot: Someone) -> None:
    """Every question has its answer; a further copy of one says that it is; first copies come in order."""
    heard = [message.text for message in room.messages.values() if message.sender == bot]
    counted = [text.partition("\n")[0] for text in heard if text.startswith("counted ")]
    labelled = Counter(text.partition("\n")[0] for text in heard if text.startswith("counted ") and REPEATED in text)
    copies = Counter(counted)
    expected = [f"counted {text.removeprefix(COUNT)}" for text in said if text.startswith(COUNT)]
    figures.unanswered += sum(text not in copies for text in expected)
    figures.repeats += sum(count - 1 for count in copies.values())
    figures.unlabelled_repeats += sum(max(0, count - 1 - labelled[text]) for text, count in copies.items())
    first_copies = list(dict.fromkeys(counted))
    figures.out_of_order += first_copies != [text for text in expected if text in copies]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--confirm-first", action="store_true", help="commit after confirming, to see it fail")
    parser.add_argument("--writes", action="store_true", help="people report, note and take back")
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="amtsbote-kill-") as name:
        folder, written = Path(name), Written()
        if given.writes:
            figures, written = asyncio.run(run_with_writes(kills=given.kills, seed=given.seed, folder=folder))
            print(written)
        else:
            figures = asyncio.run(
                run(kills=given.kills, seed=given.seed, folder=folder, confirm_first=given.confirm_first)
            )
    print(figures)
    if broken := figures.broken | written.broken:
        raise SystemExit(f"broken: {broken}")


if __name__ == "__main__":
    main()
