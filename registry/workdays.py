"""Working days: Monday to Friday without the state's public holidays and the city's own free days."""

import re
from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

WEEK = timedelta(days=7)
DAY = timedelta(days=1)

_NAMED = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
_ANY_YEAR = 2026


class FreeDay(NamedTuple):
    """A day on which the city's offices are closed; without a year, each year's."""

    day: int
    month: int
    year: int | None = None

    def on(self, year: int) -> date | None:
        """Its day in a year, if it has one: a 29 February mostly has none."""
        try:
            return date(year, self.month, self.day) if self.year in {None, year} else None
        except ValueError:
            return None


class UnknownSubdivisionError(ValueError):
    """There are no holidays known for that country and state."""

    def __init__(self, subdivision: str) -> None:
        super().__init__(subdivision)
        self.subdivision = subdivision


class Workdays:
    """The working days of a city in a state, which is named as in ISO 3166-2: ``DE-TH``."""

    def __init__(self, subdivision: str = "DE-TH", own: frozenset[FreeDay] = frozenset()) -> None:
        self.subdivision = subdivision
        self.own = own

    @property
    def is_known(self) -> bool:
        """Whether the state's holidays are known; unknown ones raise UnknownSubdivisionError at every question."""
        try:
            _holidays(self.subdivision, _ANY_YEAR)
        except UnknownSubdivisionError:
            return False
        return True

    def is_workday(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self._free_days(day.year)

    def next_workday(self, day: date) -> date:
        """The day itself where it is a working day, else the first one after it."""
        while not self.is_workday(day):
            day += DAY
        return day

    def add(self, day: date, n: int) -> date:
        """The n-th working day after a day; with n < 0 the n-th before it."""
        step = DAY if n > 0 else -DAY
        for _ in range(abs(n)):
            day += step
            while not self.is_workday(day):
                day += step
        return day

    def between(self, today: date, due: date) -> int:
        """How many working days are left: those after today up to the due day, which counts; negative once past."""
        return -_between(self, due, today) if due < today else _between(self, today, due)

    def _free_days(self, year: int) -> tuple[date, ...]:
        return _free_days(self.subdivision, self.own, year)


@lru_cache(maxsize=4096)  # a day's lists and digests ask for the same days over and over
def _between(workdays: Workdays, today: date, due: date) -> int:
    weeks, days = divmod((due - today).days, 7)
    weekdays = 5 * weeks + sum((today.weekday() + n) % 7 < 5 for n in range(1, days + 1))
    years = (_free_days(workdays.subdivision, workdays.own, year) for year in range(today.year, due.year + 1))
    return weekdays - sum(bisect_right(days, due) - bisect_left(days, today + DAY) for days in years)


@cache
def _free_days(subdivision: str, own: frozenset[FreeDay], year: int) -> tuple[date, ...]:
    """Those of a year that fall on Monday to Friday, in order."""
    of_city = {day for one in own if (day := one.on(year)) and day.weekday() < 5}
    return tuple(sorted({*_holidays(subdivision, year), *of_city}))


@cache
def _holidays(subdivision: str, year: int) -> tuple[date, ...]:
    """The public holidays of a year that fall on Monday to Friday, in order."""
    # The library takes a tenth of a second to load, and most commands never ask it.
    import holidays

    if not _NAMED.fullmatch(subdivision):  # the library would look up any name it happens to know
        raise UnknownSubdivisionError(subdivision)
    country, _, state = subdivision.partition("-")
    try:
        found = holidays.country_holidays(country, subdiv=state or None, years=year)
    except NotImplementedError as unknown:
        raise UnknownSubdivisionError(subdivision) from unknown
    return tuple(sorted(day for day in found if day.weekday() < 5))
