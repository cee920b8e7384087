"""Working days follow the state's holidays."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.workdays import UnknownSubdivisionError, Workdays

THURINGIA = Workdays("DE-TH")
HESSE = Workdays("DE-HE")


@pytest.mark.parametrize(
    ("day", "in_thuringia", "in_hesse"),
    [
        (date(2026, 11, 20), True, True),
        (date(2026, 11, 21), False, False),  # a Saturday
        (date(2026, 10, 31), False, False),  # a Saturday, and Reformation Day
        (date(2025, 10, 31), False, True),  # Reformation Day
        (date(2024, 9, 20), False, True),  # World Children's Day
        (date(2026, 6, 4), True, False),  # Corpus Christi
        (date(2026, 12, 25), False, False),
        (date(2026, 12, 24), True, True),
    ],
)
def test_each_state_has_its_own_holidays(day: date, in_thuringia: bool, in_hesse: bool) -> None:
    assert (THURINGIA.is_workday(day), HESSE.is_workday(day)) == (in_thuringia, in_hesse)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 20), date(2026, 11, 20)),
        (date(2026, 11, 21), date(2026, 11, 23)),
        (date(2026, 12, 25), date(2026, 12, 28)),
        (date(2027, 1, 1), date(2027, 1, 4)),
        (date(2026, 4, 3), date(2026, 4, 7)),  # Good Friday to Easter Tuesday
    ],
)
def test_the_next_working_day_is_the_day_itself_where_it_is_one(day: date, expected: date) -> None:
    assert THURINGIA.next_workday(day) == expected


@pytest.mark.parametrize(
    ("today", "due", "left"),
    [
        (date(2026, 11, 23), date(2026, 12, 16), 17),
        (date(2026, 11, 23), date(2026, 11, 23), 0),
        (date(2026, 11, 20), date(2026, 11, 23), 1),
        (date(2026, 11, 20), date(2026, 11, 22), 0),
        (date(2026, 12, 23), date(2027, 1, 4), 6),
        (date(2026, 11, 23), date(2026, 11, 20), -1),
        (date(2026, 12, 16), date(2026, 11, 23), -17),
    ],
)
def test_what_is_left_counts_the_due_day_but_not_today(today: date, due: date, left: int) -> None:
    assert THURINGIA.between(today, due) == left


def test_adding_steps_over_weekends_and_holidays_in_both_directions() -> None:
    assert THURINGIA.add(date(2026, 12, 23), 2) == date(2026, 12, 28)
    assert THURINGIA.add(date(2026, 12, 28), -2) == date(2026, 12, 23)
    assert THURINGIA.add(date(2026, 11, 21), 0) == date(2026, 11, 21)


@pytest.mark.parametrize("subdivision", ["DE-XX", "XX", "", "Thüringen"])
def test_a_state_nobody_knows_is_an_error_that_names_it(subdivision: str) -> None:
    with pytest.raises(UnknownSubdivisionError) as error:
        Workdays(subdivision).is_workday(date(2026, 11, 20))

    assert error.value.subdivision == subdivision


@given(st.dates(min_value=date(2015, 1, 1), max_value=date(2035, 12, 31)), st.integers(0, 700))
def test_counting_agrees_with_going_day_by_day(today: date, days: int) -> None:
    due = today + timedelta(days=days)
    one_by_one = sum(THURINGIA.is_workday(today + timedelta(days=n)) for n in range(1, days + 1))

    assert THURINGIA.between(today, due) == one_by_one == -THURINGIA.between(due, today)


@given(st.dates(min_value=date(2015, 1, 1), max_value=date(2035, 12, 31)), st.integers(1, 60))
def test_adding_and_counting_are_each_others_inverse(today: date, n: int) -> None:
    assert THURINGIA.between(today, THURINGIA.add(today, n)) == n


@pytest.mark.parametrize(
    ("subdivision", "is_known"),
    [("DE-TH", True), ("DE", True), ("AT-9", True), ("DE-QQ", False), ("XX", False), ("de-th", False), ("DE-", False)],
)
def test_it_is_known_beforehand_whether_holidays_are(subdivision: str, is_known: bool) -> None:
    assert Workdays(subdivision).is_known is is_known
