"""When something that comes round by the clock is due: local weekdays and a local time become instants. Pure."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import Field

from registry.records import Record
from registry.workdays import DAY, Workdays

_FARTHEST = timedelta(days=400)  # a rule that holds on no day of a year never will
_LONGEST_BREAK = timedelta(days=21)  # of days without work in a row

Weekday = Annotated[int, Field(ge=0, le=6)]  # 0 is Monday


class OnHoliday(StrEnum):
    """What becomes of a day on which nobody works."""

    NEXT = "next"  # the next working day takes its place
    SKIP = "skip"
    ANYWAY = "anyway"


class Rule(Record):
    """The weekdays and the local time at which something comes round."""

    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1)] = (0,)
    at: time = time(8)
    on_holiday: OnHoliday = OnHoliday.NEXT


class Slot(NamedTuple):
    """``on`` is the local day it comes on, and names it: no rule has two slots on one day. ``due_at`` is UTC."""

    on: date
    due_at: datetime


def slots(rule: Rule, zone: ZoneInfo, workdays: Workdays, *, after: datetime, until: datetime) -> Iterator[Slot]:
    """The slots that are due after one instant and not after another, in order."""
    day, last = after.astimezone(zone).date(), until.astimezone(zone).date()
    while day <= last:
        if _comes_on(day, rule, workdays):
            due_at = instant(day, rule.at, zone)
            if after < due_at <= until:
                yield Slot(day, due_at)
        day += DAY


def next_slot(rule: Rule, zone: ZoneInfo, workdays: Workdays, *, after: datetime) -> Slot | None:
    return next(slots(rule, zone, workdays, after=after, until=after + _FARTHEST), None)


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """When a local clock shows a time on a day: of two times the first, where it is left out the first one after."""
    local = datetime.combine(day, at)
    before, after = (local.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta() for fold in (0, 1))
    if after <= before:
        return (local - before).replace(tzinfo=UTC)
    return _turn(local - after, local - before, zone)


def _turn(first: datetime, last: datetime, zone: ZoneInfo) -> datetime:
    """The instant between two (UTC, without zone) at which the clock is put forward."""
    offset = last.replace(tzinfo=UTC).astimezone(zone).utcoffset()
    while last - first > timedelta(seconds=1):
        middle = first + timedelta(seconds=(last - first).total_seconds() // 2)
        is_over = middle.replace(tzinfo=UTC).astimezone(zone).utcoffset() == offset
        first, last = (first, middle) if is_over else (middle, last)
    return last.replace(tzinfo=UTC)


def _comes_on(day: date, rule: Rule, workdays: Workdays) -> bool:
    """Whether the rule names the day, or a free day before it whose place it takes."""
    if rule.on_holiday is OnHoliday.ANYWAY:
        return day.weekday() in rule.weekdays
    if _is_free(day, rule, workdays):
        return False
    if day.weekday() in rule.weekdays:
        return True
    return rule.on_holiday is OnHoliday.NEXT and any(
        before.weekday() in rule.weekdays for before in _free_days_before(day, rule, workdays)
    )


def _is_free(day: date, rule: Rule, workdays: Workdays) -> bool:
    """Whoever names a Saturday or a Sunday means it."""
    is_wanted_weekend = day.weekday() >= 5 and day.weekday() in rule.weekdays
    return not is_wanted_weekend and not workdays.is_workday(day)


def _free_days_before(day: date, rule: Rule, workdays: Workdays) -> Iterator[date]:
    first = day - _LONGEST_BREAK
    before = day - DAY
    while before > first and _is_free(before, rule, workdays):
        yield before
        before -= DAY
