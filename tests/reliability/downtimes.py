"""A bot that is down again and again, for minutes or weeks, in front of a messenger that is in trouble; in process.

The real slots, digests and boxes; the messenger is a few lines that note what arrived.
"""

import asyncio
import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from registry.digests import Digest, Reason, WhenEmpty
from registry.slots import OnHoliday, Rule, next_slot, slots
from registry.workdays import Workdays
from scheduler.bulletins import Bulletins
from scheduler.composing import Composing
from scheduler.digests import Digests
from scheduler.readers import City
from scheduler.reminders import Reminding
from storage import digests
from storage.clearances import Clearances
from storage.instants import read
from storage.outbox import Parcel
from storage.store import Store
from tests.handlers.a_register import fill

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 9, 1, 9, tzinfo=BERLIN)
CHATS = range(-1001, -1007, -1)
DIGESTS = 14
TICK = timedelta(seconds=20)
_LONGEST_WAIT = timedelta(days=6)  # for a decent hour, over holidays
_STATES = "SELECT key, digest, state, reason, due_at FROM bulletins WHERE digest <> 0"
_TEXT = "SELECT key FROM outbox WHERE id = :id"


@dataclass
class Reckoned:
    """What a run did, and how often it broke each promise."""

    seed: int
    downtimes: int = 0
    slots: int = 0
    sent: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    lines_twice: int = 0
    unsettled: int = 0
    lost: int = 0  # slots of which nothing is known
    invented: int = 0
    texts_twice: int = 0
    without_text: int = 0  # noted as sent
    with_text: int = 0  # noted as skipped
    missed_for_nothing: int = 0  # none came after it

    @property
    def broken(self) -> dict[str, int]:
        promises = ("unsettled", "lost", "invented", "texts_twice", "without_text", "with_text", "missed_for_nothing")
        return {name: getattr(self, name) for name in promises if getattr(self, name)}


class Killed(Exception):
    """The bot stops where it stands."""


@dataclass
class Messenger:
    """``lines`` and ``texts`` count the messages of each key; ``trouble`` is how often something goes wrong."""

    store: Store
    dice: random.Random
    trouble: float = 0.06
    messages: int = 0
    lines: Counter[str] = field(default_factory=Counter)
    texts: dict[str, set[object]] = field(default_factory=dict)

    async def deliver(self, now: datetime, clearances: Clearances) -> None:
        """Everything that waits, in order, until something goes wrong."""
        outbox = self.store.outbox
        queued = await outbox.queued(limit=10_000)
        for parcel in await outbox.claim([message.id for message in queued], clearances, now):
            luck = self.dice.random()
            if luck < self.trouble / 4:
                raise Killed
            if luck < self.trouble / 2 and parcel.chat < 0:
                await self.store.suspensions.suspend(parcel.chat, "kicked", at=now)
                continue
            message_id = await self._arrives(parcel)
            if luck < 3 * self.trouble / 4:
                raise Killed
            if luck < self.trouble:
                await outbox.give_back(parcel, "lost", not_before=now, unanswered=True)
            else:
                await outbox.sent(parcel.id, message_id, at=now)

    async def _arrives(self, parcel: Parcel) -> int | None:
        [row] = await self.store.database.read(_TEXT, {"id": parcel.id})
        key = str(row["key"])
        if parcel.method == "sendMessage":
            self.messages += 1
            self.lines[key.partition(" 1.0")[0]] += 1
            return self.messages
        self.texts.setdefault(key.partition(" 1 text")[0], set()).add(parcel.payload.partition('"message_id": ')[2][:9])
        return None


@dataclass
class Downtimes:
    store: Store
    dice: random.Random
    now: datetime = START
    chosen: list[Digest] = field(default_factory=list)
    _settled_to: dict[int, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.messenger = Messenger(self.store, self.dice)
        self._clearances = Clearances(today=lambda: self.now.date())
        reminding, two = Reminding(self.store, City(), BERLIN), [Composing(self.store, City()) for _ in range(2)]
        self._digests = [Digests(self.store, composing, BERLIN, _silence) for composing in two]
        self._bulletins = [Bulletins(self.store, composing, reminding, _silence) for composing in two]

    async def set_up(self) -> None:
        await fill(self.store, with_secrets=False)
        rows = [{"id": chat} for chat in CHATS]
        await self.store.database.write_rows(("INSERT INTO chats (id, admitted) VALUES (:id, 1)", rows))
        for _ in range(DIGESTS):
            await self._set_up_one()

    async def _set_up_one(self) -> None:
        dice = self.dice
        weekdays = tuple(sorted(dice.sample(range(7), dice.choice((1, 1, 2, 5, 7)))))
        at = time(dice.choice((0, 2, 6, 8, 8, 8, 14, 23)), dice.randrange(60))
        rule = Rule(weekdays=weekdays, at=at, on_holiday=dice.choice(list(OnHoliday)))
        digest = Digest(chat=dice.choice(CHATS), rule=rule, when_empty=dice.choice(list(WhenEmpty)))
        following = next_slot(rule, BERLIN, Workdays(), after=START)
        assert following
        number = await self.store.database.write(
            lambda t: digests.save(t.fetch, digest, at=START, next_at=following.due_at)
        )
        self.chosen.append(digest.model_copy(update={"id": number}))

    async def lives(self) -> None:
        """Up for some ticks, some of them twice at the same moment."""
        await self.store.outbox.reclaim()
        for _ in range(self.dice.randrange(1, 6)):
            await self.tick()
            self._wait(self.dice.choice((TICK, TICK, timedelta(minutes=40), timedelta(hours=3))))
            if self.dice.random() < 0.2:
                await self.store.suspensions.resume(self.dice.choice(CHATS))

    async def tick(self) -> None:
        both = self.dice.random() < 0.2  # at the same moment
        await asyncio.gather(*(plan(self.now) for plan in self._digests[: 1 + both]))
        if self.dice.random() < 0.1 * bool(self.messenger.trouble):
            raise Killed
        await self.messenger.deliver(self.now, self._clearances)
        await asyncio.gather(*(write(self.now) for write in self._bulletins[: 1 + both]))
        await self.messenger.deliver(self.now, self._clearances)

    def is_down(self) -> None:
        spans = (timedelta(minutes=5), timedelta(hours=2), timedelta(hours=9), timedelta(days=3), timedelta(weeks=3))
        [span] = self.dice.choices(spans, (45, 40, 13, 1.8, 0.2))
        self._wait(span)

    def _wait(self, longest: timedelta) -> None:
        self.now = (self.now.astimezone(ZoneInfo("UTC")) + longest * self.dice.random()).astimezone(BERLIN)

    async def ends(self) -> None:
        """Peace: everybody is back, and the clock goes on until all is settled."""
        self.messenger.trouble = 0.0
        for chat in CHATS:
            await self.store.suspensions.resume(chat)
        await self.store.outbox.reclaim()
        for _ in range(30):
            self.now += timedelta(hours=4)
            await self.tick()
            await self.tick()

    async def reckon(self, found: Reckoned) -> Reckoned:
        rows = await self.store.database.read(_STATES)
        settled = await self.store.database.read("SELECT id, settled_to FROM digests")
        self._settled_to = {row["id"]: read(row["settled_to"]) for row in settled}
        noted = {(row["digest"], row["key"].rpartition(" ")[2]): row for row in rows}
        for digest in self.chosen:
            until = max(self._settled_to[digest.id], self.now - _LONGEST_WAIT)
            due = list(slots(digest.rule, BERLIN, Workdays(), after=START, until=until))
            found.slots += len(due)
            for slot in due:
                row = noted.pop((digest.id, slot.on.isoformat()), None)
                if row is None:
                    found.lost += 1
                elif row["reason"] == Reason.MISSED:
                    found.missed_for_nothing += slot == due[-1]
        found.invented = len(noted)
        for row in rows:
            texts = len(self.messenger.texts.get(row["key"], ()))
            found.sent += row["state"] == "sent"
            found.skipped[row["reason"]] += row["state"] == "skipped"
            found.unsettled += row["state"] not in {"sent", "skipped"}
            found.texts_twice += max(0, texts - 1)
            found.without_text += row["state"] == "sent" and not texts
            found.with_text += row["state"] == "skipped" and bool(texts)
        found.skipped = +found.skipped
        found.lines_twice = sum(count - 1 for count in self.messenger.lines.values())
        return found


def _silence() -> None:
    """Nobody has to be told that there is mail."""


async def run(*, downtimes: int, seed: int, folder: Path) -> Reckoned:
    store = await Store.open(folder / "downtimes.db")
    try:
        town = Downtimes(store, random.Random(seed))
        await town.set_up()
        for _ in range(downtimes):
            with suppress(Killed):
                await town.lives()
            town.is_down()
        await town.ends()
        return await town.reckon(Reckoned(seed, downtimes))
    finally:
        await store.close()
