"""Lists of questions as people type them."""

from datetime import date

import documents
from documents.question_list import Head, read_head, recognises, without_head
from registry.inquiries import AboutKind, InquiryKind, InquiryStatus, QuestionList
from registry.offices import OfficeTree
from registry.reading import FindingKind, Form, Reading
from tests.handlers.a_register import OFFICES

LIST = """\
Fragenliste: Fragen zum Haushalt
Einreicher: Fraktion Beispiel
Ausschuss: Finanzausschuss
Datum: 02.12.2026

1. Wie viele Stellen sind frei?
2. Wie viele davon sind ausgeschrieben?
V: D01/ A11// D05/ A50

Allgemein zu Empfehlung 2:
- Was kostet das?
Danke für die Zusammenstellung.
V: D05/ A57
3) Wann kommt der Bericht?
"""


def read(text: str) -> Reading:
    return documents.read(text, source="text", offices=OfficeTree(OFFICES))


def test_a_typed_list_gives_its_questions_with_their_routing() -> None:
    reading = read(LIST)

    assert reading.form is Form.QUESTION_LIST
    assert reading.lists == (
        QuestionList(
            key="finanzausschuss-2026-12-02-fraktion-beispiel-fragen-zum-haushalt",
            title="Fragen zum Haushalt",
            originator="Fraktion Beispiel",
            committee="Finanzausschuss",
            on=date(2026, 12, 2),
        ),
    )
    asked = [(one.text, one.routing.offices if one.routing else (), one.status) for one in reading.inquiries]
    assert asked == [
        ("Wie viele Stellen sind frei?", ("A11", "A50"), InquiryStatus.OPEN),
        ("Wie viele davon sind ausgeschrieben?", ("A11", "A50"), InquiryStatus.OPEN),
        ("Was kostet das?", ("A57",), InquiryStatus.OPEN),
        ("Danke für die Zusammenstellung.", ("A57",), InquiryStatus.OPEN),
        ("Wann kommt der Bericht?", (), InquiryStatus.UNROUTED),
    ]
    assert [one.kind for one in reading.inquiries].count(InquiryKind.REMARK) == 1
    assert {one.about.kind for one in reading.inquiries} == {AboutKind.GENERAL}


def test_what_is_doubtful_is_found_with_its_line() -> None:
    found = [(one.kind, one.line, one.words) for one in read(LIST).findings]

    assert found == [
        (FindingKind.UNKNOWN_OFFICE, 13, "A57"),
        (FindingKind.NO_ROUTING, 14, "Wann kommt der Bericht?"),
    ]


def test_a_heading_says_what_the_questions_are_about_and_brings_no_measure() -> None:
    reading = read(
        "Question list: Doubts\n\nHandlungsfeld 1: Wohnen\nEmpfehlung 5, M1:\nIst das fertig?\nV: D05/ A50\n"
    )

    assert [one.about.measures for one in reading.inquiries] == [("1.5.M1",)]
    assert (reading.measures, reading.fields, reading.recommendations) == ((), (), ())
    assert [found.kind for found in reading.findings] == [FindingKind.UNREAD_DATE]


def test_a_head_is_known_by_its_lines_or_by_the_sentence_above_the_questions() -> None:
    sentence = "Fragen zum Konzept – Fraktion Beispiel zum Sozialausschuss, 02.12.2026"

    assert read_head("Titel: A\nDatum: 2026-12-02\nWas?") == Head(title="A", on=date(2026, 12, 2), lines=2)
    assert read_head(f"{sentence}\n\nWas kostet das?") == Head(
        "Fragen zum Konzept", "Fraktion Beispiel", "Sozialausschuss", "Konzept", date(2026, 12, 2), 1
    )
    assert read_head("Was kostet das?\nV: D05") == Head()
    assert read_head("Datum: 31.02.2026\nWas?").on is None


def test_the_questions_stay_when_the_head_is_written_anew() -> None:
    head = Head(title="Neu", originator="Fraktion Beispiel", on=date(2026, 12, 2))
    text = f"{head.written()}\n\n{without_head(LIST)}"

    assert recognises(text)
    assert [one.text for one in read(text).inquiries] == [one.text for one in read(LIST).inquiries]
    assert read(text).lists[0].title == "Neu"


def test_other_documents_are_not_taken_for_a_typed_list() -> None:
    assert not recognises("Titel: Irgendwas\nFragenliste: zu spät")
    assert not recognises("")
