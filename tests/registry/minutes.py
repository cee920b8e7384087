"""Slots against an oracle that walks through the minutes of ten years and looks at nothing but a clock.

``python -m tests.registry.minutes`` compares every minute of the day, with daily rules and with one for each weekday.
"""

import argparse
import time as stopwatch
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from registry.slots import OnHoliday, Rule, Slot, slots
from registry.workdays import Workdays

MINUTES = 1440
MINUTE = timedelta(minutes=1)
BERLIN = ZoneInfo("Europe/Berlin")
FIRST, LAST = date(2026, 1, 1), date(2035, 12, 31)
EVERY_DAY = tuple(range(7))
_START = datetime(2025, 12, 31, tzinfo=UTC)  # from where minutes are counted, of UTC and of the local clock
_DAYS = (LAST - FIRST).days + 3


@dataclass
class Difference:
    compared: int = 0
    missed: int = 0
    double: int = 0
    wrong: int = 0  # came, and at another minute

    def __str__(self) -> str:
        return f"{self.compared:,} slots: {self.missed} missed, {self.double} double, {self.wrong} at another minute"


class Oracle:
    """For each minute that a local clock may show, the first minute of UTC at which it shows that or a later one."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._first = array("q", [-1]) * (_DAYS * MINUTES)
        self.turns: list[date] = []
        shown = -1
        for day in range(_DAYS):
            shown = self._walk(day * MINUTES, shown)

    def due(self, on: date, minute: int) -> datetime:
        local = (on - _START.date()).days * MINUTES + minute
        return _START + self._first[local] * MINUTE

    def _walk(self, start: int, shown: int) -> int:
        """Through one day of UTC; ``shown`` is the latest minute that the clock has shown before it."""
        hours = {self._offset(start + hour * 60) for hour in range(25)}
        if len(hours) == 1:  # no clock is put forward and back again within an hour
            [offset] = hours
            begins, ends = start + offset, start + offset + MINUTES
            late = max(0, shown + 1 - begins)
            self._note(range(shown + 1, begins), start)
            self._first[begins + late : ends] = array("q", range(start + late, start + MINUTES))
            return ends - 1
        self.turns.append((_START + start * MINUTE).date())
        for minute in range(start, start + MINUTES):
            local = minute + self._offset(minute)
            self._note(range(shown + 1, local + 1), minute)
            shown = max(shown, local)
        return shown

    def _note(self, locals_: Iterable[int], minute: int) -> None:
        for local in locals_:
            self._first[local] = minute

    def _offset(self, minute: int) -> int:
        local = (_START + minute * MINUTE).astimezone(self._zone)
        return round((local.replace(tzinfo=UTC) - _START) / MINUTE) - minute


def compare(
    oracle: Oracle, minutes: Iterable[int], *, weekly: bool, zone: ZoneInfo = BERLIN, around: Iterable[date] = ()
) -> Difference:
    """The slots of rules at some minutes of the day; of ten years, or of the days or weeks around some."""
    found, workdays, margin = Difference(), Workdays(), timedelta(days=3 if weekly else 1)
    spans = [(day - margin, day + margin) for day in around] or [(FIRST, LAST)]
    for minute in minutes:
        for weekdays in [(day,) for day in EVERY_DAY] if weekly else [EVERY_DAY]:
            rule = Rule(weekdays=weekdays, at=time(*divmod(minute, 60)), on_holiday=OnHoliday.ANYWAY)
            for first, last in spans:
                expected = [
                    Slot(on, oracle.due(on, minute)) for on in _between(first, last) if on.weekday() in weekdays
                ]
                after, until = oracle.due(first, 0) - MINUTE, oracle.due(last, MINUTES - 1)
                _note(found, expected, list(slots(rule, zone, workdays, after=after, until=until)))
    return found


def _between(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _note(found: Difference, expected: list[Slot], came: list[Slot]) -> None:
    found.compared += len(expected)
    if came == expected:
        return
    wanted, days = {slot.on: slot.due_at for slot in expected}, [slot.on for slot in came]
    found.missed += len(wanted.keys() - set(days))
    found.double += len(days) - len(set(days))
    found.wrong += sum(wanted.get(on) != due_at for on, due_at in came)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--zone", default="Europe/Berlin")
    given = parser.parse_args()
    zone, started = ZoneInfo(given.zone), stopwatch.monotonic()
    oracle = Oracle(zone)
    print(f"{given.zone}, {FIRST} to {LAST}: the clock is put forward or back on {len(oracle.turns)} days")
    for weekly in (False, True):
        found = compare(oracle, range(MINUTES), weekly=weekly, zone=zone)
        print(f"{'weekly' if weekly else 'daily'}: {found}, {stopwatch.monotonic() - started:.0f} s", flush=True)
        if found.missed or found.double or found.wrong:
            raise SystemExit(1)


if __name__ == "__main__":
    main()
