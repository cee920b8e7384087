"""The rooms of the evaluation reader one by one: headings, status boxes, office cells, doubts, continued tables."""

import pytest

from documents.evaluation.cells import Responsible, read_boxes, read_responsible
from documents.evaluation.doubts import doubted_words
from documents.evaluation.headings import Heading, Level, read_headings
from documents.evaluation.parts import Text, parts_of
from documents.evaluation.tables import MeasureTable, with_joined_tables
from documents.lines import Line, lines_of
from registry.measures import Status
from tests.documents.cities import ilmstadt

FIELD, RECOMMENDATION, GENERAL = Level.FIELD, Level.RECOMMENDATION, Level.GENERAL


@pytest.mark.parametrize(
    ("line", "headings"),
    [
        ("Empfehlung 1, M1:", [Heading(7, RECOMMENDATION, recommendation=1, measures=(1,))]),
        ("Empfehlung 5, M3", [Heading(7, RECOMMENDATION, recommendation=5, measures=(3,))]),
        ("Empfehlung 3 M1", [Heading(7, RECOMMENDATION, recommendation=3, measures=(1,))]),
        ("Empfehlung 2, M1 und M2:", [Heading(7, RECOMMENDATION, recommendation=2, measures=(1, 2))]),
        ("Empfehlung 2, M1, M2 und M5:", [Heading(7, RECOMMENDATION, recommendation=2, measures=(1, 2, 5))]),
        ("Empfehlung 2, M2 bis M4", [Heading(7, RECOMMENDATION, recommendation=2, measures=(2, 3, 4))]),
        ("Empfehlung 4, M4(neu):", [Heading(7, RECOMMENDATION, recommendation=4, measures=(4,), is_new=True)]),
        ("### **Empfehlung 4**", [Heading(7, RECOMMENDATION, recommendation=4)]),
        ("E 5, M2:", [Heading(7, RECOMMENDATION, recommendation=5, measures=(2,))]),
        ("M3:", [Heading(7, RECOMMENDATION, measures=(3,))]),
        (
            "Empfehlung 4: Alle Wege sind hell.",
            [Heading(7, RECOMMENDATION, recommendation=4, rest="Alle Wege sind hell.")],
        ),
        ("Handlungsfeld 5:", [Heading(7, FIELD, field=5)]),
        ("Handlungsfeld 10", [Heading(7, FIELD, field=10)]),
        ("HF 2 – Wohnen und Arbeiten", [Heading(7, FIELD, field=2, title="Wohnen und Arbeiten")]),
        (
            "Handlungsfeld 4: Wohnen**Empfehlung 4**",
            [Heading(7, FIELD, field=4, title="Wohnen"), Heading(7, RECOMMENDATION, recommendation=4)],
        ),
        (
            "Handlungsfeld 4, Empfehlung 2, M1:",
            [Heading(7, FIELD, field=4), Heading(7, RECOMMENDATION, recommendation=2, measures=(1,))],
        ),
        ("Handlungsfeld 4: Warum so wenig?", [Heading(7, FIELD, field=4, rest="Warum so wenig?")]),
        ("Allgemein:", [Heading(7, GENERAL)]),
        ("Allgemein: Wer zahlt?", [Heading(7, GENERAL, rest="Wer zahlt?")]),
        ("Allgemein zu Empfehlung 3: Danke.", [Heading(7, GENERAL, recommendation=3, rest="Danke.")]),
        ("Vorab/Grundsätzliche Fragen:", [Heading(7, GENERAL)]),
        ("Grundsätzliches Problem: Es fehlt Platz. Was tun?", []),
        ("Allgemein fehlt es an Platz.", []),
        ("Empfehlung 4 ist gut, aber wer zahlt?", []),
        ("Handlungsfeld 4 wird gestrichen, warum?", []),
    ],
)
def test_headings_are_read_in_every_spelling(line: str, headings: list[Heading]) -> None:
    assert list(read_headings(Line(7, line))) == headings


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("(x) vollständig umgesetzt () teilweise umgesetzt () nicht umgesetzt () verworfen", Status.FULLY),
        ("( ) vollständig umgesetzt (X) teilweise umgesetzt", Status.PARTLY),
        ("☐ vollständig umgesetzt ☐ teilweise umgesetzt ☒ nicht umgesetzt", Status.NOT_IMPLEMENTED),
        ("[ ] vollständig umgesetzt [x] verworfen", Status.DISCARDED),
        ('<input checked="" type="checkbox"/> vollständig umgesetzt <input type="checkbox"/> verworfen', Status.FULLY),
        ('<input type="checkbox"> vollständig umgesetzt <input type="checkbox" checked> verworfen', Status.DISCARDED),
        ('<input type="checkbox" checked="false"/> verworfen <input type="checkbox"/> umgesetzt', Status.UNCLEAR),
        ("<p>() vollständig umgesetzt</p> <p>(x) teilweise umgesetzt</p>", Status.PARTLY),
        ("(x) nicht umgesetzt (x) verworfen", Status.UNCLEAR),
        ("() vollständig umgesetzt () verworfen", Status.UNCLEAR),
        ("(x) vertagt () verworfen", Status.UNCLEAR),
        ("teilweise umgesetzt", Status.UNCLEAR),
        ("", Status.UNCLEAR),
    ],
)
def test_exactly_one_ticked_box_is_a_status(cell: str, status: Status) -> None:
    assert read_boxes(cell).status is status


@pytest.mark.parametrize(
    ("cell", "responsible"),
    [
        ("<u>Bauamt</u>", Responsible(lead=("A60",))),
        ("Bauamt, <u>Tiefbauamt</u>", Responsible(lead=("A66",), participating=("A60",))),
        ("<u>Bauamt, Tiefbauamt und Hauptamt</u>", Responsible(lead=("A60", "A66", "A10"))),
        ("<u>Bauamt</u> <u>(Abteilung Brücken)</u>", Responsible(lead=("A60",))),
        ("<p><u>Amt für</u></p> <p><u>Planen und Bauen</u></p>", Responsible(lead=("A60",))),
        ("Hauptamt (Registratur) <u>Bauamt</u>", Responsible(lead=("A60",), participating=("A10",))),
        ("<u>Ämter Dezernat 2, und Dezernat 1</u>", Responsible(lead=("D2", "D1"))),
        (
            "<u>Hauptamt</u> in Zusammenarbeit mit der Stabsstelle Kinder und Familie und dem Tiefbauamt",
            Responsible(lead=("A10",), participating=("Stabsstelle Kinder und Familie", "A66")),
        ),
        (
            "<u>Bauamt</u>, Runder Tisch Spielplätze der Stadt Ilmstadt",
            Responsible(lead=("A60",), external=("Runder Tisch Spielplätze",)),
        ),
        (
            "Dezernat 1 weitere Vereine, <u>Bauamt</u>",
            Responsible(
                lead=("A60",), participating=("D1",), external=("weitere Vereine",), unknown=("weitere Vereine",)
            ),
        ),
        ("Hauptamt", Responsible(participating=("A10",))),
        ("", Responsible()),
    ],
)
def test_underlined_offices_lead_and_the_others_take_part(cell: str, responsible: Responsible) -> None:
    assert read_responsible(cell, ilmstadt()) == responsible


@pytest.mark.parametrize(
    "question",
    [
        "Was rechtfertigt es, hier eine vollständige Umsetzung zu vermerken?",
        "Kann von einer teilweisen Umsetzung gesprochen werden, wenn nichts gebaut ist?",
        "Die Angabe ist falsch. Wo steht die Bank?",
        "Dies sei vollständig umgesetzt. Wie wird das begründet?",
        "Weshalb gilt M2 hier als vollständig umgesetzt eingestuft?",
    ],
)
def test_a_question_may_doubt_the_reported_status(question: str) -> None:
    assert doubted_words(question)


@pytest.mark.parametrize(
    "question",
    [
        "Wann wird die Maßnahme vollständig umgesetzt?",
        "Wie oft fanden die Treffen unter M1 (vollständig umgesetzt) statt?",
        "Warum wurde der Weg nicht gebaut?",
        "Wie ist die finanzielle Umsetzung gesichert?",
    ],
)
def test_a_question_about_the_implementation_doubts_nothing(question: str) -> None:
    assert doubted_words(question) == ""


STATE_BREAKS_OFF = "M1: Zäune.\tBauamt\tjährlich\t() verworfen\nAktueller Stand: Es fehlen\t\t\t\n\n"
STATE_ENDS = "M1: Zäune.\tBauamt\tjährlich\t() verworfen\nAktueller Stand: Es fehlt Holz.\t\t\t\n\n"


@pytest.mark.parametrize(
    ("text", "state", "outside"),
    [
        (STATE_BREAKS_OFF + "noch Pfosten.", "Es fehlen noch Pfosten.", []),
        (STATE_BREAKS_OFF + "Pfosten.\nDie kommen bald.", "Es fehlen Pfosten. Die kommen bald.", []),
        (STATE_BREAKS_OFF + "Pfosten.\n\nDie kommen bald.", "Es fehlen Pfosten.", ["Die kommen bald."]),
        (STATE_BREAKS_OFF + "Wann kommen Pfosten?", "Es fehlen", ["Wann kommen Pfosten?"]),
        (STATE_ENDS + "Wir loben das.", "Es fehlt Holz.", ["Wir loben das."]),
        (STATE_ENDS + "<p>Auch Nägel.</p>", "Es fehlt Holz. Auch Nägel.", []),
        (STATE_ENDS + "Wie viel?\nWenn nein, warum?", "Es fehlt Holz.", ["Wie viel? Wenn nein, warum?"]),
        (STATE_ENDS + "Wie viel?\nUnd wann?", "Es fehlt Holz.", ["Wie viel?", "Und wann?"]),
    ],
)
def test_a_paragraph_continues_a_cell_that_breaks_off_and_a_question_never_does(
    text: str, state: str, outside: list[str]
) -> None:
    table, *others = with_joined_tables(parts_of(lines_of(text)))

    assert isinstance(table, MeasureTable)
    assert " ".join(table.state or ()) == state
    assert [part.words for part in others if isinstance(part, Text)] == outside
