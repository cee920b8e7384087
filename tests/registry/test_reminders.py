"""Which stage of a reminder is due on which morning, and who hears of it."""

from datetime import date, timedelta

import pytest

from registry.audience import Audience, Recipient
from registry.desk import Listed
from registry.offices import OfficeTree
from registry.people import Role
from registry.queries import Kind
from registry.reminders import (
    LEARNED,
    Bundle,
    Coverage,
    Due,
    Key,
    Memory,
    Part,
    Reminder,
    What,
    Why,
    Wish,
    bundled,
    latest_due,
    newest_stage,
    reminder,
    stage_due,
)
from registry.visibility import Clearance, Visibility
from registry.workdays import Workdays
from tests.handlers.a_register import OFFICES

WORKDAYS = Workdays()
DUE_ON = date(2026, 12, 16)  # a Wednesday


def a_due(
    what: What = What.CONTRIBUTION,
    *,
    on: date = DUE_ON,
    places: tuple[str, ...] = ("A50",),
    changed_on: date = date(2026, 11, 20),
    ref: str = "Q2",
    label: Visibility = Visibility.PUBLIC,
) -> Due:
    line = Listed(ref=ref, kind=Kind.INQUIRY, title="Stand", offices=places, due_on=on, visibility=label)
    return Due(line=line, what=what, on=on, places=places, changed_on=changed_on)


def due_stage(due: Due, today: date, memory: Memory) -> int | None:
    return stage_due(due, WORKDAYS.between(today, due.on), today, memory, WORKDAYS)


def told_on_each_morning(due: Due, first: date, last: date, *, down: tuple[date, ...] = ()) -> dict[date, int]:
    """What a chat is told of one thing when the bot runs on all mornings but those on which it is down."""
    told, found = dict[tuple[Key, date], int](), dict[date, int]()
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        if not WORKDAYS.is_workday(day) or day in down:
            continue
        stage = due_stage(due, day, Memory(told=dict(told)))
        if stage is not None:
            told[(due.key, due.on)] = found[day] = stage
    return found


# Stages


def test_one_is_told_ten_three_and_no_working_days_before_and_weekly_after() -> None:
    assert told_on_each_morning(a_due(), date(2026, 11, 20), date(2027, 1, 15)) == {
        date(2026, 12, 2): 10,
        date(2026, 12, 11): 3,
        date(2026, 12, 16): 0,
        date(2026, 12, 23): -5,
        date(2026, 12, 31): -10,  # Christmas is no working day, and New Year's Eve is one
        date(2027, 1, 8): -15,
        date(2027, 1, 15): -20,
    }


def test_after_a_downtime_the_newest_stage_is_told_once() -> None:
    down = tuple(date(2026, 12, day) for day in range(1, 15))

    assert told_on_each_morning(a_due(), date(2026, 11, 20), date(2026, 12, 18), down=down) == {
        date(2026, 12, 15): 3,
        date(2026, 12, 16): 0,
    }


def test_what_is_assigned_late_is_told_on_the_next_morning() -> None:
    assert told_on_each_morning(a_due(), date(2026, 12, 14), date(2026, 12, 18)) == {
        date(2026, 12, 14): 3,
        date(2026, 12, 16): 0,
    }


def test_a_changed_due_date_starts_anew() -> None:
    memory = Memory(told={(a_due().key, DUE_ON): 0})

    assert due_stage(a_due(on=date(2026, 12, 18)), date(2026, 12, 16), memory) == 3
    assert due_stage(a_due(), date(2026, 12, 16), memory) is None


def test_what_is_due_on_a_weekend_is_told_on_the_last_working_day_before() -> None:
    saturday = date(2026, 12, 19)

    told = told_on_each_morning(a_due(on=saturday), date(2026, 12, 14), date(2026, 12, 22))

    assert told == {date(2026, 12, 14): 10, date(2026, 12, 15): 3, date(2026, 12, 18): 0}


@pytest.mark.parametrize(
    ("what", "left", "stage"),
    [
        (What.MEASURE, 11, None),
        (What.MEASURE, 10, 10),
        (What.MEASURE, 4, 10),
        (What.MEASURE, 3, 3),
        (What.MEASURE, 0, 0),
        (What.MEASURE, -4, 0),
        (What.MEASURE, -5, -5),
        (What.MEASURE, -9, -5),
        (What.REVIEW, 3, None),
        (What.REVIEW, 0, 0),
        (What.REVIEW, -19, 0),
        (What.REVIEW, -41, -40),
        (What.EVENT, 3, 3),
        (What.EVENT, -1, None),
        (What.UNROUTED, 0, 0),
        (What.UNROUTED, -7, -5),
        (What.LATE_RESULT, 200, LEARNED),
        (What.LATE_RESULT, 10, 10),
        (What.LATE_RESULT, -1, None),
    ],
)
def test_the_newest_stage_by_working_days_left(what: What, left: int, stage: int | None) -> None:
    assert newest_stage(what, left) == stage


def test_everything_that_has_a_stage_is_read() -> None:
    for today in (date(2026, 12, 2), date(2026, 12, 18), date(2026, 12, 23)):
        until = latest_due(today, WORKDAYS)
        assert WORKDAYS.between(today, until) <= 10 < WORKDAYS.between(today, until + timedelta(days=1))


# What was put off, and what a digest told


def test_what_was_put_off_is_told_again_on_its_day_and_not_before() -> None:
    friday = date(2026, 12, 4)
    memory = Memory(told={(a_due().key, DUE_ON): 10}, snoozed={a_due().key: friday})

    stages = {day: due_stage(a_due(), date(2026, 12, day), memory) for day in (3, 4)}

    assert stages == {3: None, 4: 10}


def a_digest(on: date, **more: object) -> Memory:
    fields: dict[str, object] = {"on": on, "until": on + timedelta(days=30), **more}
    return Memory(digests=(Coverage.model_validate(fields),))


MONDAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("day", "memory", "stage"),
    [
        (date(2026, 12, 2), a_digest(date(2026, 12, 2)), None),
        (date(2026, 12, 3), a_digest(date(2026, 12, 2)), None),
        (date(2026, 12, 2), a_digest(MONDAY), 10),  # the stage came after it
        (date(2026, 12, 2), a_digest(date(2026, 12, 2), offices=("A51",)), 10),
        (date(2026, 12, 2), a_digest(date(2026, 12, 2), offices=("A50", "A51")), None),
        (date(2026, 12, 2), a_digest(date(2026, 12, 2), kinds=(Kind.MEASURE,)), 10),
        (date(2026, 12, 2), a_digest(date(2026, 12, 2), until=date(2026, 12, 9)), 10),
        (date(2026, 12, 11), a_digest(date(2026, 12, 10)), 3),
    ],
)
def test_what_a_digest_told_is_not_told_again(day: date, memory: Memory, stage: int | None) -> None:
    assert due_stage(a_due(), day, memory) == stage


def test_what_changed_since_a_digest_was_not_told_by_it() -> None:
    due = a_due(changed_on=date(2026, 12, 2))

    assert due_stage(due, date(2026, 12, 3), a_digest(date(2026, 12, 2))) == 10


def test_what_is_coordinations_alone_is_in_no_digest() -> None:
    due = a_due(What.ANSWER)

    assert due_stage(due, date(2026, 12, 2), a_digest(date(2026, 12, 2))) == 10


# Who hears

A50 = Recipient(chat=-50, offices=("A50",))
D05 = Recipient(chat=-5, offices=("D05",))
COORDINATION = Recipient(chat=-1, wish=Wish.COORDINATION)
KIM = Recipient(chat=1, role=Role.EDITOR, offices=("A50",), wish=Wish.REST)
DANA = Recipient(chat=2, role=Role.EDITOR, offices=("D05",), wish=Wish.REST)
CHRIS = Recipient(chat=3, role=Role.COORDINATOR, wish=Wish.REST)
ROBIN = Recipient(chat=4, role=Role.ADMIN, wish=Wish.REST)


def hearing(*recipients: Recipient, due: Due | None = None, left: int = 3) -> dict[int, str]:
    audience = Audience(recipients, OfficeTree(OFFICES))
    found = {one.chat: audience.why(one, due or a_due(), left) for one in recipients}
    return {chat: why.value for chat, why in found.items() if why}


def wants(who: Recipient, wish: Wish) -> Recipient:
    return who.model_copy(update={"wish": wish})


@pytest.mark.parametrize(
    ("recipients", "heard"),
    [
        ((A50, D05, KIM, DANA, CHRIS), {-50: "own"}),
        ((D05, KIM, CHRIS), {-5: "own"}),
        ((KIM, DANA, CHRIS), {1: "own"}),
        ((DANA, CHRIS), {2: "own"}),
        ((A50, wants(KIM, Wish.ALL), wants(DANA, Wish.ALL)), {-50: "own", 1: "own", 2: "own"}),
        ((wants(KIM, Wish.NONE), DANA), {2: "own"}),
        ((wants(A50, Wish.NONE), KIM), {1: "own"}),
        ((CHRIS, ROBIN), {3: "nobody"}),
        ((ROBIN,), {4: "nobody"}),
        ((COORDINATION, CHRIS, ROBIN), {-1: "nobody"}),
        ((COORDINATION, wants(CHRIS, Wish.ALL)), {-1: "nobody", 3: "nobody"}),
    ],
)
def test_the_nearest_chat_hears_before_people_and_they_before_coordination(
    recipients: tuple[Recipient, ...], heard: dict[int, str]
) -> None:
    assert hearing(*recipients) == heard


@pytest.mark.parametrize(
    ("left", "heard"),
    [
        (-4, {-50: "own"}),
        (-5, {-50: "own", -5: "escalated"}),
        (-9, {-50: "own", -5: "escalated"}),
        (-10, {-50: "own", -5: "escalated", 3: "coordination"}),
    ],
)
def test_what_stays_overdue_is_told_further_up(left: int, heard: dict[int, str]) -> None:
    assert hearing(A50, D05, KIM, CHRIS, left=left) == heard


@pytest.mark.parametrize("what", [What.ANSWER, What.UNROUTED, What.LATE_RESULT])
def test_what_is_coordinations_is_told_there(what: What) -> None:
    assert hearing(A50, CHRIS, due=a_due(what, places=())) == {3: "coordination"}


def test_an_office_that_gives_the_answer_hears_of_it_as_well() -> None:
    assert hearing(A50, CHRIS, due=a_due(What.ANSWER)) == {-50: "own", 3: "coordination"}


def test_what_a_chat_may_not_see_is_told_to_the_next_that_may() -> None:
    secret = a_due(label=Visibility.NONPUBLIC)
    cleared = D05.model_copy(update={"clearance": Clearance.CONTENT})

    assert hearing(A50, cleared, KIM, due=secret) == {-5: "own"}
    assert hearing(A50, D05, KIM, CHRIS, due=secret) == {}


def test_readers_are_not_reminded() -> None:
    reader = KIM.model_copy(update={"role": Role.READER, "wish": Wish.ALL})

    assert hearing(reader) == {}


# What stands where


def test_a_message_has_its_parts_in_order_and_the_earliest_first() -> None:
    def a_reminder(ref: str, left: int, what: What = What.CONTRIBUTION, why: Why = Why.OWN) -> Reminder:
        due = a_due(what, ref=ref, on=WORKDAYS.add(date(2026, 12, 1), left))
        return reminder(due, left=left, stage=left, why=why)

    bundle = bundled(
        date(2026, 12, 1),
        (
            a_reminder("Q9", 3, why=Why.NOBODY),
            a_reminder("Q1", 10),
            a_reminder("Q2", 3),
            a_reminder("Q3", 0),
            a_reminder("Q4", -1),
            a_reminder("Q5", -8, What.REVIEW),
            a_reminder("Q6", -3, What.UNROUTED),
            a_reminder("Q7", 8, What.LATE_RESULT),
            a_reminder("Q8", -6),
            a_reminder("Q0", 12),
        ),
    )

    assert [(one.part, one.due.line.ref) for one in bundle.reminders] == [
        (Part.OVERDUE, "Q8"),
        (Part.OVERDUE, "Q4"),
        (Part.TODAY, "Q3"),
        (Part.SOON, "Q2"),
        (Part.AHEAD, "Q1"),
        (Part.LATER, "Q0"),
        (Part.LATE, "Q7"),
        (Part.UNROUTED, "Q6"),
        (Part.REVIEW, "Q5"),
        (Part.NOBODY, "Q9"),
    ]


def test_a_message_is_as_secret_as_what_it_tells() -> None:
    secret = reminder(a_due(label=Visibility.NONPUBLIC), left=3, stage=3)

    assert Bundle(today=DUE_ON, reminders=(secret,)).label is Visibility.NONPUBLIC
    assert Bundle(today=DUE_ON).label is Visibility.PUBLIC
