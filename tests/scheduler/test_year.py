"""Five weeks of thirty chats around the turn of the year. The whole year: ``python -m tests.scheduler.year``."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest

from registry.workdays import Workdays
from storage.outgoing import OutgoingKind
from tests.scheduler.account import Account
from tests.scheduler.almanac import BERLIN, FREE, Shift, Watched, Weekly, instant, works
from tests.scheduler.town_of_thirty import BASIC, GONE, REMINDED, RETURNS, WISHES
from tests.scheduler.year import WEEKS, run


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Account:
    """What became of these weeks; its figures are printed (``pytest -s``)."""
    account = run(tmp_path_factory.mktemp("year"), WEEKS)
    print(account.figures())
    return account


def test_thirty_chats_get_every_expected_message_once_in_order_and_within_the_limits(account: Account) -> None:
    assert len(WISHES) + len(REMINDED) + 1 == 30
    assert len(account.expected) > 150
    assert account.faults() == []


def test_there_were_storms_lost_answers_a_move_two_kicks_and_one_return(account: Account) -> None:
    came = Counter(one.place for one in account.arrived)
    rooms = {one.message.room.id for one in account.arrived if one.place == BASIC}
    last_of_gone = max(one.day for one in account.arrived if one.place == GONE)
    away = [one.day for one in account.arrived if one.place == RETURNS]

    assert sum(call.status == 429 for call in account.calls) >= 20
    assert account.lost_answers >= 10
    assert len(rooms) == 2
    assert last_of_gone == WEEKS.gone.date()
    assert not [day for day in away if WEEKS.kicked.date() < day < WEEKS.returns.date()]
    assert came[RETURNS] >= 4
    assert sum(one.is_late for one in account.arrived) >= 10


def test_every_slot_has_ended_as_sent_or_skipped_with_a_reason(account: Account) -> None:
    assert set(account.outcomes) <= {"sent", "skipped empty", "skipped missed"}
    assert account.outcomes["sent"] == len(account.arrived)


def test_an_account_finds_what_is_missing_too_much_late_and_out_of_order(account: Account) -> None:
    faults = dict[str, list[str]]()
    for name, arrived in {
        "missing": account.arrived[1:],
        "too much": [*account.arrived, account.arrived[0]],
    }.items():
        faults[name] = Account(account.expected, arrived=arrived, lost_answers=99).faults()
    crowd = [(0.01 * n, -n, OutgoingKind.POST) for n in range(31)]

    assert [fault.partition(":")[0] for fault in faults["missing"]] == ["missing"]
    assert faults["too much"][0].startswith("too much: ")
    assert "left within a second" in " ".join(Account([], left=crowd).faults())


# The almanac, which judges the bot, is judged itself


def test_the_almanacs_free_days_are_those_of_the_calendar_and_the_citys_own() -> None:
    days = (date(2026, 11, 1) + timedelta(days=n) for n in range(425))
    own = {date(2026, 12, 24), date(2026, 12, 31), date(2027, 5, 7), date(2027, 12, 24), date(2027, 12, 31)}
    calendar = Workdays("DE-TH")

    assert [day for day in days if works(day) is not (calendar.is_workday(day) and day not in own)] == []
    assert len(FREE) == 12


def test_an_instant_is_searched_for_where_clocks_change() -> None:
    assert instant(date(2027, 3, 28), time(2, 30)) == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
    assert instant(date(2027, 10, 31), time(2, 30)) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert instant(date(2027, 7, 1), time(8)) == datetime(2027, 7, 1, 8, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("shift", "expected"),
    [
        (Shift.NEXT, [date(2027, 3, 22), date(2027, 3, 30), date(2027, 4, 5)]),
        (Shift.SKIP, [date(2027, 3, 22), date(2027, 4, 5)]),
        (Shift.ANYWAY, [date(2027, 3, 22), date(2027, 3, 29), date(2027, 4, 5)]),
    ],
)
def test_a_monday_digest_at_easter(shift: Shift, expected: list[date]) -> None:
    digest = Weekly("group", "", (0,), time(8), shift)

    slots = [slot.astimezone(BERLIN).date() for slot in digest.slots(datetime(2027, 4, 6, tzinfo=UTC))]

    assert slots[-len(expected) :] == expected


def test_stages_of_a_reminder_are_counted_in_working_days() -> None:
    chat = Watched("team", {"1.1.M1": date(2027, 1, 4)})
    mornings = [instant(date(2026, 12, 1) + timedelta(days=n), time(7, 30)) for n in range(50)]

    told = [brought.day for brought in chat.brought(mornings)]

    assert told == [date(2026, 12, 15), date(2026, 12, 28), date(2027, 1, 4), date(2027, 1, 11), date(2027, 1, 18)]
