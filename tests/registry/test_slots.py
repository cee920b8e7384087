"""When something that comes round by the clock is due; ``python -m tests.registry.minutes`` compares every minute."""

import random
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from registry.slots import OnHoliday, Rule, Slot, instant, next_slot, slots
from registry.workdays import Workdays
from tests.registry.minutes import BERLIN, EVERY_DAY, MINUTES, Difference, Oracle, compare

THURINGIA = Workdays("DE-TH")
SHARE = 48  # of the minutes of a day, one in so many is compared over all of the ten years
SEED = random.randrange(SHARE)
GOOD_FRIDAY = date(2026, 4, 3)


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    return Oracle(BERLIN)


def days(rule: Rule, first: date, last: date, workdays: Workdays = THURINGIA) -> list[date]:
    after = datetime.combine(first, time(), BERLIN) - timedelta(seconds=1)
    until = datetime.combine(last, time(23, 59, 59), BERLIN)
    return [slot.on for slot in slots(rule, BERLIN, workdays, after=after, until=until)]


def every_day(at: time) -> Rule:
    return Rule(weekdays=EVERY_DAY, at=at, on_holiday=OnHoliday.ANYWAY)


@pytest.mark.parametrize("weekly", [False, True])
def test_no_minute_around_a_turn_of_the_clock_in_ten_years_is_missed_or_comes_twice(
    oracle: Oracle, weekly: bool
) -> None:
    step = 7 if weekly else 1  # each weekday has its own rule, and every minute comes up within seven runs
    found = compare(oracle, range(SEED % step, MINUTES, step), weekly=weekly, around=oracle.turns)

    print(found, SEED)
    assert len(oracle.turns) == 20
    assert found == Difference(found.compared), SEED
    assert found.compared >= 20 * (7 if weekly else 3) * (MINUTES // step)


@pytest.mark.parametrize("weekly", [False, True])
def test_no_slot_of_ten_years_is_missed_or_comes_twice(oracle: Oracle, weekly: bool) -> None:
    share = SHARE * 4 if weekly else SHARE
    found = compare(oracle, range(SEED, MINUTES, share), weekly=weekly)

    print(found, SEED)
    assert found == Difference(found.compared), SEED
    assert found.compared >= 3652 * (MINUTES // share)


@pytest.mark.parametrize("name", ["Australia/Lord_Howe", "America/Havana", "America/Nuuk", "Africa/Casablanca"])
def test_clocks_that_turn_at_midnight_or_by_half_an_hour_lose_nothing_either(name: str) -> None:
    zone = ZoneInfo(name)
    oracle = Oracle(zone)

    found = compare(oracle, range(SEED % 20, MINUTES, 20), weekly=False, zone=zone, around=oracle.turns)

    assert found == Difference(found.compared), SEED


@pytest.mark.parametrize("minute", [0, 1, 30, 59])
def test_the_hour_after_midnight_on_the_day_after_the_clock_was_put_forward_is_there(minute: int) -> None:
    monday = date(2027, 3, 29)
    rule = Rule(weekdays=(0,), at=time(0, minute), on_holiday=OnHoliday.ANYWAY)

    assert days(rule, monday - timedelta(days=1), monday + timedelta(days=1)) == [monday]
    assert instant(monday, time(0, minute), BERLIN) == datetime(2027, 3, 28, 22, minute, tzinfo=UTC)


@pytest.mark.parametrize("minute", [0, 1, 30, 59])
def test_of_an_hour_that_comes_twice_the_first_counts(minute: int) -> None:
    sunday = date(2026, 10, 25)

    assert days(every_day(time(2, minute)), sunday, sunday) == [sunday]
    assert instant(sunday, time(2, minute), BERLIN) == datetime(2026, 10, 25, 0, minute, tzinfo=UTC)


@pytest.mark.parametrize("minute", [0, 1, 30, 59])
def test_of_an_hour_that_is_left_out_the_first_moment_after_it_counts(minute: int) -> None:
    sunday = date(2027, 3, 28)

    assert days(every_day(time(2, minute)), sunday, sunday) == [sunday]
    assert instant(sunday, time(2, minute), BERLIN) == datetime(2027, 3, 28, 1, tzinfo=UTC)


def test_spans_that_follow_each_other_have_each_slot_once() -> None:
    dice = random.Random(SEED)
    rule, start = every_day(time(2, 30)), datetime(2026, 10, 1, tzinfo=UTC)
    end = start + timedelta(days=365)
    cuts = sorted(start + timedelta(minutes=dice.randrange(365 * MINUTES)) for _ in range(2000))
    due = [slot.due_at for slot in slots(rule, BERLIN, THURINGIA, after=start, until=end)]

    ends = sorted({start, end, *cuts, *due})
    found = [
        slot.due_at
        for after, until in pairwise(ends)
        for slot in slots(rule, BERLIN, THURINGIA, after=after, until=until)
    ]

    assert found == due
    assert len(due) == 365


def test_a_slot_is_due_after_the_first_instant_and_up_to_the_last() -> None:
    due_at = datetime(2026, 11, 30, 7, tzinfo=UTC)
    second = timedelta(seconds=1)

    assert list(slots(Rule(), BERLIN, THURINGIA, after=due_at, until=due_at + second)) == []
    assert list(slots(Rule(), BERLIN, THURINGIA, after=due_at - second, until=due_at)) == [
        Slot(date(2026, 11, 30), due_at)
    ]
    assert next_slot(Rule(), BERLIN, THURINGIA, after=due_at) == Slot(date(2026, 12, 7), due_at + timedelta(days=7))


def test_a_holiday_gives_its_place_to_the_next_working_day_to_none_or_keeps_it() -> None:
    fridays = {on: Rule(weekdays=(4,), on_holiday=on) for on in OnHoliday}
    first, last = GOOD_FRIDAY - timedelta(days=1), GOOD_FRIDAY + timedelta(days=5)

    assert days(fridays[OnHoliday.NEXT], first, last) == [date(2026, 4, 7)]  # after Easter Monday
    assert days(fridays[OnHoliday.SKIP], first, last) == []
    assert days(fridays[OnHoliday.ANYWAY], first, last) == [GOOD_FRIDAY]


def test_a_day_that_takes_the_place_of_another_and_is_named_itself_comes_once() -> None:
    rule = Rule(weekdays=(4, 0, 1))

    assert days(rule, GOOD_FRIDAY, date(2026, 4, 7)) == [date(2026, 4, 7)]


def test_whoever_names_a_weekend_day_means_it() -> None:
    saturday = date(2026, 11, 28)

    assert days(Rule(weekdays=(5,)), saturday, saturday + timedelta(days=3)) == [saturday]


def test_going_back_in_time_gives_nothing() -> None:
    now = datetime(2026, 11, 30, 7, tzinfo=UTC)

    assert list(slots(Rule(), BERLIN, THURINGIA, after=now, until=datetime(1970, 1, 1, tzinfo=UTC))) == []
