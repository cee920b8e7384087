"""SIGKILL under load: nothing acknowledged is lost, nothing is applied twice, everything ends and in order."""

import asyncio
import math
import os
import random
import signal
import sqlite3
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bot.playground.api import LocalBotApi
from storage.store import Store
from tests.reliability import post, reckoning, soundness, writes
from tests.reliability.clerks import Clerks
from tests.reliability.crowd import Crowd, Figures
from tests.reliability.reckoning import Written

AT_WORK = 0.9  # of the kills come after the first poll
LONGER = 0.05  # of the lives of a bot whose register is changed: a document takes a second to read
FEW, MANY = 8, 80  # things that a bot has said when it is killed, at most; mostly, and in a longer life
LONGEST = 3.0  # seconds, whatever it has said
PATIENCE_SECONDS = 60.0  # without anything getting done at the end
SAYING = frozenset({"sendmessage", "editmessagetext", "answercallbackquery"})

# Written by the database itself, so that a second application cannot hide behind an upsert.
LEDGER = """
CREATE TABLE ledger (token TEXT NOT NULL);
CREATE TRIGGER counted BEFORE INSERT ON kept BEGIN INSERT INTO ledger (token) VALUES (new.token); END;
"""
Life = Callable[[LocalBotApi, random.Random], Awaitable[None]]


async def a_moment(_: LocalBotApi, dice: random.Random) -> None:
    await asyncio.sleep(dice.uniform(0.03, 0.25))


async def a_few_words(api: LocalBotApi, dice: random.Random) -> None:
    """Counted in what the bot says, so that it dies at work on a slow machine, too."""
    left = dice.randrange(FEW, MANY) if dice.random() < LONGER else dice.randrange(FEW)
    seen, until = len(api.calls), time.monotonic() + LONGEST
    while left > 0 and time.monotonic() < until:
        await asyncio.sleep(0.003)
        left -= sum(call.method in SAYING for call in api.calls[seen:])
        seen = len(api.calls)
    await asyncio.sleep(dice.uniform(0.0, 0.03))


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
        await _live_through(crowd, reader, kills, a_moment, *(["--confirm-first"] if confirm_first else []))
        post.reckon(crowd.figures, crowd, reader)
    return crowd.figures


async def run_with_writes(
    *, kills: int, seed: int, folder: Path, answer_first: bool = False
) -> tuple[Figures, Written]:
    """The same with people who change the register, and with the reckoning of what became of that."""
    database = folder / "kill.db"
    await writes.prepare(database)
    clerks = Clerks(LocalBotApi(), random.Random(seed + 1), Figures(seed))
    with closing(sqlite3.connect(database, timeout=5.0)) as reader:
        await _live_through(clerks, reader, kills, a_few_words, *(["--answer-first"] if answer_first else []))
        post.reckon_post(clerks.figures, reader)
        written = reckoning.reckon(clerks, reader)
    await soundness.look_into(database, written)
    return clerks.figures, written


async def _live_through(crowd: Crowd, reader: sqlite3.Connection, kills: int, life: Life, *flags: str) -> None:
    crowd.gather()
    crowd.unfinished = partial(post.unfinished, reader)
    [[database]] = reader.execute("SELECT file FROM pragma_database_list")
    async with AsyncExitStack() as stack:
        watch = crowd.api.town.updates.on_poll = Watch(reader, crowd.figures)
        origin = await stack.enter_async_context(crowd.api.serve())
        nursery = await Nursery.open(Path(database), origin, *flags)
        stack.push_async_callback(nursery.close)
        started = time.monotonic()
        await _kill_again_and_again(nursery, crowd, watch, kills, life)
        await nursery.start()
        await _drained(crowd.api, reader)
        crowd.figures.exit_code = await nursery.end(signal.SIGTERM)
        crowd.figures.seconds = time.monotonic() - started


async def _kill_again_and_again(nursery: Nursery, crowd: Crowd, watch: Watch, kills: int, life: Life) -> None:
    """Most die at work, one in ten somewhere in starting."""
    writing, dice = asyncio.create_task(crowd.write()), random.Random(crowd.figures.seed)
    for _ in range(kills):
        watch.polled.clear()
        await nursery.start()
        if dice.random() < AT_WORK:
            await watch.polled.wait()
        await life(crowd.api, dice)
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
    while left := len(api.town.updates.waiting) + post.unfinished(reader):
        if left < fewest:
            fewest, until = left, time.monotonic() + PATIENCE_SECONDS
        if time.monotonic() > until:
            return
        await asyncio.sleep(0.05)
