"""Deadlines as offices write them are read, or kept as words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.deadlines import Deadline, DeadlineKind, read_deadline, review_on

DATED = {
    "30.06.2026": date(2026, 6, 30),
    "30. 6. 2026": date(2026, 6, 30),
    "30.06.26": date(2026, 6, 30),
    "bis 30.06.2026": date(2026, 6, 30),
    "bis zum 30.06.2026": date(2026, 6, 30),
    "spätestens bis 30. Juni 2026": date(2026, 6, 30),
    "2026-06-30": date(2026, 6, 30),
    "by 30 June 2026": date(2026, 6, 30),
    "June 30, 2026": date(2026, 6, 30),
    "until 1st March 2026": date(2026, 3, 1),
    "29.02.2028": date(2028, 2, 29),
    "4. Quartal 2025": date(2025, 12, 31),
    "4. Quartal 2022": date(2022, 12, 31),
    "1. Quartal 2025": date(2025, 3, 31),
    "IV. Quartal 2025": date(2025, 12, 31),
    "erstes Quartal 2026": date(2026, 3, 31),
    "Q4 2025": date(2025, 12, 31),
    "Q4/2025": date(2025, 12, 31),
    "fourth quarter of 2025": date(2025, 12, 31),
    "Ende des 1. Quartals 2026": date(2026, 3, 31),
    "2. Halbjahr 2026": date(2026, 12, 31),
    "1. HJ 2026": date(2026, 6, 30),
    "first half of 2026": date(2026, 6, 30),
    "Dezember 2026": date(2026, 12, 31),
    "im Februar 2027": date(2027, 2, 28),
    "Dez. 2026": date(2026, 12, 31),
    "12/2026": date(2026, 12, 31),
    "Anfang März 2026": date(2026, 3, 1),
    "Mitte März 2026": date(2026, 3, 15),
    "Ende März 2026": date(2026, 3, 31),
    "end of March 2026": date(2026, 3, 31),
    "Ende 2026": date(2026, 12, 31),
    "Jahresende 2026": date(2026, 12, 31),
    "2026": date(2026, 12, 31),
    "KW 12 2026": date(2026, 3, 22),
    "KW 53/2026": date(2027, 1, 3),
    "12. KW 2026": date(2026, 3, 22),
    "01.01.2025 – 31.12.2025": date(2025, 12, 31),
    "vom 1.1.2025 bis zum 31.12.2025": date(2025, 12, 31),
    "2024 bis 2026": date(2026, 12, 31),
}

ONGOING = (
    "fortlaufend",
    "Laufend",
    "laufende Aufgabe",
    "ständig",
    "dauerhaft",
    "Daueraufgabe",
    "ongoing",
    "continuously",
)

RECURRING = {
    "jährlich": 1,
    "einmal jährlich": 1,
    "1x jährlich": 1,
    "jedes Jahr": 1,
    "once a year": 1,
    "annually": 1,
    "Zweimal im Jahr": 2,
    "2 x pro Jahr": 2,
    "halbjährlich": 2,
    "twice a year": 2,
    "3 times a year": 3,
    "vierteljährlich": 4,
    "quarterly": 4,
    "alle 3 Monate": 4,
    "monatlich": 12,
    "monthly": 12,
    "wöchentlich": 52,
    "regelmäßig": None,
    "alle zwei Jahre": None,
}

UNREAD = (
    "31.02.2026",
    "31.06.2026",
    "32.12.2026",
    "29.02.2026",
    "KW 12",
    "KW 54 2026",
    "4. Quartal",
    "5. Quartal 2025",
    "Q4",
    "im Dezember",
    "30.06.",
    "Mitte 2026",
    "ab 2026",
    "bis Sommer 2026",
    "2025/2026",
    "fortlaufend bis 2026",
    "1. und 2. Quartal 2025",
    "31.12.2026 oder später",
    "30.06.2026 ?",
    "31.12.2026 bis 01.01.2026",
    "nach Beschluss des Haushaltes",
    "so bald wie möglich",
    "zeitnah",
    "tbd",
)


@pytest.mark.parametrize(("words", "due_on"), DATED.items(), ids=DATED.keys())
def test_a_date_or_a_part_of_a_year_is_due_on_its_last_day(words: str, due_on: date) -> None:
    assert read_deadline(words) == Deadline(text=words, kind=DeadlineKind.DATED, due_on=due_on)


@pytest.mark.parametrize("words", ONGOING)
def test_an_ongoing_deadline_has_no_date(words: str) -> None:
    assert read_deadline(words) == Deadline(text=words, kind=DeadlineKind.ONGOING)


@pytest.mark.parametrize(("words", "times"), RECURRING.items(), ids=RECURRING.keys())
def test_a_recurring_deadline_says_how_often_a_year(words: str, times: int | None) -> None:
    assert read_deadline(words) == Deadline(text=words, kind=DeadlineKind.RECURRING, times_a_year=times)


@pytest.mark.parametrize("words", UNREAD)
def test_what_is_not_understood_stays_as_written(words: str) -> None:
    assert read_deadline(words) == Deadline(text=words, kind=DeadlineKind.UNREAD)


@pytest.mark.parametrize("words", ["", "-", "–", "keine", "Keine Frist", "entfällt", "none"])
def test_no_deadline_is_no_doubt(words: str) -> None:
    assert read_deadline(words) == Deadline(text=words, kind=DeadlineKind.NONE)


@pytest.mark.parametrize(
    ("words", "kind", "times"),
    [
        ("1 mal jährlich bei Bedarf", DeadlineKind.RECURRING, 1),
        ("jährlich (bei Bedarf)", DeadlineKind.RECURRING, 1),
        ("once a year, if needed", DeadlineKind.RECURRING, 1),
        ("fortlaufend nach Bedarf", DeadlineKind.ONGOING, None),
        ("bei Bedarf", DeadlineKind.ONGOING, None),
        ("as needed", DeadlineKind.ONGOING, None),
    ],
)
def test_what_holds_only_where_there_is_need_says_so(words: str, kind: DeadlineKind, times: int | None) -> None:
    assert read_deadline(words) == Deadline(text=words, kind=kind, times_a_year=times, if_needed=True)


def test_a_date_that_holds_only_if_needed_is_not_made_a_due_date() -> None:
    assert read_deadline("bei Bedarf bis 30.06.2026").kind is DeadlineKind.UNREAD


def test_spaces_and_invisible_characters_do_not_matter_and_are_not_kept() -> None:
    assert read_deadline("  4.\u00a0Quartal\u200b \n 2025 ") == read_deadline("4. Quartal 2025")


def test_a_long_text_is_no_deadline_however_it_ends() -> None:
    words = "bis " * 40 + "30.06.2026"

    assert read_deadline(words) == Deadline(text=words, kind=DeadlineKind.UNREAD)


@pytest.mark.parametrize(
    ("words", "last_report", "expected"),
    [
        ("fortlaufend", date(2025, 6, 30), date(2025, 12, 30)),
        ("jährlich", date(2025, 8, 31), date(2026, 2, 28)),
        ("jährlich", date(2023, 8, 31), date(2024, 2, 29)),
        ("laufend", date(2025, 7, 1), date(2026, 1, 1)),
        ("fortlaufend", None, None),
        ("30.06.2026", date(2025, 6, 30), None),
        ("zeitnah", date(2025, 6, 30), None),
        ("", date(2025, 6, 30), None),
    ],
)
def test_a_deadline_without_a_date_is_reviewed_six_months_after_the_last_report(
    words: str, last_report: date | None, expected: date | None
) -> None:
    assert review_on(read_deadline(words), last_report) == expected


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error_and_keeps_its_words(text: str) -> None:
    deadline = read_deadline(text)

    assert (deadline.due_on is not None) is (deadline.kind is DeadlineKind.DATED)
    assert deadline.text == " ".join(deadline.text.split())


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_in_each_way_it_is_written(day: date) -> None:
    written = (f"{day:%d.%m.%Y}", f"bis {day.day}.{day.month}.{day.year}", f"{day:%Y-%m-%d}")

    assert {read_deadline(words).due_on for words in written} == {day}
