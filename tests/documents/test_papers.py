"""Council papers and the administration's results on them."""

from datetime import date, time

import pytest

from documents import read
from registry.papers import (
    Consultation,
    ConsultationRole,
    Mandate,
    Milestone,
    Paper,
    Section,
    missed_deadlines,
    overtaken_deadlines,
)
from registry.reading import Finding, FindingKind, Form, Reading
from tests.documents.cities import ilmstadt, needs_real_documents, read_real

PAPER = """
Beratungsfolge Datum Behandlung Zuständigkeit

Ausschuss für Bauen,
Verkehr und Wege
04.02.2026 nicht öffentlich Vorberatung
Stadtrat 11.03.2026 öffentlich Entscheidung

Beschlussvorschlag

01
Die Oberbürgermeisterin wird gebeten, bis zum 30.09.2026 eine Bewerbung zu prüfen.

02
Das Bauamt erstellt einen Zeitplan. Dem zuständigen Ausschuss ist darüber zu berichten.

01.02.2026, gez. i. V. Muster
Datum, Unterschrift

Fraktion Morgenrot / Freie Liste

Titel der Drucksache:
Teilnahme am Förderprogramm
"Wege für alle" prüfen

Drucksache 87/26

Stadtrat
Entscheidungsvorlage
öffentlich

Sachverhalt

Das Land fördert Wege, siehe Drucksache 0031/25. Städte können sich bis zum 27.02.2026 bewerben.
Am 9. Februar um 10-11.30 Uhr und am 12. Februar um 17 Uhr finden Sprechstunden für Städte statt.
"""

RESULT = """
Beratungsfolge Datum Behandlung

Dienstberatung OB 20.04.2026 nicht öffentlich
Ausschuss für Wege 05.05.2026 öffentlich

Informationen aus der Verwaltung

Sachverhalt
Mit der Drucksache 0087/26 wurde um Prüfung gebeten.

Lage vor Ort
Es fehlt seit Jahren an Personal in allen Ämtern, vor allem an Planungs-
fachleuten der Bau- und Wegeämter.

Fazit
Eine Bewerbung lohnt nicht.

Anlagenverzeichnis

20.04.2026, gez. Muster
Datum, Unterschrift
"""

COMMITTEE = "Ausschuss für Bauen, Verkehr und Wege"
NONPUBLIC, NOT_KEPT = FindingKind.STAYS_NONPUBLIC, FindingKind.NOT_KEPT


def read_paper(text: str) -> Reading:
    return read(text, source="x", offices=ilmstadt())


def line_of(words: str, text: str = PAPER) -> int:
    return next(number for number, line in enumerate(text.split("\n"), start=1) if line.startswith(words))


def test_a_council_paper_is_read_whole() -> None:
    reading = read_paper(PAPER)

    assert reading.form is Form.COUNCIL_PAPER
    assert reading.papers == (
        Paper(
            number="0087/26",
            title='Teilnahme am Förderprogramm "Wege für alle" prüfen',
            type="Entscheidungsvorlage",
            originator="Fraktion Morgenrot/Freie Liste",
            consultations=(
                Consultation(body=COMMITTEE, on=date(2026, 2, 4), public=False, role=ConsultationRole.PRELIMINARY),
                Consultation(body="Stadtrat", on=date(2026, 3, 11), public=True, role=ConsultationRole.DECISION),
            ),
            mandates=(
                Mandate(
                    number=1,
                    text="Die Oberbürgermeisterin wird gebeten, bis zum 30.09.2026 eine Bewerbung zu prüfen.",
                    responsible="Oberbürgermeisterin",
                    due_text="bis zum 30.09.2026",
                    due_on=date(2026, 9, 30),
                ),
                Mandate(
                    number=2,
                    text="Das Bauamt erstellt einen Zeitplan. Dem zuständigen Ausschuss ist darüber zu berichten.",
                    responsible="A60",
                    report_to="zuständiger Ausschuss",
                ),
            ),
            milestones=(
                Milestone(title="Bewerbungsfrist", on=date(2026, 2, 27), is_deadline=True, external=True),
                Milestone(
                    title="Sprechstunden für Städte",
                    on=date(2026, 2, 9),
                    starts=time(10),
                    ends=time(11, 30),
                ),
                Milestone(title="Sprechstunden für Städte", on=date(2026, 2, 12), starts=time(17)),
            ),
            signed_on=date(2026, 2, 1),
            related=("0031/25",),
        ),
    )


def test_a_deadline_before_the_deciding_step_is_pointed_out_and_names_are_not() -> None:
    reading = read_paper(PAPER)

    assert reading.findings == (
        Finding(kind=NONPUBLIC, line=line_of("04.02."), ref="0087/26", words=COMMITTEE),
        Finding(kind=NOT_KEPT, line=line_of("01.02.2026"), words="name"),
        Finding(
            kind=FindingKind.OVERTAKEN_DEADLINE,
            line=line_of("Das Land"),
            ref="0087/26",
            words="Bewerbungsfrist 27.02.2026",
        ),
    )
    assert "Muster" not in reading.model_dump_json()


def test_a_result_is_read_whole_and_names_the_paper_it_answers() -> None:
    reading = read_paper(RESULT)

    assert reading.form is Form.RESULT
    assert reading.papers == (
        Paper(
            number="0087/26-E1",
            title="Informationen aus der Verwaltung zur Drucksache 0087/26",
            type="Informationen aus der Verwaltung",
            consultations=(
                Consultation(body="Dienstberatung OB", on=date(2026, 4, 20), public=False),
                Consultation(body="Ausschuss für Wege", on=date(2026, 5, 5), public=True),
            ),
            sections=(
                Section(heading="Sachverhalt", text="Mit der Drucksache 0087/26 wurde um Prüfung gebeten."),
                Section(
                    heading="Lage vor Ort",
                    text="Es fehlt seit Jahren an Personal in allen Ämtern, vor allem an Planungsfachleuten der Bau- "
                    "und Wegeämter.",
                ),
            ),
            conclusion="Eine Bewerbung lohnt nicht.",
            signed_on=date(2026, 4, 20),
            answers="0087/26",
        ),
    )
    assert [found.kind for found in reading.findings] == [NONPUBLIC, NOT_KEPT]


def test_the_same_paper_reads_the_same_with_a_blank_line_after_every_line() -> None:
    spaced = RESULT.replace("\n\n", "\n \n\n\n").replace("\n", "\n\n")

    assert read_paper(spaced).papers == read_paper(RESULT).papers


def test_a_result_without_the_number_of_its_paper_is_reported_and_not_kept() -> None:
    reading = read_paper(RESULT.replace("Drucksache 0087/26", "Sache"))

    assert (reading.papers, [(found.kind, found.line) for found in reading.findings]) == (
        (),
        [(FindingKind.NO_NUMBER, line_of("Beratungsfolge", RESULT))],
    )


def test_a_step_on_a_day_that_does_not_exist_is_doubted() -> None:
    reading = read_paper(PAPER.replace("11.03.2026", "31.02.2026"))

    assert [step.on for step in reading.papers[0].consultations] == [date(2026, 2, 4), None]
    assert Finding(kind=FindingKind.UNREAD_DATE, line=line_of("Stadtrat"), words="Stadtrat") in reading.findings


@pytest.mark.parametrize(
    ("deadline", "known_on", "overtaken"),
    [
        (date(2026, 2, 27), date(2026, 2, 1), True),
        (date(2026, 3, 11), date(2026, 2, 1), False),
        (date(2026, 2, 27), date(2026, 2, 28), False),
        (date(2026, 2, 27), date(2026, 3, 12), False),
    ],
)
def test_a_deadline_is_overtaken_while_it_is_ahead_and_before_the_next_deciding_step(
    deadline: date, known_on: date, overtaken: bool
) -> None:
    milestone = Milestone(title="Bewerbungsfrist", on=deadline, is_deadline=True, external=True)
    step = Consultation(body="Stadtrat", on=date(2026, 3, 11), role=ConsultationRole.DECISION)
    paper = Paper(number="0001/26", consultations=(step,), milestones=(milestone,))

    assert overtaken_deadlines(paper, known_on=known_on) == ((milestone,) if overtaken else ())


@needs_real_documents
def test_the_real_paper_has_what_the_domain_lists() -> None:
    (paper,) = read_real("001_").papers

    assert (paper.number, paper.type, paper.originator, paper.signed_on) == (
        "0112/23",
        "Entscheidungsvorlage",
        "Fraktion BÜNDNIS 90/DIE GRÜNEN",
        date(2023, 1, 9),
    )
    assert [(step.on, step.public, step.role) for step in paper.consultations] == [
        (date(2023, 1, 12), False, ConsultationRole.PRELIMINARY),
        (date(2023, 1, 25), True, ConsultationRole.DECISION),
    ]
    assert [step.body for step in paper.consultations] == [
        "Ausschuss für öffentliche Ordnung, Sicherheit, Ortsteile und Ehrenamt",
        "Stadtrat",
    ]
    assert [(m.number, m.responsible, m.due_text, m.report_to) for m in paper.mandates] == [
        (1, "Stadtverwaltung", "zeitnah", "zuständiger Ausschuss")
    ]
    assert [(m.on, m.starts, m.ends, m.is_deadline, m.external) for m in paper.milestones] == [
        (date(2023, 2, 28), None, None, True, True),
        (date(2023, 1, 31), time(14), time(15), False, False),
        (date(2023, 2, 16), time(11), time(12), False, False),
    ]


@needs_real_documents
def test_the_real_result_was_signed_after_the_outside_deadline() -> None:
    (paper,) = read_real("001_").papers
    (result,) = read_real("000_").papers

    assert (result.number, result.answers, result.signed_on) == ("0112/23-E1", "0112/23", date(2023, 3, 20))
    assert [(step.on, step.public) for step in result.consultations] == [
        (date(2023, 3, 20), False),
        (date(2023, 5, 4), True),
    ]
    assert [section.heading for section in result.sections] == ["Sachverhalt", "Bestandsanalyse", "Problemlagen"]
    assert result.conclusion
    assert [deadline.on for deadline in missed_deadlines(paper, result)] == [date(2023, 2, 28)]
    assert "gez." not in " ".join([result.conclusion, *(section.text for section in result.sections)])
