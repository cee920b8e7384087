"""What opening and closing do to rounds, how far offices are, and what became of measures in between."""

from datetime import date

import pytest

from registry.deeds import CloseRound, OpenRound, ReopenRound, RoundDeed
from registry.doing import NotPossible, Obstacle
from registry.doing.rounds import done, lacking, lacks_due_date, opposite
from registry.measures import Status
from registry.rounds import (
    Comparison,
    EvaluationRound,
    OfficeProgress,
    Pair,
    Reported,
    Reporting,
    RoundState,
    compare,
    in_turn,
    progress,
    still_owed,
)

TODAY = date(2026, 7, 1)
CONCEPT = "Integrationskonzept"
LAST = EvaluationRound(concept=CONCEPT, as_of=date(2025, 6, 30), state=RoundState.CLOSED)
OPENING = OpenRound(concept=CONCEPT, as_of=date(2026, 6, 30), due_on=date(2026, 8, 14))
OPEN = EvaluationRound(concept=CONCEPT, as_of=date(2026, 6, 30), due_on=date(2026, 8, 14), state=RoundState.OPEN)
CLOSED = OPEN.model_copy(update={"state": RoundState.CLOSED})


def test_a_round_is_opened_closed_and_opened_again() -> None:
    opened = done(OPENING, [LAST], TODAY)
    closed = done(CloseRound(concept=CONCEPT, as_of=OPEN.as_of), [LAST, opened], TODAY)
    reopened = done(ReopenRound(concept=CONCEPT, as_of=OPEN.as_of, reason="Zahlen"), [LAST, closed], TODAY)

    assert (opened, closed, reopened) == (OPEN, CLOSED, OPEN)


@pytest.mark.parametrize(
    ("deed", "rounds", "obstacle"),
    [
        (OPENING, [OPEN], Obstacle.ROUND_IS_OPEN),
        (OPENING, [CLOSED], Obstacle.ROUND_NOT_LATER),
        (OPENING.model_copy(update={"due_on": date(2026, 6, 29)}), [], Obstacle.DUE_TOO_EARLY),
        (OPENING.model_copy(update={"due_on": date(2026, 6, 30)}), [], Obstacle.DUE_TOO_EARLY),
        (OPENING.model_copy(update={"as_of": date(2026, 12, 31)}), [], Obstacle.DUE_TOO_EARLY),
        (CloseRound(concept=CONCEPT, as_of=OPEN.as_of), [], Obstacle.NOT_THE_LATEST_ROUND),
        (CloseRound(concept=CONCEPT, as_of=OPEN.as_of), [CLOSED], Obstacle.NOTHING_CHANGES),
        (ReopenRound(concept=CONCEPT, as_of=LAST.as_of, reason="x"), [LAST, CLOSED], Obstacle.NOT_THE_LATEST_ROUND),
        (ReopenRound(concept=CONCEPT, as_of=OPEN.as_of, reason="x"), [OPEN], Obstacle.NOTHING_CHANGES),
        (ReopenRound(concept=CONCEPT, as_of=OPEN.as_of, reason="x" * 4001), [CLOSED], Obstacle.TEXT_TOO_LONG),
    ],
)
def test_what_stands_against_it_is_said(deed: RoundDeed, rounds: list[EvaluationRound], obstacle: Obstacle) -> None:
    with pytest.raises(NotPossible) as raised:
        done(deed, rounds, TODAY)

    assert raised.value.obstacle is obstacle


def test_a_round_that_is_opened_again_gets_a_due_date_that_is_still_to_come() -> None:
    late = date(2026, 9, 1)
    again = ReopenRound(concept=CONCEPT, as_of=OPEN.as_of, reason="x")
    until = again.model_copy(update={"due_on": date(2026, 9, 30)})

    assert [lacks_due_date(again, [CLOSED], day) for day in (TODAY, date(2026, 8, 14), late)] == [None, None, "due_on"]
    assert lacks_due_date(until, [CLOSED], late) is None
    assert done(until, [CLOSED], late) == OPEN.model_copy(update={"due_on": date(2026, 9, 30)})
    with pytest.raises(NotPossible) as raised:
        done(until, [CLOSED], date(2026, 10, 1))
    assert raised.value.obstacle is Obstacle.DUE_TOO_EARLY


def test_closing_that_is_taken_back_keeps_the_due_date_though_it_has_passed() -> None:
    closing = CloseRound(concept=CONCEPT, as_of=OPEN.as_of)

    back = opposite(closing, [OPEN], is_gone=False, reason="x")

    assert lacks_due_date(back, [CLOSED], date(2026, 9, 1)) is None
    assert done(back, [CLOSED], date(2026, 9, 1)) == OPEN


def test_what_is_missing_is_asked_for_in_order() -> None:
    assert lacking(OpenRound()) == "concept"
    assert lacking(OpenRound(concept=CONCEPT)) == "as_of"
    assert lacking(OpenRound(concept=CONCEPT, as_of=OPEN.as_of)) == "due_on"
    assert lacking(OPENING) is None
    assert lacking(CloseRound(concept=CONCEPT, as_of=OPEN.as_of)) is None
    assert lacking(ReopenRound(concept=CONCEPT, as_of=OPEN.as_of)) == "reason"


ASKED = (
    Reporting(number="1.10.M1", lead_offices=("A50",)),
    Reporting(number="1.2.M1", lead_offices=("A50", "A51"), is_reported=True),
    Reporting(number="1.2.M3", lead_offices=("A50", "A11")),
    Reporting(number="2.1.M1"),
)


def test_progress_counts_a_measure_for_each_office_that_leads_it() -> None:
    assert progress(ASKED) == (
        OfficeProgress("A50", 1, 3),
        OfficeProgress("", 0, 1),
        OfficeProgress("A11", 0, 1),
        OfficeProgress("A51", 1, 1),
    )


def test_what_offices_owe_comes_in_the_order_of_numbers() -> None:
    assert still_owed(ASKED, ("A50",)) == ("1.2.M3", "1.10.M1")
    assert still_owed(ASKED, ("A51",)) == ()
    assert still_owed(ASKED, ()) == ()
    assert still_owed(ASKED, None) == ("1.2.M3", "1.10.M1", "2.1.M1")


def test_who_skips_a_measure_comes_back_to_it_last() -> None:
    assert in_turn(("1.2.M3", "1.10.M1", "2.1.M1"), after="1.10.M1") == ("2.1.M1", "1.2.M3", "1.10.M1")
    assert in_turn(("1.2.M3", "1.10.M1"), after=None) == ("1.2.M3", "1.10.M1")


def _said(number: str, status: Status = Status.PARTLY, state: str = "", text: str = "") -> Reported:
    return Reported(number=number, status=status, current_state=state, text=text or f"Text von {number}")


def test_two_rounds_are_compared_measure_by_measure() -> None:
    moved = Pair(_said("1.1.M1"), _said("1.1.M1", Status.FULLY))
    copied = Pair(_said("1.1.M2", state="Wie zuvor,  alles läuft."), _said("1.1.M2", state="wie zuvor: alles läuft"))
    moved_with_copy = Pair(_said("1.1.M3", state="Gleich"), _said("1.1.M3", Status.DISCARDED, "Gleich"))
    renumbered = Pair(
        _said("1.2.M1", text="Eine Stelle wird geschaffen."), _said("1.2.M4", text="Eine Stelle wird geschaffen")
    )
    gone, new, silent = _said("1.3.M1"), _said("1.10.M1"), _said("1.4.M1")
    both = (moved, copied, moved_with_copy, renumbered)

    compared = compare(
        [silent, gone, *(pair.earlier for pair in both)],
        [new, *(pair.later for pair in both)],
        awaited=["1.4.M1", "1.10.M1"],
    )

    assert compared == Comparison(
        moved=(moved, moved_with_copy),
        stayed=(copied,),
        copied=(copied, moved_with_copy),
        new=(new,),
        renumbered=(renumbered,),
        silent=(silent,),
        gone=(gone,),
    )


def test_measures_without_words_are_neither_copied_nor_renumbered() -> None:
    earlier = [Reported(number="1.1.M1", status=Status.PARTLY), Reported(number="1.1.M2", status=Status.PARTLY)]
    later = [Reported(number="1.1.M1", status=Status.PARTLY), Reported(number="1.1.M3", status=Status.PARTLY)]

    assert compare(earlier, later) == Comparison(
        stayed=(Pair(earlier[0], later[0]),), new=(later[1],), gone=(earlier[1],)
    )
