"""Dates as people read them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from locales.translations import language
from registry.deadlines import Deadline, DeadlineKind
from registry.desk import Listed
from registry.offices import OfficeTree
from registry.queries import Kind, Period
from registry.workdays import Workdays
from views import times
from views.voice import Voice

BERLIN = ZoneInfo("Europe/Berlin")


def a_voice(code: str = "de") -> Voice:
    now = datetime(2026, 11, 23, 9, tzinfo=BERLIN)
    return Voice(say=language(code), offices=OfficeTree(()), now=now, workdays=Workdays())


DUE = {
    "soon": (
        date(2026, 12, 16),
        "bis Mi., 16.12.2026 (in 17 Arbeitstagen)",
        "by Wed, 16 Dec 2026 (in 17 working days)",
    ),
    "tomorrow": (date(2026, 11, 24), "bis Di., 24.11.2026 (in 1 Arbeitstag)", "by Tue, 24 Nov 2026 (in 1 working day)"),
    "today": (date(2026, 11, 23), "heute fällig, Mo., 23.11.2026", "due today, Mon, 23 Nov 2026"),
    "yesterday": (
        date(2026, 11, 20),
        "überfällig seit Fr., 20.11.2026 (1 Arbeitstag)",
        "overdue since Fri, 20 Nov 2026 (1 working day)",
    ),
    "long ago": (date(2022, 12, 31), "überfällig seit Sa., 31.12.2022", "overdue since Sat, 31 Dec 2022"),
    "far away": (date(9999, 12, 31), "bis Fr., 31.12.9999", "by Fri, 31 Dec 9999"),
}


@pytest.mark.parametrize("case", DUE)
def test_a_due_date_says_weekday_date_and_working_days_left(case: str) -> None:
    day, german, english = DUE[case]

    assert (times.due(day, a_voice()), times.due(day, a_voice("en"))) == (german, english)


def test_a_deadline_keeps_the_offices_words() -> None:
    dated = Deadline(text="4. Quartal 2026", kind=DeadlineKind.DATED, due_on=date(2026, 12, 31))

    told = {
        "open": times.deadline(dated, a_voice(), is_open=True),
        "settled": times.deadline(dated, a_voice(), is_open=False),
        "ongoing": times.deadline(Deadline(text="fortlaufend", kind=DeadlineKind.ONGOING), a_voice(), is_open=True),
        "unread": times.deadline(Deadline(text="zeitnah", kind=DeadlineKind.UNREAD), a_voice("en"), is_open=True),
        "none": times.deadline(Deadline(), a_voice(), is_open=True),
    }

    assert told == {
        "open": "„4. Quartal 2026“ – bis Do., 31.12.2026 (in 27 Arbeitstagen)",
        "settled": "„4. Quartal 2026“ – bis Do., 31.12.2026",
        "ongoing": "„fortlaufend“",
        "unread": "“zeitnah” (not understood as a date)",
        "none": "keine Frist",
    }


def test_a_line_tells_a_review_from_a_deadline_and_an_open_one_from_a_settled_one() -> None:
    line = Listed(ref="1.5.M1", kind=Kind.MEASURE, title="", due_on=date(2026, 11, 20))
    review, settled = line.model_copy(update={"is_dated": False}), line.model_copy(update={"is_open": False})
    event = settled.model_copy(update={"kind": Kind.MILESTONE})

    assert [times.listed(one, a_voice()) for one in (line, review, settled, event)] == [
        "überfällig seit Fr., 20.11.2026 (1 Arbeitstag)",
        "Überprüfung seit Fr., 20.11.2026 fällig",
        "bis Fr., 20.11.2026",
        "Fr., 20.11.2026",
    ]


def test_a_programme_runs_until_its_end_and_is_never_reviewed() -> None:
    line = Listed(ref="KommA", kind=Kind.PROGRAMME, title="", due_on=date(2025, 8, 31), is_dated=False)
    ended, over = line.model_copy(update={"is_open": False}), line
    running = line.model_copy(update={"due_on": date(2026, 11, 23)})

    assert [times.listed(one, a_voice()) for one in (ended, over, running)] == [
        "endete am So., 31.08.2025",
        "endete am So., 31.08.2025",
        "läuft bis Mo., 23.11.2026",
    ]
    assert times.listed(over, a_voice("en")) == "ended on Sun, 31 Aug 2025"


def test_an_ongoing_deadline_says_when_it_is_looked_at_again_as_long_as_it_is_open() -> None:
    ongoing = Deadline(text="fortlaufend", kind=DeadlineKind.ONGOING)
    reports = (date(2026, 6, 30), date(2026, 4, 30))

    assert [times.deadline(ongoing, a_voice(), is_open=True, last_report=day) for day in reports] == [
        "„fortlaufend“ – Überprüfung Mi., 30.12.2026",
        "„fortlaufend“ – Überprüfung seit Fr., 30.10.2026 fällig",
    ]
    assert times.deadline(ongoing, a_voice(), is_open=False, last_report=reports[0]) == "„fortlaufend“"


def test_a_period_names_its_ends() -> None:
    first, last = date(2026, 12, 1), date(2026, 12, 31)

    periods = (Period(since=first, until=last), Period(until=last), Period(since=first), Period(since=last, until=last))

    assert [times.period(period, a_voice()) for period in periods] == [
        "01.12.2026 bis 31.12.2026",
        "bis 31.12.2026",
        "ab 01.12.2026",
        "31.12.2026",
    ]


def test_an_instant_is_told_on_the_citys_clock() -> None:
    assert times.moment(datetime(2026, 7, 1, 22, 30, tzinfo=ZoneInfo("UTC")), a_voice()) == "Do., 02.07.2026, 00:30 Uhr"
