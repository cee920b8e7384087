"""What becomes of council papers and programmes."""

from datetime import date

import pytest

from registry.deeds.papers import (
    AddMandate,
    AddMilestone,
    AddStep,
    Decide,
    MilestoneKind,
    NoteResult,
    PaperDeed,
    SetMandateDue,
)
from registry.doing import Circumstances, NotPossible, Obstacle, completed, done, lacking
from registry.measures import Measure
from registry.offices import Office, OfficeKind, OfficeTree
from registry.papers import Consultation, ConsultationRole, Mandate, Milestone, Paper
from registry.programmes import Programme

TODAY = date(2026, 11, 23)
TREE = OfficeTree((Office(code="A50", name_de="Amt für Soziales", kind=OfficeKind.OFFICE, aliases=("Sozialamt",)),))
AT = Circumstances(TODAY, TREE)
COUNCIL = Consultation(body="Stadtrat", on=date(2026, 12, 9), public=True, role=ConsultationRole.DECISION)
ASKED = Mandate(number=1, text="Die Bewerbung ist zu prüfen.", due_on=date(2026, 12, 31))
PAPER = Paper(number="0112/23", consultations=(COUNCIL,), mandates=(ASKED,), version=4)
PROGRAMME = Programme(name="BeSta", milestones=(Milestone(title="Beirat", rhythm="zweimal im Jahr"),))


def of(deed: PaperDeed, subject: Paper | Programme = PAPER) -> Paper | Programme:
    after = done(completed(deed, subject, AT), subject, AT)
    assert isinstance(after, Paper | Programme)
    return after


@pytest.mark.parametrize(
    ("words", "body", "on"),
    [
        ("Sozialausschuss 02.12.2026", "Sozialausschuss", date(2026, 12, 2)),
        ("02.12. Ausschuss für Soziales", "Ausschuss für Soziales", date(2026, 12, 2)),
        ("Beirat, in 10 Arbeitstagen", "Beirat", date(2026, 12, 7)),
        ("next friday: Youth committee", "Youth committee", date(2026, 11, 27)),
    ],
)
def test_a_step_is_a_body_and_a_day_in_either_order(words: str, body: str, on: date) -> None:
    deed = AddStep(ref="0112/23", words=words, role=ConsultationRole.PRELIMINARY, public=True)

    after = of(deed)

    step = Consultation(body=body, on=on, public=True, role=ConsultationRole.PRELIMINARY)
    assert after == PAPER.model_copy(update={"consultations": (step, COUNCIL), "version": 5})


def test_the_same_body_on_the_same_day_is_the_same_step() -> None:
    deed = AddStep(ref="0112/23", words="Stadtrat 09.12.2026", role=ConsultationRole.DECISION, public=False)

    assert of(deed).model_dump()["consultations"] == (COUNCIL.model_copy(update={"public": False}).model_dump(),)


@pytest.mark.parametrize("words", ["Sozialausschuss", "bald Sozialausschuss", "02.12.2026"])
def test_words_without_a_day_or_without_a_body_are_refused_at_once(words: str) -> None:
    with pytest.raises(NotPossible) as refused:
        completed(AddStep(ref="0112/23", words=words), PAPER, AT)

    assert refused.value.obstacle is Obstacle.NO_DAY_AND_WORDS


def test_what_is_missing_is_asked_for_words_first() -> None:
    step = AddStep(ref="0112/23")
    with_words = step.model_copy(update={"words": "Rat 02.12."})
    with_role = with_words.model_copy(update={"role": ConsultationRole.HEARING})
    deeds = (
        *(step, with_words, with_role, with_role.model_copy(update={"public": True})),
        *(AddMandate(ref="0112/23"), AddMilestone(ref="0112/23"), AddMilestone(ref="0112/23", words="02.12. Schluss")),
        *(SetMandateDue(ref="0112/23"), SetMandateDue(ref="0112/23", number=1), NoteResult(ref="0112/23", number=1)),
        Decide(ref="BeSta"),
    )

    assert [lacking(deed) for deed in deeds] == [
        *("words", "role", "public", None),
        *("text", "words", "kind"),
        *("number", "words", "text"),
        "text",
    ]


def test_a_new_mandate_takes_the_next_number_and_its_words_are_understood() -> None:
    after = of(AddMandate(ref="0112/23", text="Kosten ermitteln", responsible="Sozialamt", due="31.01."))

    new = Mandate(number=2, text="Kosten ermitteln", responsible="A50", due_text="31.01.", due_on=date(2027, 1, 31))
    assert after == PAPER.model_copy(update={"mandates": (ASKED, new), "version": 5})


@pytest.mark.parametrize(
    ("deed", "obstacle"),
    [
        (AddMandate(ref="0112/23", text="x", responsible="Amt 99"), Obstacle.UNKNOWN_OFFICE),
        (AddMandate(ref="0112/23", text="x", due="irgendwann"), Obstacle.UNKNOWN_DATE),
        (AddMandate(ref="0112/23", text="x" * 4001), Obstacle.TEXT_TOO_LONG),
        (SetMandateDue(ref="0112/23", number=1, words="irgendwann"), Obstacle.UNKNOWN_DATE),
        (SetMandateDue(ref="0112/23", number=7, words="31.01."), Obstacle.NO_SUCH_MANDATE),
        (NoteResult(ref="0112/23", number=1, text="x", day="irgendwann"), Obstacle.UNKNOWN_DATE),
        (Decide(ref="0112/23", text="x"), Obstacle.WRONG_KIND),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(deed: PaperDeed, obstacle: Obstacle) -> None:
    with pytest.raises(NotPossible) as refused:
        of(deed)

    assert refused.value.obstacle is obstacle


def test_the_only_mandate_needs_no_number_and_of_several_one_is_chosen() -> None:
    two = PAPER.model_copy(update={"mandates": (ASKED, Mandate(number=2, text="Kosten"))})

    assert completed(SetMandateDue(ref="0112/23"), PAPER, AT) == SetMandateDue(ref="0112/23", number=1)
    assert completed(NoteResult(ref="0112/23"), two, AT) == NoteResult(ref="0112/23", among=(1, 2))


def test_a_result_is_of_today_unless_a_day_is_said() -> None:
    told = [
        of(NoteResult(ref="0112/23", text=" Die Stadt kann sich bewerben. ", day=day)).model_dump()["mandates"][0]
        for day in ("", "20.11.2026")
    ]

    assert [(one["result"], one["result_on"]) for one in told] == [
        ("Die Stadt kann sich bewerben.", TODAY),
        ("Die Stadt kann sich bewerben.", date(2026, 11, 20)),
    ]


def test_dates_of_papers_and_programmes_stand_in_their_order_and_once() -> None:
    deed = AddMilestone(ref="BeSta", words="05.01.2027 Auftakt", kind=MilestoneKind.EVENT)
    deadline = AddMilestone(ref="0112/23", words="04.12.2026 Schluss", kind=MilestoneKind.EXTERNAL)

    opening = Milestone(title="Auftakt", on=date(2027, 1, 5))
    assert of(deed, PROGRAMME).milestones == (opening, *PROGRAMME.milestones)
    assert of(deadline).milestones == (
        Milestone(title="Schluss", on=date(2026, 12, 4), is_deadline=True, external=True),
    )
    with pytest.raises(NotPossible):
        of(deed, PROGRAMME.model_copy(update={"milestones": (opening,)}))


@pytest.mark.parametrize(
    "deed",
    [
        AddStep(ref="0112/23", words="Stadtrat 09.12.2026", role=ConsultationRole.DECISION, public=True),
        AddMandate(ref="0112/23", text="Die Bewerbung ist zu prüfen.", due="31.12."),
        AddMilestone(ref="0112/23", words="04.12.2026 Schluss", kind=MilestoneKind.DEADLINE),
        SetMandateDue(ref="0112/23", number=1, words="31.12.2026"),
        SetMandateDue(ref="0112/23", number=1, words="31. Dezember"),
        NoteResult(ref="0112/23", number=1, text=" Die Stadt kann sich bewerben. "),
        NoteResult(ref="0112/23", number=1, text="Die Stadt kann sich bewerben.", day="20.11.2026"),
    ],
)
def test_what_the_paper_says_already_changes_nothing(deed: PaperDeed) -> None:
    result = {"result": "Die Stadt kann sich bewerben.", "result_on": date(2026, 11, 20)}
    noted = result if isinstance(deed, NoteResult) else {}
    answered = ASKED.model_copy(update={"due_text": "bis Jahresende", **noted})
    closing = Milestone(title="Schluss", on=date(2026, 12, 4), is_deadline=True)

    with pytest.raises(NotPossible) as refused:
        of(deed, PAPER.model_copy(update={"mandates": (answered,), "milestones": (closing,)}))

    assert refused.value.obstacle is Obstacle.NOTHING_CHANGES


def test_the_same_result_of_another_day_is_another_result() -> None:
    answered = ASKED.model_copy(update={"result": "Ja", "result_on": date(2026, 11, 20)})
    deed = NoteResult(ref="0112/23", number=1, text="Ja", day="19.11.2026")

    after = of(deed, PAPER.model_copy(update={"mandates": (answered,)}))

    assert after.model_dump()["mandates"] == (
        answered.model_copy(update={"result_on": date(2026, 11, 19)}).model_dump(),
    )


def test_a_decision_that_stands_already_changes_nothing() -> None:
    decided = PROGRAMME.model_copy(update={"decision": "Die Stadt nimmt teil"})

    with pytest.raises(NotPossible) as refused:
        of(Decide(ref="BeSta", text="Die Stadt nimmt teil "), decided)

    assert refused.value.obstacle is Obstacle.NOTHING_CHANGES


def test_a_decision_is_noted_on_a_programme_alone() -> None:
    after = of(Decide(ref="BeSta", text="Die Stadt nimmt teil"), PROGRAMME)

    assert after == PROGRAMME.model_copy(update={"decision": "Die Stadt nimmt teil", "version": 2})
    with pytest.raises(NotPossible):
        of(AddStep(ref="BeSta", words="Rat 02.12.", role=ConsultationRole.DECISION, public=True), PROGRAMME)


def test_nothing_of_it_is_done_to_a_measure() -> None:
    with pytest.raises(NotPossible) as refused:
        completed(Decide(ref="1.1.M1", text="x"), Measure(number="1.1.M1", concept="Plan"), AT)

    assert refused.value.obstacle is Obstacle.WRONG_KIND
