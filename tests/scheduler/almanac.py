"""What the clock should bring, reckoned without any code of the bot's: holidays by a list, local time by search."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
LATE = timedelta(minutes=30)
NEVER = datetime.max.replace(tzinfo=UTC)
OWN_DAYS = "24.12. Heiligabend\n31.12. Silvester\n2027-05-07 Brückentag\n"  # as in the city's file
# Thuringia, from November 2026 to the end of 2027, as far as they fall on Monday to Friday; and the city's own.
FREE = {
    date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29),
    date(2027, 5, 6), date(2027, 5, 7), date(2027, 5, 17), date(2027, 9, 20), date(2027, 12, 24), date(2027, 12, 31),
}  # fmt: skip
BEFORE, EVERY, COORDINATED = (10, 3, 0), 5, -10  # working days, as DOMAIN says


class Shift(StrEnum):
    NEXT = "next"
    SKIP = "skip"
    ANYWAY = "anyway"


@dataclass(frozen=True)
class Down:
    """From when until when something cannot be reached; without an end for good."""

    start: datetime
    end: datetime = NEVER


@dataclass(frozen=True)
class Brought:
    """One message that should arrive, at the visit ``at``; ``says`` is what tells it from others of its chat."""

    place: str
    says: str
    at: datetime
    is_late: bool = False
    refs: frozenset[str] = frozenset()

    @property
    def day(self) -> date:
        return self.at.astimezone(BERLIN).date()


@dataclass(frozen=True)
class Weekly:
    """A digest as somebody wants it."""

    place: str
    says: str
    weekdays: tuple[int, ...]
    at: time
    shift: Shift
    downs: tuple[Down, ...] = ()

    def brought(self, visits: Sequence[datetime], first: datetime) -> Iterator[Brought]:
        """At each visit the newest slot that is due, where its chat is there; what comes late at a decent hour only."""
        slots = [due for due in self.slots(visits[-1]) if due > first]
        for visit in visits:
            due = [slot for slot in slots if slot <= visit]
            if not due or not _is_there(self.downs, visit):
                continue
            is_late = visit - due[-1] > LATE
            if is_late and not self._is_decent(visit):
                continue
            del slots[: len(due)]
            yield Brought(self.place, self.says, visit, is_late)

    def slots(self, until: datetime) -> list[datetime]:
        day, days = date(2026, 11, 1), set[date]()
        while day <= until.date():
            if day.weekday() in self.weekdays and (on := self._shifted(day)):
                days.add(on)
            day += DAY
        return sorted(instant(day, self.at) for day in days)

    def _shifted(self, day: date) -> date | None:
        if self.shift is Shift.ANYWAY or day.weekday() >= 5 or works(day):
            return day
        if self.shift is Shift.SKIP:
            return None
        while not works(day):
            day += DAY
        return day

    def _is_decent(self, visit: datetime) -> bool:
        local = visit.astimezone(BERLIN)
        return 7 <= local.hour < 20 and (self.shift is Shift.ANYWAY or works(local.date()))


@dataclass
class Watched:
    """A chat that is reminded: of its items, or of what is long overdue in the whole city."""

    place: str
    items: dict[str, date]
    coordinates: bool = False
    downs: tuple[Down, ...] = ()
    _told: dict[str, int] = field(default_factory=dict)

    def brought(self, visits: Sequence[datetime]) -> Iterator[Brought]:
        """On the first visit of a working day's morning, whatever has reached a stage that was not told yet."""
        seen = set[date]()
        for visit in visits:
            local = visit.astimezone(BERLIN)
            is_morning = time(7, 30) <= local.time() < time(18)
            if local.date() in seen or not (works(local.date()) and is_morning and _is_there(self.downs, visit)):
                continue
            seen.add(local.date())
            if refs := frozenset(self._due(local.date())):
                yield Brought(self.place, "reminders", visit, refs=refs)

    def _due(self, today: date) -> Iterator[str]:
        for ref, due in self.items.items():
            left = working_days(today, due)
            stage = -(-left // EVERY * EVERY) if left <= -EVERY else min((s for s in BEFORE if left <= s), default=None)
            if stage is None or (self.coordinates and left > COORDINATED) or self._told.get(ref, 99) <= stage:
                continue
            self._told[ref] = stage
            yield ref


def _is_there(downs: Sequence[Down], at: datetime) -> bool:
    return not any(down.start <= at < down.end for down in downs)


def works(day: date) -> bool:
    return day.weekday() < 5 and day not in FREE


@cache
def working_days(today: date, due: date) -> int:
    """Those after today up to the due day; negative once past."""
    if due < today:
        return -working_days(due, today)
    return sum(works(today + n * DAY) for n in range(1, (due - today).days + 1))


@cache
def instant(day: date, at: time) -> datetime:
    """The first minute of a day at which a clock in Berlin shows a time, or a later one where it is left out."""
    minute = datetime.combine(day, time(), UTC) - timedelta(hours=3)
    while True:
        local = minute.astimezone(BERLIN)
        if local.date() == day and local.time() >= at:
            return minute
        minute += MINUTE
