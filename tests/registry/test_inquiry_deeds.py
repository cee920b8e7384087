"""What becomes of an inquiry when offices contribute and coordination answers."""

from datetime import date

import pytest

from registry.deeds import RecordDeed
from registry.deeds.inquiries import (
    DeliverContribution,
    HandBack,
    MergeContributions,
    NoteAnswered,
    Release,
    Route,
    SendBack,
    SetInquiryDue,
    Withdraw,
    WriteAnswer,
)
from registry.doing import Circumstances, NotPossible, Obstacle, completed, done, lacking
from registry.inquiries import Contribution, ContributionStatus, Inquiry, InquiryStatus
from registry.offices import OfficeTree
from tests.handlers.a_register import OFFICES

PENDING, DELIVERED, ACCEPTED, NOT_RESPONSIBLE = ContributionStatus
TODAY = date(2026, 11, 23)
AT = Circumstances(TODAY, OfficeTree(OFFICES), acting=("A11", "A50", "A51"))
DELIVER = DeliverContribution(ref="Q1", office="A50", text="Zwei Häuser.")


def an_inquiry(*parts: Contribution, **fields: object) -> Inquiry:
    usual: dict[str, object] = {"number": "Q1", "list": "l", "position": 1, "text": "Wie ist der Stand?"}
    status = InquiryStatus.OPEN if parts else InquiryStatus.UNROUTED
    return Inquiry.model_validate({**usual, "contributions": parts, "status": status, **fields})


def a_part(office: str, status: ContributionStatus = PENDING, text: str = "", **fields: str) -> Contribution:
    return Contribution.model_validate({"office": office, "status": status, "text": text, **fields})


def after(inquiry: Inquiry, *deeds: RecordDeed, at: Circumstances = AT) -> Inquiry:
    for deed in deeds:
        said = completed(deed, inquiry, at)
        assert lacking(said) is None
        done_so = done(said, inquiry, at)
        assert isinstance(done_so, Inquiry)
        inquiry = done_so
    return inquiry


def obstacle(inquiry: Inquiry, deed: RecordDeed, at: Circumstances = AT) -> NotPossible:
    with pytest.raises(NotPossible) as raised:
        done(completed(deed, inquiry, at), inquiry, at)
    return raised.value


def test_a_joint_question_waits_for_every_office() -> None:
    inquiry = after(an_inquiry(a_part("A50"), a_part("A51")), DELIVER)

    assert (inquiry.status, inquiry.version) == (InquiryStatus.OPEN, 2)
    assert obstacle(inquiry, Release(ref="Q1")).words == "A51"
    whole = after(inquiry, DeliverContribution(ref="Q1", office="A51", text="Keins."))
    assert whole.status is InquiryStatus.IN_REVIEW


def test_what_is_released_without_a_written_answer_is_what_the_offices_delivered() -> None:
    inquiry = an_inquiry(a_part("A50", DELIVERED, "Zwei."), a_part("A51", DELIVERED, "Keins."))

    released = after(inquiry, Release(ref="Q1"))

    assert released.answer == "Amt für Soziales:\nZwei.\n\nJugendamt:\nKeins."
    assert [part.status for part in released.contributions] == [ACCEPTED, ACCEPTED]
    assert released.status is InquiryStatus.RELEASED


def test_a_contribution_of_one_office_alone_is_the_answer_as_it_is() -> None:
    assert after(an_inquiry(a_part("A50", DELIVERED, "Zwei.")), MergeContributions(ref="Q1")).answer == "Zwei."


def test_contributions_beside_a_written_answer_are_added_or_left_out_never_overlooked() -> None:
    inquiry = an_inquiry(a_part("A50", DELIVERED, "Zwei."), answer="Danke.", status=InquiryStatus.IN_REVIEW)

    stopped = obstacle(inquiry, Release(ref="Q1"))

    assert stopped.obstacle is Obstacle.NOT_IN_ANSWER
    merge, as_it_is = stopped.instead
    assert after(inquiry, merge).answer == "Danke.\n\nZwei."
    assert after(inquiry, as_it_is).answer == "Danke."
    assert after(inquiry, as_it_is).contributions[0].status is ACCEPTED


def test_what_is_sent_back_leaves_the_answer_and_is_awaited_again() -> None:
    parts = (a_part("A50", DELIVERED, "Zwei."), a_part("A51", DELIVERED, "Keins."))
    released = after(an_inquiry(*parts), Release(ref="Q1"))

    back = after(released, SendBack(ref="Q1", office="A50", remark="Zahlen?"))

    assert back.status is InquiryStatus.OPEN
    assert back.answer == "Jugendamt:\nKeins."
    assert back.contributions[0] == a_part("A50", PENDING, "Zwei.", remark="Zahlen?")
    anew = after(back, DELIVER, MergeContributions(ref="Q1"))
    assert anew.answer == "Jugendamt:\nKeins.\n\nAmt für Soziales:\nZwei Häuser."
    assert anew.contributions[0].remark == ""


def test_an_answer_that_was_edited_is_not_cut_when_a_contribution_goes_back() -> None:
    merged = after(an_inquiry(a_part("A50", DELIVERED, "Zwei.")), MergeContributions(ref="Q1"))

    edited = after(merged, WriteAnswer(ref="Q1", text="Zwei. Danke."), SendBack(ref="Q1", office="A50", remark="?"))

    assert edited.answer == "Zwei. Danke."


def test_what_an_office_hands_back_waits_for_coordination() -> None:
    inquiry = an_inquiry(a_part("A50"), a_part("A51", DELIVERED, "Keins."))
    hand_back = HandBack(ref="Q1", office="A50", reason="Nicht wir", better="Personalamt")

    handed = after(inquiry, hand_back)

    assert handed.status is InquiryStatus.OPEN
    assert handed.contributions[0] == a_part("A50", NOT_RESPONSIBLE, reason="Nicht wir", better_office="A11")
    assert obstacle(handed, Release(ref="Q1")).obstacle is Obstacle.WAITS_FOR_OFFICES
    rerouted = after(handed, Route(ref="Q1", words="D01/ A11// D05/ A51"))
    assert [(part.office, part.status) for part in rerouted.contributions] == [("A11", PENDING), ("A51", DELIVERED)]
    dropped = after(handed, Route(ref="Q1", words="A51"))
    assert (len(dropped.contributions), dropped.status) == (1, InquiryStatus.IN_REVIEW)


def test_an_inquiry_that_nobody_is_responsible_for_has_no_office() -> None:
    handed = after(an_inquiry(a_part("A50")), HandBack(ref="Q1", office="A50", reason="Nicht wir"))

    assert handed.status is InquiryStatus.UNROUTED
    assert after(handed, Route(ref="Q1", words="A50")).contributions == (a_part("A50"),)


def test_what_was_delivered_stays_when_the_inquiry_is_routed_anew() -> None:
    inquiry = after(an_inquiry(a_part("A50", DELIVERED, "Zwei.")), Route(ref="Q1", words="D05/ A51"))

    assert inquiry.contributions == (a_part("A51"), a_part("A50", DELIVERED, "Zwei."))
    assert inquiry.status is InquiryStatus.OPEN


def test_an_office_nobody_knows_is_offered_never_guessed() -> None:
    stopped = obstacle(an_inquiry(), Route(ref="Q1", words="D05/ Jugentamt"))

    assert (stopped.obstacle, stopped.words) == (Obstacle.UNKNOWN_OFFICE, "Jugentamt")
    near, *_, again = stopped.instead
    assert (near, again) == (Route(ref="Q1", words="D05/ A51"), Route(ref="Q1"))
    assert obstacle(an_inquiry(), Route(ref="Q1", words="//")).obstacle is Obstacle.NO_OFFICE_NAMED
    assert (
        obstacle(an_inquiry(a_part("A50")), HandBack(ref="Q1", office="A50", reason="x", better="A50")).words == "A50"
    )


def test_the_office_meant_is_asked_for_only_where_there_are_several() -> None:
    inquiry = an_inquiry(a_part("A50", DELIVERED, "Zwei."), a_part("A51"))
    one = Circumstances(TODAY, AT.offices, acting=("A51",))

    unsaid = DeliverContribution(ref="Q1", text="x")

    assert completed(unsaid, inquiry, one) == DeliverContribution(ref="Q1", office="A51", text="x")
    several = completed(unsaid, inquiry, AT)
    assert (several, lacking(several)) == (unsaid.model_copy(update={"among": ("A51", "A50")}), "office")
    nobody = Circumstances(TODAY, AT.offices, acting=("A11",))
    assert obstacle(inquiry, unsaid, nobody).obstacle is Obstacle.NO_CONTRIBUTION
    assert completed(SendBack(ref="Q1"), inquiry, AT) == SendBack(ref="Q1", office="A50")


@pytest.mark.parametrize(
    ("words", "on", "of_answer"),
    [
        ("31.12.", date(2026, 12, 31), False),
        ("Antwort nächsten Freitag", date(2026, 11, 27), True),
        ("offices in 10 working days", date(2026, 12, 7), False),
        ("answer 2026-12-31", date(2026, 12, 31), True),
    ],
)
def test_a_date_is_that_of_the_contributions_unless_the_answer_is_named(words: str, on: date, of_answer: bool) -> None:
    said = completed(SetInquiryDue(ref="Q1", words=words), an_inquiry(), AT)

    assert said == SetInquiryDue(ref="Q1", words=words, on=on, of_answer=of_answer)
    changed = after(an_inquiry(), said)
    assert (changed.due_on, changed.offices_due_on) == ((on, None) if of_answer else (None, on))


def test_a_date_that_is_over_or_not_understood_is_said_again() -> None:
    assert obstacle(an_inquiry(), SetInquiryDue(ref="Q1", words="gestern")).obstacle is Obstacle.DATE_PAST
    stopped = obstacle(an_inquiry(), SetInquiryDue(ref="Q1", words="Antwort bald"))
    assert (stopped.obstacle, stopped.words) == (Obstacle.UNKNOWN_DATE, "bald")
    assert stopped.instead == (SetInquiryDue(ref="Q1", of_answer=True),)


def test_an_answer_goes_out_once_it_is_released_and_on_a_day_that_has_come() -> None:
    released = an_inquiry(answer="Zwei.", status=InquiryStatus.RELEASED)

    assert after(released, NoteAnswered(ref="Q1")).answered_on == TODAY
    sent = after(released, NoteAnswered(ref="Q1", words="20.11."))
    assert (sent.status, sent.answered_on) == (InquiryStatus.ANSWERED, date(2026, 11, 20))
    assert after(sent, NoteAnswered(ref="Q1", words="19.11.2026")).answered_on == date(2026, 11, 19)
    assert obstacle(released, NoteAnswered(ref="Q1", words="24.11.2026")).obstacle is Obstacle.DATE_TO_COME
    assert obstacle(an_inquiry(), NoteAnswered(ref="Q1")).obstacle is Obstacle.NOT_RELEASED


def test_a_changed_answer_is_released_anew() -> None:
    released = an_inquiry(answer="Zwei.", status=InquiryStatus.RELEASED)

    assert after(released, WriteAnswer(ref="Q1", text="Drei.")).status is InquiryStatus.IN_REVIEW
    assert obstacle(released, Release(ref="Q1")).obstacle is Obstacle.NOTHING_CHANGES


def test_nothing_is_delivered_to_a_released_answer() -> None:
    released = an_inquiry(a_part("A50", ACCEPTED, "Zwei."), answer="Zwei.", status=InquiryStatus.RELEASED)

    assert obstacle(released, DELIVER).obstacle is Obstacle.IS_RELEASED
    hand_back = HandBack(ref="Q1", office="A50", reason="x")
    assert obstacle(released, hand_back).obstacle is Obstacle.IS_RELEASED


def test_a_withdrawn_inquiry_takes_nothing_but_a_new_routing() -> None:
    withdrawn = after(an_inquiry(a_part("A50")), Withdraw(ref="Q1", reason="Erledigt"))

    assert withdrawn.status is InquiryStatus.WITHDRAWN
    assert obstacle(withdrawn, DELIVER).obstacle is Obstacle.IS_SETTLED
    assert after(withdrawn, Route(ref="Q1", words="A50")).status is InquiryStatus.OPEN


def test_texts_are_refused_never_cut() -> None:
    too_long = DeliverContribution(ref="Q1", office="A50", text="x" * 4001)

    assert obstacle(an_inquiry(a_part("A50")), too_long).obstacle is Obstacle.TEXT_TOO_LONG
