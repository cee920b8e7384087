"""What arrived in a year, held against what should have."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from bot.playground.calls import Call
from bot.playground.chats import Message
from storage.outgoing import OutgoingKind
from tests.chatting import said
from tests.scheduler.almanac import Brought
from tests.scheduler.haste import most_within
from tests.scheduler.town_of_thirty import Thirty

Told = tuple[str, str, date, frozenset[str]]  # place, what, day, and of reminders the items

PUNCTUAL = timedelta(minutes=15)
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DAY = {"de": re.compile(r"\w\w\., (\d\d)\.(\d\d)\.(\d{4}): "), "en": re.compile(r"\w{3}, (\d\d?) (\w{3}) (\d{4}): ")}
_REF = re.compile(r"^\d+\. (\d\.1\.M\d)\b", re.M)
_OVERALL = {"de": "Insgesamt", "en": "Overall"}
_REMINDERS = {"de": "⏰ Erinnerungen", "en": "⏰ Reminders"}
_CAUGHT_UP = {"de": "Nachgeholt", "en": "Caught up"}


@dataclass(frozen=True)
class Arrived:
    place: str
    message: Message
    says: str
    day: date
    refs: frozenset[str]
    is_late: bool

    @property
    def told(self) -> Told:
        return self.place, self.says, self.day, self.refs


@dataclass
class Account:
    expected: list[Brought]
    arrived: list[Arrived] = field(default_factory=list)
    lines: list[Message] = field(default_factory=list)  # into which no text was written
    strange: list[str] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    left: list[tuple[float, int, OutgoingKind]] = field(default_factory=list)
    outcomes: Mapping[str, int] = field(default_factory=dict)
    lost_answers: int = 0  # to new messages: each may stand there once more, without a text
    visits: int = 0
    span: tuple[datetime, ...] = ()

    def faults(self) -> list[str]:
        return [*self._wrong(), *self._out_of_order(), *self._unpunctual(), *self._too_many(), *self._too_early()]

    def _wrong(self) -> Iterator[str]:
        """Missing, more than once, or nobody's wish."""
        yield from (f"strange: {text}" for text in self.strange)
        wanted = Counter((one.place, one.says, one.day, one.refs) for one in self.expected)
        came = Counter(one.told for one in self.arrived)
        for told in sorted((wanted - came).elements(), key=_key):
            yield f"missing: {_key(told)}"
        for told in sorted((came - wanted).elements(), key=_key):
            yield f"too much: {_key(told)}"
        if len(self.lines) > self.lost_answers:
            yield f"{len(self.lines)} lines without a text, and {self.lost_answers} answers were lost"
        for one, wanted_one in self.pairs:
            if one.is_late != wanted_one.is_late:
                yield f"says wrongly whether it was caught up: {_key(one.told)}"

    def _out_of_order(self) -> Iterator[str]:
        """In each chat by the ids of its messages."""
        rooms: dict[int, list[Arrived]] = {}
        for one in self.arrived:
            rooms.setdefault(one.message.room.id, []).append(one)
        for arrived in rooms.values():
            days = [one.day for one in sorted(arrived, key=lambda one: one.message.id)]
            if days != sorted(days):
                yield f"out of order in {arrived[0].place}"

    def _unpunctual(self) -> Iterator[str]:
        for one, wanted in self.pairs:
            if not timedelta(0) <= _delay(one, wanted) <= PUNCTUAL:
                yield f"{_key(one.told)} came {_delay(one, wanted)} after it was due"

    @cached_property
    def pairs(self) -> list[tuple[Arrived, Brought]]:
        """What came with what was expected; of two of a day in their order."""
        wanted: dict[Told, list[Brought]] = {}
        for one in self.expected:
            wanted.setdefault((one.place, one.says, one.day, one.refs), []).append(one)
        ordered = sorted(self.arrived, key=lambda one: one.message.id)
        return [(one, wanted[one.told].pop(0)) for one in ordered if wanted.get(one.told)]

    def _too_many(self) -> Iterator[str]:
        """Telegram's limits, when messages left. What is written into a message is none."""
        messages = [(at, chat) for at, chat, kind in self.left if kind not in {OutgoingKind.BODY, OutgoingKind.TOAST}]
        if (most := most_within([at for at, _ in messages], 1.0)) > 30:
            yield f"{most} messages left within a second"
        for chat in {chat for _, chat, _ in self.left}:
            times = [at for at, other, kind in self.left if other == chat and kind is not OutgoingKind.TOAST]
            if most_within(times, 3.0) > 3:
                yield f"more than three left for {chat} within three seconds"
            if chat < 0 and most_within(times, 60.0) > 20:
                yield f"more than twenty left for the group {chat} within a minute"

    def _too_early(self) -> Iterator[str]:
        """After a refusal nothing is sent to that chat as long as Telegram said."""
        until: dict[object, datetime] = {}
        for call in self.calls:
            chat = call.payload.get("chat_id")
            if (wait := until.pop(chat, None)) and call.at < wait - timedelta(seconds=0.2):
                yield f"{call.name} to {chat} at {call.at}, though it was to wait until {wait}"
            parameters = call.answer.get("parameters")
            if call.status == 429 and isinstance(parameters, dict):
                until[chat] = call.at + timedelta(seconds=int(str(parameters["retry_after"])))

    def figures(self) -> str:
        delays = [_delay(one, wanted) for one, wanted in self.pairs]
        messages = [at for at, _, kind in self.left if kind is not OutgoingKind.BODY]
        reminders = sum(one.says == "reminders" for one in self.arrived)
        refused = Counter(call.status for call in self.calls if not call.ok)
        return "\n".join(
            (
                f"{self.span[0]:%d %b %Y} to {self.span[1]:%d %b %Y}, {self.visits} instants",
                f"{len(self.expected)} expected: {len(self.arrived)} came, of these {reminders} with reminders, "
                f"{sum(one.is_late for one in self.arrived)} caught up",
                f"slots: {', '.join(f'{n} {state}' for state, n in sorted(self.outcomes.items()))}",
                f"{len(self.calls)} calls: {refused[429]} refused for being too many, {self.lost_answers} messages "
                f"not confirmed, {len(self.lines)} lines repeated",
                f"at most {most_within(messages, 1.0)} messages a second; latest {max(delays, default=timedelta())}",
                f"{len(self.faults())} faults",
            )
        )


async def found_in(
    thirty: Thirty, expected: list[Brought], greeted: Mapping[int, int], visits: Sequence[datetime], since: int
) -> Account:
    rows = await thirty.city.store.database.read(
        "SELECT trim(state || ' ' || reason) AS became, count(*) AS n FROM bulletins GROUP BY 1"
    )
    account = Account(
        expected,
        calls=[call for call in thirty.city.api.calls[since:] if call.name.lower() != "getupdates"],
        left=thirty.pacer.left,
        outcomes={row["became"]: row["n"] for row in rows},
        visits=len(visits),
        span=(visits[0], visits[-1]),
    )
    for place, rooms in thirty.rooms.items():
        for room, thread in rooms:
            for message in room.messages.values():
                is_new = message.id > greeted.get(room.id, 0) and message.sender == thirty.city.api.town.bot
                if is_new and message.thread == thread and not message.service:
                    _enter(account, place, message, thirty.languages[place])
    return account


def _enter(account: Account, place: str, message: Message, language: str) -> None:
    text = said(message)
    day = _day(text, language)
    if day is None or not text.startswith(("⏰", _OVERALL[language], "A3")):
        account.strange.append(f"{place}: {text[:80]!r}")
    elif message.edited_at is None:
        account.lines.append(message)
    else:
        is_reminder = text.startswith(_REMINDERS[language])
        says = "reminders" if is_reminder else "" if text.startswith(_OVERALL[language]) else text[:3]
        refs = frozenset(_REF.findall(text)) if is_reminder else frozenset[str]()
        is_late = any(line.startswith(_CAUGHT_UP[language]) for line in text.splitlines())
        account.arrived.append(Arrived(place, message, says, day, refs, is_late))


def _delay(one: Arrived, wanted: Brought) -> timedelta:
    return one.message.sent_at.astimezone(UTC) - wanted.at.astimezone(UTC)


def _day(text: str, language: str) -> date | None:
    found = _DAY[language].search(text.partition("\n")[0])
    if found is None:
        return None
    day, month, year = found.groups()
    number = int(month) if language == "de" else MONTHS.index(month) + 1
    return date(int(year), number, int(day))


def _key(told: Told) -> str:
    place, says, day, refs = told
    return f"{place} {says or 'overall'} on {day:%a %d %b %Y} {' '.join(sorted(refs))}".strip()
