"""Spans of time and due dates as they are typed in chat, on several days of the year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.periods import read_age, read_due, read_past_day, read_period
from registry.queries import Period
from registry.timewords import TIME_WORDS
from registry.workdays import Workdays

THURINGIA = Workdays("DE-TH")
SATURDAY = date(2026, 11, 21)
OLD_YEARS_DAY = date(2026, 12, 31)
NEW_YEARS_DAY = date(2027, 1, 1)
LEAP_DAY = date(2028, 2, 29)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


PERIODS = [
    (SATURDAY, "heute", "2026-11-21", "2026-11-21"),
    (SATURDAY, "morgen", "2026-11-22", "2026-11-22"),
    (SATURDAY, "übermorgen", "2026-11-23", "2026-11-23"),
    (SATURDAY, "yesterday", "2026-11-20", "2026-11-20"),
    (SATURDAY, "diese Woche", "2026-11-16", "2026-11-22"),
    (SATURDAY, "nächste Woche", "2026-11-23", "2026-11-29"),
    (SATURDAY, "in der nächsten Woche", "2026-11-23", "2026-11-29"),
    (SATURDAY, "last week", "2026-11-09", "2026-11-15"),
    (SATURDAY, "diesen Monat", "2026-11-01", "2026-11-30"),
    (SATURDAY, "next month", "2026-12-01", "2026-12-31"),
    (SATURDAY, "nächstes Quartal", "2027-01-01", "2027-03-31"),
    (SATURDAY, "this year", "2026-01-01", "2026-12-31"),
    (SATURDAY, "next 30 days", "2026-11-21", "2026-12-21"),
    (SATURDAY, "in den nächsten 14 Tagen", "2026-11-21", "2026-12-05"),
    (SATURDAY, "innerhalb von zwei Wochen", "2026-11-21", "2026-12-05"),
    (SATURDAY, "letzte 7 Tage", "2026-11-14", "2026-11-21"),
    (SATURDAY, "in the last 2 weeks", "2026-11-07", "2026-11-21"),
    (SATURDAY, "seit 2 Wochen", "2026-11-07", "2026-11-21"),
    (SATURDAY, "bis 31.12.", "", "2026-12-31"),
    (SATURDAY, "bis zum 31. Dezember", "", "2026-12-31"),
    (SATURDAY, "by 31 December", "", "2026-12-31"),
    (SATURDAY, "bis 1.3.", "", "2027-03-01"),
    (SATURDAY, "bis Ende Q1", "", "2027-03-31"),
    (SATURDAY, "bis Ende des Jahres", "", "2026-12-31"),
    (SATURDAY, "bis Jahresende", "", "2026-12-31"),
    (SATURDAY, "bis Mitte Dezember", "", "2026-12-15"),
    (SATURDAY, "bis Ende nächsten Monats", "", "2026-12-31"),
    (SATURDAY, "bis Ende der Woche", "", "2026-11-22"),
    (SATURDAY, "bis Freitag", "", "2026-11-27"),
    (SATURDAY, "bis Samstag", "", "2026-11-21"),
    (SATURDAY, "until next Saturday", "", "2026-11-28"),
    (SATURDAY, "vor dem 1.12.", "", "2026-11-30"),
    (SATURDAY, "before December", "", "2026-11-30"),
    (SATURDAY, "nach dem 1.12.", "2026-12-02", ""),
    (SATURDAY, "ab Dezember", "2026-12-01", ""),
    (SATURDAY, "from 1 December", "2026-12-01", ""),
    (SATURDAY, "seit 1.10.", "2026-10-01", ""),
    (SATURDAY, "since October", "2026-10-01", ""),
    (SATURDAY, "seit Dezember", "2025-12-01", ""),
    (SATURDAY, "seit Montag", "2026-11-16", ""),
    (SATURDAY, "seit letzter Woche", "2026-11-09", ""),
    (SATURDAY, "seit gestern", "2026-11-20", ""),
    (SATURDAY, "im Dezember", "2026-12-01", "2026-12-31"),
    (SATURDAY, "im November", "2026-11-01", "2026-11-30"),
    (SATURDAY, "im Oktober", "2027-10-01", "2027-10-31"),
    (SATURDAY, "Dezember 2025", "2025-12-01", "2025-12-31"),
    (SATURDAY, "12/2026", "2026-12-01", "2026-12-31"),
    (SATURDAY, "Q1", "2027-01-01", "2027-03-31"),
    (SATURDAY, "Q4", "2026-10-01", "2026-12-31"),
    (SATURDAY, "1. Quartal 2026", "2026-01-01", "2026-03-31"),
    (SATURDAY, "im zweiten Halbjahr", "2026-07-01", "2026-12-31"),
    (SATURDAY, "2026", "2026-01-01", "2026-12-31"),
    (SATURDAY, "12/31/2026", "2026-12-31", "2026-12-31"),
    (SATURDAY, "31/12/2026", "2026-12-31", "2026-12-31"),
    (SATURDAY, "over the next 2 weeks", "2026-11-21", "2026-12-05"),
    (SATURDAY, "im Jahr 2027", "2027-01-01", "2027-12-31"),
    (SATURDAY, "KW 12", "2027-03-22", "2027-03-28"),
    (SATURDAY, "KW 47", "2026-11-16", "2026-11-22"),
    (SATURDAY, "KW 53", "2026-12-28", "2027-01-03"),
    (SATURDAY, "am 5.12.", "2026-12-05", "2026-12-05"),
    (SATURDAY, "Freitag", "2026-11-27", "2026-11-27"),
    (SATURDAY, "nächsten Freitag", "2026-11-27", "2026-11-27"),
    (SATURDAY, "last Friday", "2026-11-20", "2026-11-20"),
    (SATURDAY, "Freitag nächster Woche", "2026-11-27", "2026-11-27"),
    (SATURDAY, "next week Friday", "2026-11-27", "2026-11-27"),
    (SATURDAY, "vom 1.10. bis 31.12.", "2026-10-01", "2026-12-31"),
    (SATURDAY, "1.12. – 31.1.", "2026-12-01", "2027-01-31"),
    (SATURDAY, "zwischen Oktober und Januar", "2026-10-01", "2027-01-31"),
    (SATURDAY, "from 2026-10-01 to 2026-12-31", "2026-10-01", "2026-12-31"),
    (SATURDAY, "diese Woche bis 31.12.", "2026-11-16", "2026-12-31"),
    (SATURDAY, "Montag bis Freitag", "2026-11-23", "2026-11-27"),
    (OLD_YEARS_DAY, "morgen", "2027-01-01", "2027-01-01"),
    (OLD_YEARS_DAY, "diese Woche", "2026-12-28", "2027-01-03"),
    (OLD_YEARS_DAY, "nächsten Monat", "2027-01-01", "2027-01-31"),
    (OLD_YEARS_DAY, "bis 31.12.", "", "2026-12-31"),
    (OLD_YEARS_DAY, "bis 30.12.", "", "2027-12-30"),
    (OLD_YEARS_DAY, "im Dezember", "2026-12-01", "2026-12-31"),
    (OLD_YEARS_DAY, "im Januar", "2027-01-01", "2027-01-31"),
    (OLD_YEARS_DAY, "KW 53", "2026-12-28", "2027-01-03"),
    (OLD_YEARS_DAY, "Q4", "2026-10-01", "2026-12-31"),
    (OLD_YEARS_DAY, "Q1", "2027-01-01", "2027-03-31"),
    (NEW_YEARS_DAY, "gestern", "2026-12-31", "2026-12-31"),
    (NEW_YEARS_DAY, "last year", "2026-01-01", "2026-12-31"),
    (NEW_YEARS_DAY, "KW 53", "2026-12-28", "2027-01-03"),
    (NEW_YEARS_DAY, "seit Dezember", "2026-12-01", ""),
    (NEW_YEARS_DAY, "bis Ende Dezember", "", "2027-12-31"),
    (NEW_YEARS_DAY, "1.12. - 31.1.", "2026-12-01", "2027-01-31"),
    (NEW_YEARS_DAY, "bis 29.02.", "", "2028-02-29"),
    (LEAP_DAY, "29.2.", "2028-02-29", "2028-02-29"),
    (LEAP_DAY, "last year", "2027-01-01", "2027-12-31"),
    (LEAP_DAY, "next month", "2028-03-01", "2028-03-31"),
]

NO_PERIODS = (
    "",
    "bis",
    "in",
    "nächste",
    "31.02.",
    "bis 31.02.",
    "32.12.",
    "Q5",
    "KW 54 2026",
    "im 13. Monat",
    "Ende Dezember",
    "bald",
    "bis Sommer",
    "in 2 Wochen",
    "bis A50",
    "1.12. und 31.12.",
    "zwischen 1.12. bis 31.12.",
    "morgen bis heute",
    "Dezember 26",
    "heute " * 50,
)

DUE = [
    ("31.12.", "2026-12-31"),
    ("31.12.2026", "2026-12-31"),
    ("31.12.26", "2026-12-31"),
    ("2026-12-31", "2026-12-31"),
    ("bis 31.12.", "2026-12-31"),
    ("1.3.", "2027-03-01"),
    ("31.12.2020", "2020-12-31"),
    ("heute", "2026-11-21"),
    ("morgen", "2026-11-22"),
    ("in 2 Wochen", "2026-12-05"),
    ("in zwei Wochen", "2026-12-05"),
    ("in einem Monat", "2026-12-21"),
    ("in 3 days", "2026-11-24"),
    ("nächsten Freitag", "2026-11-27"),
    ("next Friday", "2026-11-27"),
    ("Freitag", "2026-11-27"),
    ("nächste Woche Freitag", "2026-11-27"),
    ("Ende Q1", "2027-03-31"),
    ("end of March", "2027-03-31"),
    ("Ende nächsten Monats", "2026-12-31"),
    ("Jahresende", "2026-12-31"),
    ("Dezember", "2026-12-31"),
    ("KW 49", "2026-12-06"),
    ("in 10 working days", "2026-12-04"),
    ("in 10 Arbeitstagen", "2026-12-04"),
    ("in 25 Werktagen", "2026-12-28"),
]

NOT_DUE = (
    "",
    "bald",
    "31.02.",
    "seit 1.10.",
    "ab Dezember",
    "last Friday",
    "letzte Woche",
    "nach dem 1.12.",
    "in 2",
    "in Wochen",
)


@pytest.mark.parametrize(("today", "words", "since", "until"), PERIODS, ids=[f"{p[0]} {p[1]}" for p in PERIODS])
def test_a_span_of_time_is_read_as_of_today(today: date, words: str, since: str, until: str) -> None:
    assert read_period(words, today) == Period(since=_day(since), until=_day(until))


@pytest.mark.parametrize("words", NO_PERIODS)
def test_what_names_no_span_of_time_is_none(words: str) -> None:
    assert read_period(words, SATURDAY) is None


@pytest.mark.parametrize(("words", "due"), DUE)
def test_a_due_date_is_the_last_day_of_what_is_said(words: str, due: str) -> None:
    assert read_due(words, SATURDAY, THURINGIA) == _day(due)


@pytest.mark.parametrize("words", NOT_DUE)
def test_what_lies_behind_or_is_no_time_is_no_due_date(words: str) -> None:
    assert read_due(words, SATURDAY, THURINGIA) is None


def test_another_language_only_adds_its_words() -> None:
    words = {**TIME_WORDS, "semaine": "week", "prochaine": "next", "la": ""}

    assert read_period("la semaine prochaine", SATURDAY, words) is None
    assert read_period("prochaine semaine", SATURDAY, words) == read_period("next week", SATURDAY)


_WORDS = st.lists(st.sampled_from([*sorted(TIME_WORDS), "1.12.", "31.", "2026", "12", "-", "§"]), max_size=6)


@given(_WORDS.map(" ".join), st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31)))
def test_any_words_are_read_without_an_error_and_never_backwards(text: str, today: date) -> None:
    period = read_period(text, today)
    read_due(text, today, THURINGIA)

    assert period is None or (period.since or date.min) <= (period.until or date.max)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31)), st.integers(0, 365))
def test_a_day_without_a_year_is_the_next_one_or_today(today: date, days: int) -> None:
    day = today + timedelta(days=days)

    if (day.month, day.day) != (2, 29):
        found = read_due(f"{day.day}.{day.month}.", today, THURINGIA)
        assert found is not None and found.replace(year=day.year) == day and found >= today


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("seit 2 Jahren", "2024-11-21"),
        ("seit mehr als einem Jahr", "2025-11-21"),
        ("länger als 6 Monate", "2026-05-21"),
        ("seit über drei Wochen", "2026-10-31"),
        ("mindestens 14 Tage", "2026-11-07"),
        ("since 6 months", "2026-05-21"),
        ("for more than one year", "2025-11-21"),
        ("for over a year", "2025-11-21"),
        ("for at least a month", "2026-10-21"),
        ("2 Jahre", ""),
        ("next 2 weeks", ""),
        ("seit Oktober", ""),
        ("for", ""),
    ],
)
def test_how_long_something_has_lasted_gives_the_day_it_began_at_the_latest(text: str, day: str) -> None:
    assert read_age(text, SATURDAY) == _day(day)


@pytest.mark.parametrize("text", ["11/12/2026", "31/31/2026", "13/13/2026"])
def test_a_date_with_slashes_that_could_be_either_or_none_is_not_read(text: str) -> None:
    assert read_period(text, SATURDAY) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20.11.", "2026-11-20"),
        ("24.11.", "2025-11-24"),
        ("24.11.2026", "2026-11-24"),
        ("gestern", "2026-11-20"),
        ("last Friday", "2026-11-20"),
        ("heute", "2026-11-21"),
        ("im November", ""),
        ("irgendwann", ""),
    ],
)
def test_a_day_on_which_something_was_done_is_the_latest_of_that_name(text: str, day: str) -> None:
    assert read_past_day(text, SATURDAY) == _day(day)
