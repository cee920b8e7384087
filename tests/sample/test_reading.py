"""The real readers read the sample, and find in it what the real documents hold."""

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from documents import read
from registry.deadlines import DeadlineKind
from registry.inquiries import InquiryKind, InquiryStatus
from registry.measures import Status, is_open
from registry.offices import OfficeTree
from registry.papers import ConsultationRole, effective_visibility
from registry.reading import NOTES, FindingKind, Form, Reading
from registry.visibility import Visibility

BOT = Path(__file__).parents[2] / "bot"
SAMPLE = BOT / "playground" / "sample"


def read_sample(path: Path) -> Reading:
    offices = read((BOT / "cities" / "erfurt.toml").read_text("utf-8"), source="erfurt.toml", offices=OfficeTree(()))
    return read(path.read_text("utf-8"), source=path.name, offices=OfficeTree(offices.offices))


@pytest.fixture(scope="module")
def evaluation() -> Reading:
    return read_sample(SAMPLE / "public" / "evaluation-integration.txt")


def test_every_file_is_recognised_by_its_content() -> None:
    forms = {path.name: read_sample(path).form for path in sorted(SAMPLE.rglob("*.t*t"))}

    assert forms == {
        "paper-0731-26.txt": Form.COUNCIL_PAPER,
        "questions-housing.txt": Form.QUESTION_LIST,
        "evaluation-integration.txt": Form.EVALUATION,
        "paper-0112-23.txt": Form.COUNCIL_PAPER,
        "paper-0615-26.txt": Form.COUNCIL_PAPER,
        "programme-eccar.txt": Form.PROGRAMME,
        "programme-komma.txt": Form.PROGRAMME,
        "result-0112-23.txt": Form.RESULT,
    }


def test_the_evaluation_holds_the_measures_of_the_real_one(evaluation: Reading) -> None:
    told = [measure for measure in evaluation.measures if not measure.is_stub]

    statuses = Counter(measure.status for measure in told)

    assert statuses == {Status.FULLY: 11, Status.PARTLY: 16, Status.DISCARDED: 1, Status.UNCLEAR: 1}
    assert {measure.as_of for measure in told} == {date(2025, 6, 30)}
    assert [measure.number for measure in told if measure.is_new] == ["2.4.M4"]
    assert [measure.number for measure in told if measure.status is Status.UNCLEAR] == ["9.1.M3"]
    assert {m.number: m.deadline.due_on for m in told if m.deadline.kind is DeadlineKind.DATED} == {
        "1.2.M1": date(2025, 3, 31),
        "1.5.M5": date(2025, 12, 31),
        "8.9.M1": date(2022, 12, 31),
    }


def test_the_evaluation_holds_the_inquiries_of_the_real_one(evaluation: Reading) -> None:
    kinds = Counter(inquiry.kind for inquiry in evaluation.inquiries)
    unrouted = [inquiry.position for inquiry in evaluation.inquiries if inquiry.status is InquiryStatus.UNROUTED]

    assert kinds == {InquiryKind.QUESTION: 54, InquiryKind.REMARK: 1}
    assert unrouted == [40]


def test_office_a50_has_twelve_inquiries_and_one_open_measure_of_its_own(evaluation: Reading) -> None:
    inquiries = [i.position for i in evaluation.inquiries if i.routing and "A50" in i.routing.offices]
    measures = [m.number for m in evaluation.measures if is_open(m) and "A50" in (*m.lead_offices, *m.participating)]

    assert inquiries == [4, 24, 25, 26, 29, 43, 44, 45, 46, 47, 48, 49]
    assert measures == ["8.10.M1"]


def test_the_evaluation_doubts_what_the_real_one_doubts(evaluation: Reading) -> None:
    doubts = {(finding.kind, finding.ref) for finding in evaluation.findings if finding.kind not in NOTES}

    assert doubts >= {
        (FindingKind.CONTRADICTING_BOXES, "9.1.M3"),
        (FindingKind.NO_LEAD_OFFICE, "4.4.M1"),
        (FindingKind.NO_LEAD_OFFICE, "4.4.M2"),
        (FindingKind.NO_LEAD_OFFICE, "4.4.M3"),
        (FindingKind.REFERRED_ONLY, "14.1.M1"),
    }
    assert FindingKind.UNKNOWN_OFFICE not in {kind for kind, _ in doubts}


def test_questions_that_doubt_a_status_are_linked_to_the_measures(evaluation: Reading) -> None:
    doubting = {inquiry.position: inquiry.doubts for inquiry in evaluation.inquiries if inquiry.doubts}

    assert doubting == {
        15: ("1.3.M1", "1.3.M2"),
        16: ("1.4.M1",),
        22: ("1.5.M2",),
        23: ("1.5.M3",),
        47: ("8.9.M1",),
    }


def test_outside_bodies_of_a_measure_stand_apart_from_its_offices(evaluation: Reading) -> None:
    (measure,) = (measure for measure in evaluation.measures if measure.number == "9.1.M3")

    assert (measure.lead_offices, measure.participating) == ((), ("A53",))
    assert measure.external == ("AG Gesundheit", "Landesärztekammer", "KVT")


def test_the_council_paper_has_its_steps_its_mandate_and_the_outside_deadline() -> None:
    (paper,) = (p for p in read_sample(SAMPLE / "public" / "paper-0112-23.txt").papers if not p.is_stub)

    steps = [(step.body, step.on, step.public, step.role) for step in paper.consultations]

    assert (paper.number, len(paper.mandates)) == ("0112/23", 1)
    assert steps == [
        (
            "Ausschuss für öffentliche Ordnung, Sicherheit, Ortsteile und Ehrenamt",
            date(2023, 1, 12),
            False,
            ConsultationRole.PRELIMINARY,
        ),
        ("Stadtrat", date(2023, 1, 25), True, ConsultationRole.DECISION),
    ]
    assert [m.on for m in paper.milestones if m.is_deadline and m.external] == [date(2023, 2, 28)]
    assert {date(2023, 1, 31), date(2023, 2, 16)} <= {milestone.on for milestone in paper.milestones}


def test_the_result_answers_the_paper_and_came_late() -> None:
    reading = read_sample(SAMPLE / "public" / "result-0112-23.txt")
    (result,) = (paper for paper in reading.papers if not paper.is_stub)

    assert (result.number, result.answers, result.signed_on) == ("0112/23-E1", "0112/23", date(2023, 3, 20))
    assert [step.on for step in result.consultations] == [date(2023, 3, 20), date(2023, 5, 4)]
    assert result.conclusion.startswith("Von einer Bewerbung wird abgeraten")


def test_the_programmes_have_their_frame_data() -> None:
    (komma,) = read_sample(SAMPLE / "public" / "programme-komma.txt").programmes
    (eccar,) = read_sample(SAMPLE / "public" / "programme-eccar.txt").programmes

    assert [module.number for module in komma.modules] == ["1", "2", "3", "1a", "2a", "3a"]
    assert (komma.name, komma.ends_on, komma.towns) == ("KommA", date(2025, 8, 31), 10)
    assert (eccar.towns, eccar.duration, len(eccar.parts)) == (10, "vier Jahre", 3)


def test_the_paper_that_everybody_may_see_has_its_mandates_and_an_outside_deadline_before_its_decision() -> None:
    reading = read_sample(SAMPLE / "public" / "paper-0615-26.txt")
    (paper,) = reading.papers

    mandates = [(mandate.responsible, mandate.due_on, mandate.report_to) for mandate in paper.mandates]
    doubts = [(finding.kind, finding.ref) for finding in reading.findings if finding.kind not in NOTES]

    assert effective_visibility(paper.model_copy(update={"visibility": Visibility.PUBLIC})) is Visibility.PUBLIC
    assert mandates == [("A11", date(2027, 3, 31), "zuständiger Ausschuss"), ("A40", None, "")]
    assert doubts == [(FindingKind.OVERTAKEN_DEADLINE, "0615/26")]


def test_the_nonpublic_sample_stays_so_by_its_own_steps() -> None:
    (paper,) = (p for p in read_sample(SAMPLE / "nonpublic" / "paper-0731-26.txt").papers if not p.is_stub)
    said_public = paper.model_copy(update={"visibility": Visibility.PUBLIC})

    assert [mandate.number for mandate in paper.mandates] == [1, 2]
    assert [step.public for step in paper.consultations] == [False, False]
    assert effective_visibility(said_public) is Visibility.NONPUBLIC


def test_the_nonpublic_questions_reach_offices() -> None:
    reading = read_sample(SAMPLE / "nonpublic" / "questions-housing.txt")

    routed = [inquiry.routing.offices if inquiry.routing else () for inquiry in reading.inquiries]

    assert routed == [("A32", "A50"), ("A50",), ("A11", "A32")]


def test_every_record_of_the_public_sample_has_a_short_title_in_both_languages(evaluation: Reading) -> None:
    titles = tomllib.loads((SAMPLE / "titles.toml").read_text("utf-8"))["titles"]
    papers = [
        paper
        for file in ("paper-0112-23.txt", "paper-0615-26.txt", "result-0112-23.txt")
        for paper in read_sample(SAMPLE / "public" / file).papers
    ]
    programmes = [
        p
        for file in ("programme-komma.txt", "programme-eccar.txt")
        for p in read_sample(SAMPLE / "public" / file).programmes
    ]

    refs = {
        *(measure.number for measure in evaluation.measures),
        *(f"Q{inquiry.position}" for inquiry in evaluation.inquiries),
        *(paper.number for paper in (*papers, *evaluation.papers)),
        *(programme.name for programme in programmes),
    }

    assert set(titles["de"]) == set(titles["en"]) == refs
    assert max(len(title) for language in titles.values() for title in language.values()) <= 44
