"""SIGKILL under load: nothing acknowledged is lost, nothing is applied twice, everything ends and in order.

``python -m tests.reliability.kill --kills 5000 --seed 7`` prints the figures and fails on the first broken promise.
"""

import argparse
import asyncio
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
from pathlib import Path

from bot.playground.api import LocalBotApi
from bot.playground.chats import Room, Someone
from locales.translations import language
from storage.store import Store
from tests.reliability.nursery import COUNT

PEOPLE = 20
AT_WORK = 0.9  # of the kills come after the first poll
SHORTEST, LONGEST = 0.03, 0.25  # seconds that a bot lives
REDELIVERED = 0.1
BACKLOG = 400  # updates that may wait at the Bot API before people pause
DRAIN_SECONDS = 60.0
REPEATED = language("de")("This may be a repetition: the connection broke while the message was being sent.")

# Written by the database itself, so that a second application cannot hide behind an upsert.
LEDGER = """
CREATE TABLE ledger (token TEXT NOT NULL);
CREATE TRIGGER counted BEFORE INSERT ON kept BEGIN INSERT INTO ledger (token) VALUES (new.token); END;
"""


@dataclass
class Figures:
    """What a run did, and how often it broke each promise."""

    seed: int
    kills: int = 0
    seconds: float = 0.0
    updates: int = 0
    redelivered: int = 0
    jumps: int = 0
    lost: int = 0
    applied_twice: int = 0
    unsettled: int = 0
    confirmed_too_early: int = 0
    unanswered: int = 0
    unsent: int = 0
    repeats: int = 0
    unlabelled_repeats: int = 0
    out_of_order: int = 0
    integrity: str = ""
    exit_code: int | None = None

    @property
    def broken(self) -> dict[str, int]:
        """The promises that were broken, and how often."""
        promises = ("lost", "applied_twice", "unsettled", "confirmed_too_early", "unanswered", "unsent",
                    "unlabelled_repeats", "out_of_order")  # fmt: skip
        found = {name: int(getattr(self, name)) for name in promises}
        found |= {"damaged": int(self.integrity != "ok"), "unclean_stop": int(self.exit_code != 0)}
        return {name: count for name, count in found.items() if count}


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
class Crowd:
    """People who write without end, while Telegram repeats itself, counts anew and loses answers."""

    api: LocalBotApi
    dice: random.Random
    figures: Figures
    said: dict[int, list[str]] = field(default_factory=dict)
    people: list[Someone] = field(default_factory=list)

    def gather(self) -> None:
        self.people = [self.api.town.person(f"P{n}", number=8_000_000 + n) for n in range(PEOPLE)]
        self.said = {person.id: [] for person in self.people}

    async def write(self) -> None:
        while True:
            await asyncio.sleep(self.dice.uniform(0.0, 0.01))
            if len(self.api.town.updates.waiting) < BACKLOG:
                self._say_something()
            self._make_trouble()
            if self.dice.random() < 0.005:
                await self._pass_a_week()

    def _say_something(self) -> None:
        person = self.dice.choice(self.people)
        number = self.figures.updates = self.figures.updates + 1
        text = f"{COUNT}{number}" if self.dice.random() < 0.8 else "/help"
        self.said[person.id].append(text)
        self.api.doings.says(self.room(person), person, text)

    def _make_trouble(self) -> None:
        updates = self.api.town.updates
        if updates.confirmed and self.dice.random() < REDELIVERED:
            updates.redeliver(1)
            self.figures.redelivered += 1
        if self.dice.random() < 0.01 and not any(fault.times for fault in self.api.trouble.faults):
            self.api.trouble.lose_answer(method="sendMessage")

    async def _pass_a_week(self) -> None:
        """After a week without any update Telegram counts anew, from anywhere."""
        while self.api.town.updates.waiting:  # noqa: ASYNC110  # the queue has no event for being empty
            await asyncio.sleep(0.01)
        self.api.town.updates.continue_at(self.dice.randrange(1, 2**31))
        self.figures.jumps += 1

    def room(self, person: Someone) -> Room:
        return self.api.town.private(person)


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
    figures = Figures(seed)
    database = folder / "kill.db"
    await _prepare(database)
    api = LocalBotApi()
    crowd = Crowd(api, random.Random(seed + 1), figures)
    crowd.gather()
    async with AsyncExitStack() as stack:
        reader = stack.enter_context(closing(sqlite3.connect(database, timeout=5.0)))
        watch = api.town.updates.on_poll = Watch(reader, figures)
        origin = await stack.enter_async_context(api.serve())
        nursery = await Nursery.open(database, origin, *(["--confirm-first"] if confirm_first else []))
        stack.push_async_callback(nursery.close)
        started = time.monotonic()
        await _kill_again_and_again(nursery, crowd, watch, random.Random(seed), kills)
        await nursery.start()
        await _drained(api, reader)
        figures.exit_code = await nursery.end(signal.SIGTERM)
        figures.seconds = time.monotonic() - started
        _reckon(figures, crowd, reader)
    return figures


async def _kill_again_and_again(nursery: Nursery, crowd: Crowd, watch: Watch, dice: random.Random, kills: int) -> None:
    """Most die at work, one in ten somewhere in starting."""
    writing = asyncio.create_task(crowd.write())
    for _ in range(kills):
        watch.polled.clear()
        await nursery.start()
        if dice.random() < AT_WORK:
            await watch.polled.wait()
        await asyncio.sleep(dice.uniform(SHORTEST, LONGEST))
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
    waiting = """
        SELECT (SELECT count(*) FROM inbox WHERE state = 'new')
             + (SELECT count(*) FROM outbox WHERE state IN ('new', 'leased', 'uncertain'))
    """
    until = time.monotonic() + DRAIN_SECONDS
    while time.monotonic() < until:
        if not api.town.updates.waiting and not reader.execute(waiting).fetchone()[0]:
            return
        await asyncio.sleep(0.05)


def _reckon(figures: Figures, crowd: Crowd, reader: sqlite3.Connection) -> None:
    wanted = {text.removeprefix(COUNT) for said in crowd.said.values() for text in said if text.startswith(COUNT)}
    applied = Counter(row[0] for row in reader.execute("SELECT token FROM ledger"))
    figures.lost = len(wanted - set(applied))
    figures.applied_twice = sum(count > 1 for count in applied.values())
    figures.unsettled = reader.execute("SELECT count(*) FROM inbox WHERE state NOT IN ('done', 'refused')").fetchone()[
        0
    ]
    figures.unsent = reader.execute("SELECT count(*) FROM outbox WHERE state <> 'sent'").fetchone()[0]
    figures.integrity = str(reader.execute("PRAGMA integrity_check").fetchone()[0])
    for person in crowd.people:
        _reckon_chat(figures, crowd.said[person.id], crowd.room(person), crowd.api.town.bot)


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
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="amtsbote-kill-") as folder:
        figures = asyncio.run(
            run(kills=given.kills, seed=given.seed, folder=Path(folder), confirm_first=given.confirm_first)
        )
    print(figures)
    if figures.broken:
        raise SystemExit(f"broken: {figures.broken}")


if __name__ == "__main__":
    main()
