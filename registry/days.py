"""Parts of a year as people name them: a day, a week, a month, a quarter, a half, the year."""

import re
from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class Unit(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


class Span(NamedTuple):
    """Days from first to last, both included."""

    first: date
    last: date


class Part(NamedTuple):
    """A part of a year, as far as it was named: ``31.12.`` has no year. ``number`` is the month of a day."""

    unit: Unit
    number: int
    day: int
    year: int | None

    def in_year(self, year: int) -> Span | None:
        """Its days in that year, or none where the year has no such part (31.02., week 53)."""
        if self.unit is Unit.DAY:
            return _day(year, self.number, self.day)
        if self.unit is Unit.WEEK:
            return _week(year, self.number)
        months = _MONTHS_IN[self.unit]
        if not 1 <= self.number <= 12 // months:
            return None
        return around(date(year, self.number * months, 1), self.unit)

    @property
    def span(self) -> Span | None:
        return None if self.year is None else self.in_year(self.year)


_MONTHS_IN = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF: 6, Unit.YEAR: 12}
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    (unit, re.compile(form))
    for unit, form in (
        (Unit.DAY, rf"(?P<day>\d\d?) \. (?P<number>\d\d?)(?: \.)?(?: (?:{_YEAR}|(?P<short_year>\d\d)))?"),
        # "12/31/2026" is written by some and "31/12/2026" by others; "11/12/2026" could be either.
        (Unit.DAY, rf"(?P<number>0?[1-9]|1[0-2]) / (?P<day>1[3-9]|2\d|3[01]) / {_YEAR}"),
        (Unit.DAY, rf"(?P<day>1[3-9]|2\d|3[01]) / (?P<number>0?[1-9]|1[0-2]) / {_YEAR}"),
        (Unit.DAY, rf"{_YEAR} - (?P<number>\d\d) - (?P<day>\d\d)"),
        (Unit.DAY, rf"(?P<day>\d\d?)(?: \.| th)? m(?P<number>\d\d?)(?: {_YEAR})?"),
        (Unit.DAY, rf"m(?P<number>\d\d?) (?P<day>\d\d?)(?: th)? {_YEAR}"),
        (Unit.DAY, r"m(?P<number>\d\d?) (?P<day>\d\d?) th"),
        # "Dezember 26" is December 2026 to some and the 26th to others.
        (Unit.DAY, r"m(?P<number>\d\d?) (?P<day>1?\d|3[01])"),
        (Unit.MONTH, rf"m(?P<number>\d\d?)(?: {_YEAR})?"),
        (Unit.MONTH, rf"(?P<number>\d\d?) [./] {_YEAR}"),
        (Unit.QUARTER, rf"(?P<number>\d)(?: \.)? quarter(?: /)?(?: {_YEAR})?"),
        (Unit.QUARTER, rf"quarter (?P<number>\d)(?: /)?(?: {_YEAR})?"),
        (Unit.HALF, rf"(?P<number>\d)(?: \.)? (?:half|h)(?: year)?(?: /)?(?: {_YEAR})?"),
        (Unit.HALF, rf"h (?P<number>\d)(?: /)?(?: {_YEAR})?"),
        (Unit.WEEK, rf"(?:cw|week) (?P<number>\d\d?)(?: /)?(?: {_YEAR})?"),
        (Unit.WEEK, rf"(?P<number>\d\d?) \. cw(?: /)?(?: {_YEAR})?"),
        (Unit.YEAR, rf"(?:year )?{_YEAR}"),
    )
)


@lru_cache(maxsize=1024)
def read_part(terms: str) -> Part | None:
    """The part of a year that exactly these terms (see timewords) name, if they do."""
    for unit, form in _FORMS:
        found = form.fullmatch(terms)
        if found:
            named = {name: int(digits) for name, digits in found.groupdict().items() if digits}
            short_year = named.get("short_year")
            year = named.get("year", short_year and 2000 + short_year)
            return Part(unit, named.get("number", 1), named.get("day", 0), year)
    return None


def edge(name: str, unit: Unit, span: Span) -> date | None:
    """The day that start, middle or end of a span means: BGB § 192 for months, the outer days for longer ones."""
    if name == "start":
        return span.first
    if name == "end":
        return span.last
    return span.first.replace(day=15) if unit is Unit.MONTH else None


def later(day: date, n: int, unit: Unit) -> date:
    """The day n units on (or back); where a month is too short its last day."""
    if unit in (Unit.DAY, Unit.WEEK):
        return day + timedelta(days=n if unit is Unit.DAY else 7 * n)
    years, month = divmod(day.month - 1 + n * _MONTHS_IN[unit], 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def around(day: date, unit: Unit) -> Span:
    """The whole week, month, quarter, half or year a day lies in."""
    if unit is Unit.DAY:
        return Span(day, day)
    if unit is Unit.WEEK:
        monday = day - timedelta(days=day.weekday())
        return Span(monday, monday + timedelta(days=6))
    months = _MONTHS_IN[unit]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Span(first, later(first, 1, unit) - timedelta(days=1))


def _day(year: int, month: int, day: int) -> Span | None:
    try:
        only = date(year, month, day)
    except ValueError:
        return None
    return Span(only, only)


def _week(year: int, number: int) -> Span | None:
    try:
        return around(date.fromisocalendar(year, number, 1), Unit.WEEK)
    except ValueError:
        return None
