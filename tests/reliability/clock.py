"""Kills the bot again and again around the sending of digests, while the clock goes on by hours.

``python -m tests.reliability.clock --kills 2000 --seed 7`` prints the figures: each slot has to end once, as sent or
as skipped with its reason, and no digest's text may stand in two messages.
"""

import argparse
import asyncio
import random
import signal
import sqlite3
import tempfile
import time as stopwatch
from collections import Counter
from contextlib import AsyncExitStack, closing, suppress
from dataclasses import dataclass, field, fields
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.playground.api import BOT, LocalBotApi
from bot.playground.town import Town
from registry.digests import Digest
from registry.slots import OnHoliday, Rule, next_slot, slots
from registry.workdays import Workdays
from storage import digests
from storage.store import Store
from tests.handlers.a_register import fill
from tests.reliability.lives import Nursery
from tests.reliability.nursery import CLOCK

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 9, 1, 9, tzinfo=BERLIN)
GROUPS, DIGESTS = 20, 100
A_TOWN = 250  # kills; the register's file grows
LONGEST = 1.0  # seconds that a bot has to say something
PATIENCE = 60.0  # seconds without anything getting done at the end
SAYING = frozenset({"sendmessage", "editmessagetext"})
BODY = "\n1. "  # the first item: it stands in every text, and in no line


@dataclass
class Figures:
    """What a run did, and how often it broke each promise."""

    seed: int
    kills: int = 0
    seconds: float = 0.0
    slots: int = 0
    sent: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    lines_twice: int = 0
    texts_twice: int = 0
    without_text: int = 0  # noted as sent
    lost: int = 0
    invented: int = 0
    unsettled: int = 0
    integrity: str = "ok"
    exit_code: int | None = 0

    @property
    def broken(self) -> dict[str, int]:
        promises = ("texts_twice", "without_text", "lost", "invented", "unsettled")
        found = {name: int(getattr(self, name)) for name in promises}
        found |= {"damaged": int(self.integrity != "ok"), "unclean_stop": int(self.exit_code != 0)}
        return {name: count for name, count in found.items() if count}

    def __add__(self, other: "Figures") -> "Figures":
        """Counts are added; of the rest the one that is worse."""
        added = {one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)[1:-2]}
        integrity = self.integrity if self.integrity != "ok" else other.integrity
        return Figures(self.seed, **added, integrity=integrity, exit_code=self.exit_code or other.exit_code)


@dataclass
class City:
    """A town with groups that get digests, and the one clock of town and bot."""

    folder: Path
    dice: random.Random
    figures: Figures
    now: datetime = START
    chosen: list[Digest] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.database, self.clock = self.folder / "clock.db", self.folder / "clock"
        self.api = LocalBotApi(Town(BOT, now=lambda: self.now))
        self.goes_on(timedelta())

    def goes_on(self, span: timedelta) -> None:
        self.now = (self.now.astimezone(ZoneInfo("UTC")) + span).astimezone(BERLIN)
        fresh = self.clock.with_suffix(".new")
        fresh.write_text(self.now.isoformat())
        fresh.replace(self.clock)  # whoever reads it finds a whole one

    async def set_up(self) -> None:
        store = await Store.open(self.database)
        try:
            await fill(store, with_secrets=False)
            admin = self.api.town.person("Robin")
            rooms = [self.api.town.group(f"Team {n}", admin) for n in range(GROUPS)]
            rows = [{"id": room.id} for room in rooms]
            await store.database.write_rows(("INSERT INTO chats (id, admitted) VALUES (:id, 1)", rows))
            for _ in range(DIGESTS):
                await self._set_up_one(store, self.dice.choice(rooms).id)
        finally:
            await store.close()

    async def _set_up_one(self, store: Store, chat: int) -> None:
        weekdays = tuple(sorted(self.dice.sample(range(7), self.dice.choice((1, 5, 7)))))
        at = time(self.dice.randrange(24), self.dice.randrange(60))
        rule = Rule(weekdays=weekdays, at=at, on_holiday=OnHoliday.ANYWAY)
        following, digest = next_slot(rule, BERLIN, Workdays(), after=START), Digest(chat=chat, rule=rule)
        assert following
        number = await store.database.write(lambda t: digests.save(t.fetch, digest, at=START, next_at=following.due_at))
        self.chosen.append(digest.model_copy(update={"id": number}))

    async def lives(self) -> None:
        """Until the bot has said a few things, or nothing for long; the clock may go on meanwhile.

        Half of the bots die with the last of these on its way: it has arrived, and its answer has not.
        """
        left, until = self.dice.randrange(1, 25), asyncio.get_running_loop().time() + LONGEST
        seen, goes_on_at = len(self.api.calls), self.dice.randrange(-10, 20)
        with suppress(TimeoutError):
            async with asyncio.timeout_at(until):
                while left > 0:
                    await self.api.town.bell.rung()
                    left -= sum(call.method.lower() in SAYING for call in self.api.calls[seen:])
                    seen = len(self.api.calls)
                    if left < goes_on_at:
                        goes_on_at = -100
                        self.goes_on(timedelta(hours=self.dice.random() * 2))
        if self.dice.random() < 0.5:
            await asyncio.sleep(self.dice.uniform(0.0, 0.03))

    def reckon(self, reader: sqlite3.Connection) -> None:
        """The slots as they should be, as they are noted, and what stands in the groups."""
        found = self.figures
        states = "SELECT key, digest, chat, state, reason FROM bulletins WHERE digest <> 0"
        noted = {row[0]: row[1:] for row in reader.execute(states)}
        expected = {
            f"digest {one.id} {slot.on.isoformat()}"
            for one in self.chosen
            for slot in slots(one.rule, BERLIN, Workdays(), after=START, until=self.now)
        }
        found.slots, found.lost, found.invented = len(expected), len(expected - set(noted)), len(set(noted) - expected)
        sent, written = Counter[int](), Counter[int]()
        for _, chat, state, reason in noted.values():
            sent[chat] += state == "sent"
            found.skipped[reason] += state == "skipped"
            found.unsettled += state not in {"sent", "skipped"}
        for room in self.api.town.rooms.values():
            said = [one for one in room.messages.values() if one.sender == BOT]
            written[room.id] = sum(BODY in one.text for one in said)
            found.lines_twice += len(said) - written[room.id]
        found.sent, found.skipped = sent.total(), +found.skipped
        found.texts_twice, found.without_text = (written - sent).total(), (sent - written).total()
        [[found.integrity]] = reader.execute("PRAGMA integrity_check")


def unsettled(reader: sqlite3.Connection) -> int:
    waiting = """
        SELECT (SELECT count(*) FROM bulletins WHERE state IN ('announced', 'composed'))
             + (SELECT count(*) FROM outbox WHERE state IN ('new', 'leased', 'uncertain'))
    """
    return int(reader.execute(waiting).fetchone()[0])


async def run(*, kills: int, seed: int, folder: Path, flags: tuple[str, ...] = ()) -> Figures:
    city = City(folder, random.Random(seed), Figures(seed))
    await city.set_up()
    started = stopwatch.monotonic()
    async with AsyncExitStack() as stack:
        reader = stack.enter_context(closing(sqlite3.connect(city.database, timeout=5.0)))
        origin = await stack.enter_async_context(city.api.serve())
        nursery = await Nursery.open(city.database, origin, f"{CLOCK}{city.clock}", *flags)
        stack.push_async_callback(nursery.close)
        for _ in range(kills):
            city.goes_on(timedelta(hours=city.dice.random() * 4))
            await nursery.start()
            await city.lives()
            await nursery.end(signal.SIGKILL)
            city.figures.kills += 1
        await _peace(city, nursery, reader)
        city.figures.seconds = stopwatch.monotonic() - started
        city.reckon(reader)
    return city.figures


async def _peace(city: City, nursery: Nursery, reader: sqlite3.Connection) -> None:
    """Noon of a working day, so that nothing waits for a decent hour; and nobody kills any more."""
    day = Workdays().next_workday(city.now.date() + timedelta(days=1))
    city.goes_on(datetime.combine(day, time(12), BERLIN) - city.now)
    seen = len(city.api.calls)
    await nursery.start()
    await _until_something(city, seen)
    fewest, until = unsettled(reader) + 1, stopwatch.monotonic() + PATIENCE
    while (left := unsettled(reader)) and stopwatch.monotonic() < until:
        if left < fewest:
            fewest, until = left, stopwatch.monotonic() + PATIENCE
        await asyncio.sleep(0.05)
    city.figures.exit_code = await nursery.end(signal.SIGTERM)


async def _until_something(city: City, seen: int) -> None:
    """There is always a digest that is due by noon."""
    until = stopwatch.monotonic() + PATIENCE
    while stopwatch.monotonic() < until:
        if any(call.method.lower() in SAYING for call in city.api.calls[seen:]):
            return
        await asyncio.sleep(0.05)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--in-one-go", action="store_true", help="send texts without a line before, to see it fail")
    parser.add_argument("--a-town", type=int, default=A_TOWN, metavar="KILLS", help="kills that one town lives through")
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    total = Figures(given.seed)
    for n, before in enumerate(range(0, given.kills, given.a_town)):
        folder = Path(tempfile.mkdtemp(prefix="amtsbote-clock-"))
        kills = min(given.a_town, given.kills - before)
        flags = ("--in-one-go",) if given.in_one_go else ()
        total += asyncio.run(run(kills=kills, seed=given.seed + 1000 * n, folder=folder, flags=flags))
        print(f"{stopwatch.strftime('%H:%M:%S')} {total}", flush=True)
        if total.broken:
            raise SystemExit(f"broken: {total.broken}; the register lies in {folder}")
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()


if __name__ == "__main__":
    main()
