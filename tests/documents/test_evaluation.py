"""The evaluation form of another city, with other offices, another round and other words."""

from datetime import date

import pytest

from documents import read
from registry.deadlines import DeadlineKind
from registry.inquiries import AboutKind, InquiryKind, QuestionList
from registry.measures import FieldOfAction, Status
from registry.offices import OfficeTree
from registry.reading import Finding, FindingKind, Form, Reading
from registry.rounds import EvaluationRound
from tests.documents.cities import HERE, ilmstadt

TEXT = (HERE / "ilmstadt.txt").read_text("utf-8")
LINES = TEXT.split("\n")


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(TEXT, source="ilmstadt.txt", offices=ilmstadt())


def line_of(words: str) -> int:
    """The one line that begins so."""
    (number,) = [number for number, line in enumerate(LINES, start=1) if line.startswith(words)]
    return number


def test_the_head_gives_list_round_and_fields(reading: Reading) -> None:
    assert reading.form is Form.EVALUATION
    assert reading.lists == (
        QuestionList(
            key="jugendausschuss-2025-03-14-fraktion-morgenrot-freie-liste",
            title="Fragen zur 2. Evaluation des Familienkonzeptes",
            originator="Fraktion Morgenrot/Freie Liste",
            committee="Jugendausschuss",
            on=date(2025, 3, 14),
            concept="Familienkonzept",
        ),
    )
    assert reading.rounds == (EvaluationRound(concept="Familienkonzept", as_of=date(2024, 12, 31)),)
    assert reading.fields == (
        FieldOfAction(concept="Familienkonzept", number=1, title="Spielen im Freien"),
        FieldOfAction(concept="Familienkonzept", number=2, title="Betreuung"),
        FieldOfAction(concept="Familienkonzept", number=3),
    )


def test_a_recommendations_own_text_is_no_question(reading: Reading) -> None:
    described = [(r.field, r.number, r.text) for r in reading.recommendations if r.text]

    assert described == [(1, 1, "Jeder Stadtteil hat einen Platz zum Spielen.")]


def test_measures_are_read_across_page_breaks(reading: Reading) -> None:
    shade, care = reading.measures[:2]

    assert (shade.number, shade.title, shade.status) == (
        "1.1.M1",
        "Zwölf Spielplätze mit Schatten versehen",
        Status.PARTLY,
    )
    assert (shade.lead_offices, shade.external, shade.deadline.due_on) == (
        ("A66",),
        ("Runder Tisch Spielplätze",),
        date(2026, 6, 30),
    )
    assert shade.current_state == (
        "Sieben Plätze haben Segel. Für die übrigen fehlen noch Angebote der Hersteller, die im Sommer erwartet werden."
    )
    assert (care.number, care.text, care.status) == (
        "1.1.M2",
        "Die Pflege der Plätze wird zwischen dem Bauamt und dem Tiefbauamt geteilt.",
        Status.PARTLY,
    )
    assert (care.lead_offices, care.participating) == (("A60", "A10"), ("Dorfamt", "D1"))
    assert care.current_state == "Eine Vereinbarung liegt vor."


def test_what_a_table_leaves_open_is_unclear_and_never_guessed(reading: Reading) -> None:
    light = next(measure for measure in reading.measures if measure.number == "1.2.M1")

    assert (light.status, light.lead_offices, light.participating) == (Status.UNCLEAR, (), ("A66",))
    assert (light.deadline.kind, light.deadline.text) == (DeadlineKind.UNREAD, "wenn der Haushalt steht")


def test_questions_know_what_they_are_about(reading: Reading) -> None:
    about = {inquiry.position: (inquiry.about.kind, inquiry.about.measures) for inquiry in reading.inquiries}

    assert about == {
        1: (AboutKind.GENERAL, ()),
        2: (AboutKind.GENERAL, ()),
        3: (AboutKind.RECOMMENDATION, ()),
        4: (AboutKind.MEASURE, ("1.1.M2",)),
        5: (AboutKind.MEASURE, ("1.2.M1",)),
        6: (AboutKind.MEASURE, ("1.2.M1", "1.2.M2")),
        7: (AboutKind.MEASURE, ("1.2.M1", "1.2.M2")),
        8: (AboutKind.MEASURE, ("2.3.M1", "2.3.M2")),
        9: (AboutKind.FIELD, ()),
        10: (AboutKind.RECOMMENDATION, ()),
    }


def test_statements_are_remarks(reading: Reading) -> None:
    remarks = [inquiry.text for inquiry in reading.inquiries if inquiry.kind is InquiryKind.REMARK]

    assert remarks == ["Die Bänke am Markt sind morsch.", "Wir danken für die geleistete Arbeit."]


def test_a_routing_line_reaches_back_to_the_last_recommendation_and_not_beyond(reading: Reading) -> None:
    routed = [
        (inquiry.position, inquiry.routing and (inquiry.routing.offices, inquiry.routing.answering))
        for inquiry in reading.inquiries
    ]

    assert routed == [
        (1, (("A10",), ())),
        (2, (("A10",), ())),
        (3, (("A66",), ())),
        (4, (("A60",), ())),
        (5, (("Laternenbüro",), ())),
        (6, None),
        (7, None),
        (8, (("D1", "D2"), ("Stabsstelle Kinder und Familie",))),
        (9, (("D1", "D2"), ())),
        (10, (("A10", "Stabsstelle Kinder und Familie"), ())),
    ]


def test_everything_doubtful_is_reported_on_its_line(reading: Reading) -> None:
    twice = line_of("M2: Bänke")
    asked = line_of("Warum wurde")
    heading = line_of("Handlungsfeld 2")

    assert [(found.line, found.kind, found.ref) for found in reading.findings] == [
        (line_of("Angebote"), FindingKind.CONTINUED_TEXT, "1.1.M1"),
        (line_of("<p>M2"), FindingKind.UNKNOWN_OFFICE, "1.1.M2"),
        (line_of("<p>dem"), FindingKind.JOINED_ROWS, "1.1.M2"),
        (line_of("Kann bei M2"), FindingKind.STATUS_DOUBTED, "1.1.M2"),
        (line_of("M1: Wege"), FindingKind.NO_LEAD_OFFICE, "1.2.M1"),
        (line_of("M1: Wege"), FindingKind.NO_BOX_TICKED, "1.2.M1"),
        (line_of("M1: Wege"), FindingKind.UNREAD_DEADLINE, "1.2.M1"),
        (line_of("V: D2/ Laternenbüro"), FindingKind.UNKNOWN_OFFICE, ""),
        (twice, FindingKind.DUPLICATE_NUMBER, "1.2.M2"),
        (asked, FindingKind.NO_ROUTING, "#6"),
        (asked, FindingKind.STATUS_DOUBTED, "1.2.M1"),
        (asked, FindingKind.STATUS_DOUBTED, "1.2.M2"),
        (line_of("Die Bänke"), FindingKind.NO_ROUTING, "#7"),
        (heading, FindingKind.REFERRED_ONLY, "2.3.M1"),
        (heading, FindingKind.REFERRED_ONLY, "2.3.M2"),
        (64, FindingKind.UNPLACED_TEXT, ""),
    ]


def test_places_tell_where_each_record_stands(reading: Reading) -> None:
    places = {place.ref: (place.first_line, place.last_line) for place in reading.places}

    assert places["1.1.M2"] == (line_of("<p>M2"), line_of("<p>Eine Vereinbarung"))
    assert places["#5"] == (line_of("Welche Wege"),) * 2
    assert set(places) >= {measure.number for measure in reading.measures}


def test_a_table_below_no_heading_is_reported_and_not_kept() -> None:
    text = "V: D1\n\nM1: Ein Brunnen.\tBauamt\tjährlich\t(x) verworfen\nAktueller Stand: offen.\t\t\t\n\nV: D2\n"

    reading = read(text, source="x", offices=ilmstadt())

    assert (reading.measures, reading.inquiries) == ((), ())
    assert [(found.line, found.kind) for found in reading.findings if found.kind is not FindingKind.UNREAD_DATE] == [
        (1, FindingKind.UNPLACED_TEXT),
        (3, FindingKind.NO_NUMBER),
        (4, FindingKind.UNPLACED_TEXT),
        (6, FindingKind.UNPLACED_TEXT),
    ]


def test_without_an_office_tree_places_stay_as_written_and_are_doubted() -> None:
    text = "Handlungsfeld 1:\n\nEmpfehlung 1, M1:\n\nM1: Zäune.\t<u>Bauamt</u>, Sportbund\tjährlich\t(X) verworfen\n"

    reading = read(text, source="x", offices=OfficeTree(()))

    (measure,) = reading.measures
    assert (measure.lead_offices, measure.participating, measure.external) == (("Bauamt",), (), ("Sportbund",))
    assert [found for found in reading.findings if found.kind is FindingKind.UNKNOWN_OFFICE] == [
        Finding(kind=FindingKind.UNKNOWN_OFFICE, line=5, ref="1.1.M1", words="Bauamt"),
        Finding(kind=FindingKind.UNKNOWN_OFFICE, line=5, ref="1.1.M1", words="Sportbund"),
    ]


def test_a_document_without_a_head_is_called_like_its_source() -> None:
    text = "Handlungsfeld 1:\n\nWarum?\n\nV: D1\n"

    reading = read(text, source="fragen-2.txt", offices=ilmstadt())

    assert [(question_list.key, question_list.title) for question_list in reading.lists] == [
        ("fragen-2-txt", "fragen-2.txt")
    ]
    assert [found.kind for found in reading.findings] == [FindingKind.UNREAD_DATE]
