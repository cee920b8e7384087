"""A year of thirty chats against the local Bot API: ``python -m tests.scheduler.year [--weeks N]``.

The civil clock jumps from one instant at which something is due to the next; what arrives is held against the almanac.
"""

import argparse
import asyncio
import logging
import random
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

import bot.transport
from bot.playground.chats import Standing
from bot.playground.trouble import Mishap
from tests.scheduler.account import Account, found_in
from tests.scheduler.almanac import BERLIN, DAY, NEVER, Down, instant
from tests.scheduler.haste import HastyLoop
from tests.scheduler.town_of_thirty import BASIC, GONE, RETURNS, Thirty, thirty_chats

Happening = Callable[[], Awaitable[None]]

MORNING = time(7, 30)
PATIENCE = 1200.0  # of the loop's seconds, in which what was due at an instant has to be said
_LOST_AT_ONCE = 2
_UNSETTLED = """
SELECT 1 FROM bulletins WHERE state IN ('announced', 'composed') AND chat NOT IN (SELECT chat FROM suspended_chat)
"""


@dataclass(frozen=True)
class Plan:
    """When what happens; each on a day on which nothing else is due at that hour."""

    start: datetime
    last: date
    migrates: datetime
    kicked: datetime
    returns: datetime
    gone: datetime
    stops: datetime
    starts: datetime
    every_storm: int = 9  # visits
    every_loss: int = 13

    @property
    def downs(self) -> dict[str, tuple[Down, ...]]:
        return {RETURNS: (Down(self.kicked, self.returns),), GONE: (Down(self.gone, NEVER),)}

    @property
    def of_bot(self) -> tuple[Down, ...]:
        return (Down(self.stops, self.starts),)


def _at(year: int, month: int, day: int, hour: int) -> datetime:
    return datetime(year, month, day, hour, tzinfo=BERLIN)


YEAR = Plan(
    start=_at(2026, 11, 23, 9),
    last=date(2027, 11, 30),
    migrates=_at(2027, 2, 10, 12),
    kicked=_at(2027, 3, 3, 12),
    returns=_at(2027, 4, 14, 11),
    gone=_at(2027, 6, 8, 12),
    stops=_at(2027, 8, 1, 12),
    starts=_at(2027, 8, 4, 11),
)
WEEKS = Plan(
    start=_at(2026, 12, 7, 9),
    last=date(2027, 1, 11),
    migrates=_at(2026, 12, 15, 12),
    kicked=_at(2026, 12, 9, 12),
    returns=_at(2026, 12, 16, 11),
    gone=_at(2026, 12, 22, 12),
    stops=_at(2027, 1, 3, 12),
    starts=_at(2027, 1, 6, 11),
    every_storm=5,
    every_loss=7,
)


@dataclass
class Passing:
    """The year as it passes. ``losses`` counts the answers that were lost on the way to a new message."""

    thirty: Thirty
    plan: Plan
    losses: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(20261123))

    async def __call__(self) -> Account:
        thirty, plan = self.thirty, self.plan
        await thirty.moves_in(thirty.clock())
        await self._rests()
        greeted = {room.id: max(room.messages, default=0) for room in thirty.city.api.town.rooms.values()}
        since = len(thirty.city.api.calls)
        weekly, watched = thirty.wanted(plan.downs, plan.of_bot)
        due = {slot for one in weekly for slot in one.slots(instant(plan.last, time(23)))}
        mornings = {instant(day, MORNING) for day in _weekdays(plan)}
        happens = dict(self._happenings())
        visits = sorted(
            at for at in due | mornings | set(happens) if thirty.clock() < at <= instant(plan.last, time(23))
        )
        first = thirty.clock()
        for number, visit in enumerate(visits, 1):
            thirty.clock.jump(visit)
            if happening := happens.get(visit):
                await happening()
            self._spoil(number)
            await self._rests()
            self._calms_down()
        expected = [
            *(brought for one in weekly for brought in one.brought(visits, first)),
            *(brought for one in watched for brought in one.brought(visits)),
        ]
        account = await found_in(thirty, sorted(expected, key=lambda one: one.at), greeted, visits, since)
        account.lost_answers = self.losses
        return account

    def _happenings(self) -> Iterator[tuple[datetime, Happening]]:
        plan, city = self.plan, self.thirty.city
        doings, town = city.api.doings, city.api.town

        async def upgrades() -> None:
            """Nobody says so: the next message is refused with the new id."""
            [(room, _)] = self.thirty.rooms[BASIC]
            upgraded = doings.upgrades(room, announced=False)
            self.thirty.rooms[BASIC].append((upgraded, None))

        async def throws_out() -> None:
            doings.throws_bot_out(self.thirty.rooms[RETURNS][0][0], city.admin)

        async def lets_in() -> None:
            doings.lets_bot_in(self.thirty.rooms[RETURNS][0][0], city.admin)

        async def is_gone() -> None:
            """Silently: the next message is refused."""
            self.thirty.rooms[GONE][0][0].members[town.bot.id] = Standing.KICKED

        async def starts() -> None:
            await city.starts()
            assert city.bot
            while (await city.bot.health()).poll_age is None:  # noqa: ASYNC110  nobody tells when it is up
                await asyncio.sleep(0.1)

        yield plan.migrates, upgrades
        yield plan.kicked, throws_out
        yield plan.returns, lets_in
        yield plan.gone, is_gone
        yield plan.stops, city.bots.aclose
        yield plan.starts, starts

    def _spoil(self, number: int) -> None:
        """Floods of some chats, now and then of all; and answers that get lost."""
        trouble, plan = self.thirty.city.api.trouble, self.plan
        rooms = [room.id for room in self.thirty.city.api.town.rooms.values()]
        if number % plan.every_storm == 0:
            for chat in self.chance.sample(rooms, 4):
                trouble.flood(chat, retry_after=self.chance.randint(1, 4), times=self.chance.randint(1, 2))
        if number % (4 * plan.every_storm) == 0:
            trouble.flood(retry_after=2, times=12, method="sendMessage")
        if number % plan.every_loss == 0:
            trouble.lose_answer(method="sendMessage", times=_LOST_AT_ONCE)
            trouble.lose_answer(method="editMessageText")

    def _calms_down(self) -> None:
        trouble = self.thirty.city.api.trouble
        lost = [fault for fault in trouble.faults if fault.mishap is Mishap.LOST and fault.method == "sendmessage"]
        self.losses += sum(_LOST_AT_ONCE - fault.times for fault in lost)
        trouble.over()

    async def _rests(self) -> None:
        """Until everything that is due by now is said."""
        city = self.thirty.city
        async with asyncio.timeout(PATIENCE):
            is_open = self._is_up
            while is_open:
                await self._settles()
                assert city.bot
                await city.bot.tick()
                await self._settles()
                is_open = bool(await city.store.database.read(_UNSETTLED))

    @property
    def _is_up(self) -> bool:
        return not self.plan.stops <= self.thirty.clock() < self.plan.starts

    async def _settles(self) -> None:
        while not await self._is_settled():  # noqa: ASYNC110  the register has no event for being at rest
            await asyncio.sleep(0.1)

    async def _is_settled(self) -> bool:
        city = self.thirty.city
        if city.api.town.updates.waiting:
            return False
        return not (await city.store.inbox.standing()).waiting and not (await city.store.outbox.standing()).waiting


def _weekdays(plan: Plan) -> Iterator[date]:
    day = plan.start.date()
    while day <= plan.last:
        if day.weekday() < 5:
            yield day
        day += DAY


async def pass_by(folder: Path, plan: Plan) -> Account:
    async with thirty_chats(folder, plan.start) as thirty:
        return await Passing(thirty, plan)()


def run(folder: Path, plan: Plan) -> Account:
    """On a loop of its own, whose seconds are short. No answer is late on it: it would count as lost."""
    patience = "_CONNECT_SECONDS", "_READ_SECONDS"
    before = {name: getattr(bot.transport, name) for name in patience}
    try:
        for name in patience:
            setattr(bot.transport, name, 600.0)
        with asyncio.Runner(loop_factory=HastyLoop) as runner:
            return runner.run(pass_by(folder, plan))
    finally:
        for name, value in before.items():
            setattr(bot.transport, name, value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weeks", action="store_true", help="five weeks instead of a year, as the suite has it")
    plan = WEEKS if parser.parse_args().weeks else YEAR
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="amtsbote-year-") as folder:
        account = run(Path(folder), plan)
    print(account.figures())
    for fault in account.faults()[:40]:
        print("✗", fault)
    raise SystemExit(1 if account.faults() else 0)


if __name__ == "__main__":
    main()
