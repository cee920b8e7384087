"""The real evaluation document is read exactly as it is written."""

from collections import Counter
from datetime import date

import pytest

from registry.inquiries import AboutKind, Inquiry, InquiryKind, InquiryStatus
from registry.measures import Measure, Status
from registry.reading import FindingKind, Reading
from tests.documents.cities import needs_real_documents, read_real

pytestmark = needs_real_documents

BMI = "Büro für Migration und Integration"
PRESS = "Abteilung Presse- und Öffentlichkeitsarbeit"
FULLY, PARTLY = Status.FULLY, Status.PARTLY

# number: status, lead offices, participating offices, outside bodies, deadline as written
MEASURES = {
    "1.1.M1": (PARTLY, "A11", f"{BMI}; Personalrat; Volkshochschule", "", "jährlich"),
    "1.1.M2": (FULLY, "A11", "A40", "", "fortlaufend"),
    "1.2.M1": (FULLY, "A11; Personalrat", "", "", "1. Quartal 2025"),
    "1.2.M2": (Status.DISCARDED, "A11; Personalrat", "", "", "fortlaufend"),
    "1.3.M1": (FULLY, "A11", "", "", "fortlaufend"),
    "1.3.M2": (FULLY, "A11", "", "", "fortlaufend"),
    "1.4.M1": (PARTLY, "A11", "", "", "fortlaufend"),
    "1.5.M1": (PARTLY, "Ausländerbehörde", "OB; A11; D04", "", "fortlaufend"),
    "1.5.M2": (PARTLY, "D01; D03; D05", "", "", "fortlaufend"),
    "1.5.M3": (FULLY, "D03", "", "", "fortlaufend"),
    "1.5.M5": (FULLY, "D03; Ausländerbehörde; A50", "", "", "4. Quartal 2025"),
    "1.5.M6": (PARTLY, "D03; D05", "", "", "fortlaufend"),
    "1.7.M1": (FULLY, BMI, "D03; D05", "", "fortlaufend"),
    "1.7.M2": (PARTLY, "Ausländerbehörde", "D05", "", "fortlaufend"),
    "1.7.M3": (PARTLY, f"D05; D03; {PRESS}", "", "", "fortlaufend"),
    "1.8.M1": (PARTLY, f"D03; {PRESS}", f"{BMI}; D05", "", "fortlaufend"),
    "1.9.M1": (FULLY, "A67", BMI, "", "fortlaufend"),
    "2.3.M1": (PARTLY, BMI, "Frauenbüro", "Netzwerk für Integration", "fortlaufend"),
    "2.4.M1": (PARTLY, BMI, "D01", "", "fortlaufend"),
    "2.4.M3": (PARTLY, "D01", "", "", "fortlaufend"),
    "2.4.M4": (PARTLY, "D01; KPR", "D03", "weitere Akteurinnen und Akteure", "fortlaufend"),
    "4.4.M1": (PARTLY, "", "A51", "", "fortlaufend"),
    "4.4.M2": (FULLY, "", "A51", "", "fortlaufend"),
    "4.4.M3": (FULLY, "", f"D05; A51; {BMI}", "", "1 mal jährlich bei Bedarf"),
    "5.1.M1": (PARTLY, "A40", f"{BMI}; A51", "", "fortlaufend"),
    "8.9.M1": (PARTLY, "D05", "D04", "", "4. Quartal 2022"),
    "8.10.M1": (PARTLY, "A50", "D01; D05", "", "fortlaufend"),
    "8.10.M2": (FULLY, "A50", "", "Träger der Gemeinschaftsunterkünfte", "fortlaufend"),
    "9.1.M3": (Status.UNCLEAR, "", "A53", "AG Gesundheit; KVT; Landesärztekammer", "fortlaufend"),
    "14.1.M1": (Status.UNKNOWN, "", "", "", ""),
}

# positions, what they are about, contributing offices, coordinating, answering
G, F, R = "general", "field", "recommendation"
BLOCKS = (
    ((1, 2, 3), G, BMI, "", ""),
    ((4,), G, "A11; A32; A53; A50; A51", "", ""),
    ((5,), "1.1.M1", "A11", "", ""),
    ((6, 7, 8), "1.1.M2", "A11", "", ""),
    ((9, 10), "1.2.M1; 1.2.M2", "A11", "", ""),
    ((11, 12, 13, 14, 15), "1.3.M1; 1.3.M2", "A11", "", ""),
    ((16, 17), "1.4.M1", "A11", "", ""),
    ((18, 19, 20, 21), "1.5.M1", "A11; A32", "", ""),
    ((22,), "1.5.M2", "D03; D05", "", ""),
    ((23,), "1.5.M3", "A32", "", ""),
    ((24,), "1.5.M5", "A32; A50", "", ""),
    ((25, 26), "1.5.M6", "A32; A53; A40; A50; A51", "", ""),
    ((27,), "1.7.M1", BMI, "", ""),
    ((28,), "1.7.M2", "A32", "", ""),
    ((29,), "1.7.M3", "A32; A50", "", ""),
    ((30,), "1.8.M1", "A32", "", ""),
    ((31,), "1.9.M1", "A67", "", ""),
    ((32, 33), f"{F} 2", "D01", "", ""),
    ((34,), "2.3.M1", BMI, "", ""),
    ((35,), "2.4.M1", BMI, "", ""),
    ((36,), "2.4.M3", "A11", "", ""),
    ((37, 38), "2.4.M4", "D01", "", ""),
    ((39,), f"{F} 3", "A17", "", ""),
    ((40,), f"{F} 3", "", "", ""),
    ((41,), f"{R} 4.4", "A51", "", ""),
    ((42,), "5.1.M1", f"A40; {BMI}", "", ""),
    ((43, 44, 45, 46), f"{F} 8", "A50", "", ""),
    ((47,), "8.9.M1", "A50", "", ""),
    ((48,), "8.10.M1", "A50", "", ""),
    ((49,), "8.10.M2", "A50", "", ""),
    ((50, 51), "9.1.M3", "A53", "", "A53"),
    ((52,), f"{F} 9", "A53", "", ""),
    ((53,), f"{F} 10", "D01", "D05", "D05"),
    ((54,), f"{R} 13.3", BMI, "OB", ""),
    ((55,), "14.1.M1", BMI, "", ""),
)

# What the reader points out: line, kind, record.
FINDINGS = [
    (41, FindingKind.JOINED_ROWS, "1.1.M2"),
    (80, FindingKind.STATUS_DOUBTED, "1.3.M1"),
    (80, FindingKind.STATUS_DOUBTED, "1.3.M2"),
    (89, FindingKind.STATUS_DOUBTED, "1.4.M1"),
    (100, FindingKind.CONTINUED_TEXT, "1.5.M1"),
    (117, FindingKind.STATUS_DOUBTED, "1.5.M2"),
    (126, FindingKind.JOINED_ROWS, "1.5.M3"),
    (129, FindingKind.STATUS_DOUBTED, "1.5.M3"),
    (183, FindingKind.CONTINUED_TEXT, "1.8.M1"),
    (184, FindingKind.CONTINUED_TEXT, "1.8.M1"),
    (216, FindingKind.JOINED_ROWS, "2.3.M1"),
    (237, FindingKind.JOINED_ROWS, "2.4.M3"),
    (261, FindingKind.NO_ROUTING, "#40"),
    (268, FindingKind.NO_LEAD_OFFICE, "4.4.M1"),
    (270, FindingKind.NO_LEAD_OFFICE, "4.4.M2"),
    (273, FindingKind.JOINED_ROWS, "4.4.M2"),
    (274, FindingKind.NO_LEAD_OFFICE, "4.4.M3"),
    (309, FindingKind.STATUS_DOUBTED, "8.9.M1"),
    (318, FindingKind.JOINED_ROWS, "8.10.M1"),
    (340, FindingKind.CONTRADICTING_BOXES, "9.1.M3"),
    (340, FindingKind.NO_LEAD_OFFICE, "9.1.M3"),
    (345, FindingKind.CONTINUED_TEXT, "9.1.M3"),
    (373, FindingKind.REFERRED_ONLY, "14.1.M1"),
]


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_real("002_")


def test_every_measure_has_its_status_offices_and_deadline(reading: Reading) -> None:
    assert {measure.number: _facts(measure) for measure in reading.measures} == MEASURES


def test_the_statuses_count_as_in_the_document(reading: Reading) -> None:
    statuses = Counter(measure.status for measure in reading.measures if not measure.is_stub)

    assert statuses == {FULLY: 11, PARTLY: 16, Status.DISCARDED: 1, Status.UNCLEAR: 1}


def test_only_dated_deadlines_have_a_day(reading: Reading) -> None:
    assert {m.number: m.deadline.due_on for m in reading.measures if m.deadline.due_on} == {
        "1.2.M1": date(2025, 3, 31),
        "1.5.M5": date(2025, 12, 31),
        "8.9.M1": date(2022, 12, 31),
    }


def test_the_one_new_measure_and_the_one_stub_are_marked(reading: Reading) -> None:
    assert [m.number for m in reading.measures if m.is_new] == ["2.4.M4"]
    assert [m.number for m in reading.measures if m.is_stub] == ["14.1.M1"]


def test_texts_cut_by_page_breaks_are_whole_again(reading: Reading) -> None:
    measures = {measure.number: measure for measure in reading.measures}

    ends = {number: (m.text.split()[-1], m.current_state.split()[-1:]) for number, m in measures.items() if m.text}

    assert {number: ends[number] for number in ("1.1.M2", "1.5.M1", "1.8.M1", "2.3.M1", "8.10.M1", "9.1.M3")} == {
        "1.1.M2": ("angeboten.", ["offen."]),
        "1.5.M1": ("besetzt.", ["befinden."]),
        "1.8.M1": ("sein.", ["werden."]),
        "2.3.M1": ("erarbeitet.", ["Integration."]),
        "8.10.M1": ("bereitzustellen.", ["Personengruppe."]),
        "9.1.M3": ("o.Ä.", ["verweisen"]),
    }
    assert [number for number, (_, state) in ends.items() if not state] == ["1.5.M3", "1.7.M1", "1.9.M1"]


def test_every_inquiry_has_its_subject_and_its_routing(reading: Reading) -> None:
    read = {inquiry.position: _route(inquiry) for inquiry in reading.inquiries}

    assert read == {position: block[1:] for block in BLOCKS for position in block[0]}


def test_there_are_fifty_four_questions_and_one_remark_and_one_is_unrouted(reading: Reading) -> None:
    kinds = Counter(inquiry.kind for inquiry in reading.inquiries)
    unrouted = [i.position for i in reading.inquiries if i.status is InquiryStatus.UNROUTED]

    assert kinds == {InquiryKind.QUESTION: 54, InquiryKind.REMARK: 1}
    assert unrouted == [40]


def test_twelve_inquiries_ask_office_a50_to_contribute(reading: Reading) -> None:
    asked = [i.position for i in reading.inquiries if "A50" in [c.office for c in i.contributions]]

    assert asked == [4, 24, 25, 26, 29, 43, 44, 45, 46, 47, 48, 49]


def test_every_doubt_and_note_stands_on_its_line(reading: Reading) -> None:
    assert sorted((found.line, found.kind, found.ref) for found in reading.findings) == FINDINGS


def test_the_list_and_the_round_are_those_of_the_head(reading: Reading) -> None:
    (question_list,) = reading.lists
    (evaluation_round,) = reading.rounds

    assert (question_list.originator, question_list.committee, question_list.on, question_list.concept) == (
        "Fraktion BÜNDNIS 90/DIE GRÜNEN",
        "SAG",
        date(2025, 12, 2),
        "Integrationskonzept",
    )
    assert (evaluation_round.concept, evaluation_round.as_of) == ("Integrationskonzept", date(2025, 6, 30))


def test_field_ten_has_no_measures_and_recommendation_four_of_field_four_has_its_text(reading: Reading) -> None:
    assert [field.number for field in reading.fields] == [1, 2, 3, 4, 5, 8, 9, 10, 13, 14]
    assert [m.number for m in reading.measures if m.field == 10] == []
    assert [(r.field, r.number) for r in reading.recommendations if r.text] == [(4, 4)]


def test_titles_are_short_and_taken_from_the_text(reading: Reading) -> None:
    told = [*((m.title, m.text) for m in reading.measures), *((i.title, i.text) for i in reading.inquiries)]
    texts = {title: text for title, text in told if text}

    assert [title for title in texts if len(title) > 70] == []
    assert [title for title, text in texts.items() if title[1:].removesuffix(" …") not in text] == []


def _facts(measure: Measure) -> tuple[Status, str, str, str, str]:
    offices = (measure.lead_offices, measure.participating, measure.external)
    lead, participating, external = ("; ".join(places) for places in offices)
    return measure.status, lead, participating, external, measure.deadline.text


def _route(inquiry: Inquiry) -> tuple[str, str, str, str]:
    about, routing = inquiry.about, inquiry.routing
    subject = {
        AboutKind.GENERAL: G,
        AboutKind.FIELD: f"{F} {about.field}",
        AboutKind.RECOMMENDATION: f"{R} {about.field}.{about.recommendation}",
        AboutKind.MEASURE: "; ".join(about.measures),
    }[about.kind]
    places = (routing.offices, routing.coordinating, routing.answering) if routing else ((), (), ())
    offices, coordinating, answering = ("; ".join(codes) for codes in places)
    return subject, offices, coordinating, answering
