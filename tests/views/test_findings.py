"""The report of an import, in both languages."""

import pytest

from documents.findings import TookTooLong, TooLarge, UnknownForm, Unreadability, Unreadable, UnreadDocument
from locales.translations import language
from registry.applied import Act, Applied, KeptField, Outcome
from registry.reading import Finding, FindingKind, Form
from tests.handlers.a_register import PAPER, PROGRAMME, PUBLIC
from tests.views.parsing import verdict
from views.findings import FORMS, SENTENCES, UNREAD, line, report, unread

READING = PUBLIC.model_copy(
    update={
        "findings": (
            Finding(kind=FindingKind.CONTRADICTING_BOXES, line=120, ref="2.1.M2", words="(x) nicht (x) verworfen"),
            Finding(kind=FindingKind.NO_ROUTING, line=40, ref="Q10"),
            Finding(kind=FindingKind.JOINED_ROWS, line=12),
        ),
        "measures": (
            *PUBLIC.measures,
            PUBLIC.measures[0].model_copy(update={"number": "9.1.M1", "is_stub": True}),
        ),
    }
)
APPLIED = Applied(
    outcomes=(
        *(Outcome(kind="inquiry", ref=f"Q{n}", act=Act.ADDED) for n in range(1, 12)),
        Outcome(kind="measure", ref="1.5.M1", act=Act.CHANGED),
        Outcome(kind="measure", ref="1.5.M2", act=Act.UNCHANGED),
    ),
    kept=(KeptField(ref="2.1.M2", field="status"),),
    findings=(Finding(kind=FindingKind.LATE_RESULT, line=200, words="4.12.2026"),),
)

REPORT_DE = """\
evaluation.txt: Evaluation mit Fragen
3 Maßnahmen: 1 vollständig umgesetzt, 1 teilweise umgesetzt, 1 Status unklar
Nur erwähnt: 9.1.M1
11 Frageabsätze: 10 Fragen, 1 Anmerkung, 1 ohne Amt
Register: 11 neu, 1 geändert, 1 unverändert
2.1.M2: Status wurde hier geändert und bleibt so.

3 Zweifel
Zeile 40 · Q10 · keine Zuständigkeitszeile folgt; keine Stelle ist zugeordnet
Zeile 120 · 2.1.M2 · mehr als ein Kästchen ist angekreuzt; der Status bleibt unklar · „(x) nicht (x) verworfen“
Zeile 200 · das Ergebnis wurde nach dieser Frist unterzeichnet · „4.12.2026“

1 Hinweis
Zeile 12 · vom Seitenumbruch zerteilte Zeilen wurden verbunden"""


def test_counts_come_first_then_what_changed_then_every_doubt_with_its_line() -> None:
    assert verdict(report(READING, APPLIED, language("de"))) == REPORT_DE


def test_a_paper_and_a_programme_are_counted_by_their_parts() -> None:
    assert verdict(report(PAPER, Applied(), language("en"))) == (
        "paper.txt: council paper\n0112/23 · Bewerbung um das Programm Beispielstadt\n"
        "2 consultations, 1 mandate, 2 milestones\nRegister: 0 new, 0 changed, 0 unchanged"
    )
    assert verdict(report(PROGRAMME, Applied(), language("en"))) == (
        "programme.txt: programme of a sponsor\nBeSta · Beispielstadt für alle\n2 modules, 1 milestone\n"
        "Register: 0 new, 0 changed, 0 unchanged"
    )


def test_every_form_and_finding_has_its_words() -> None:
    assert set(FORMS) == set(Form)
    assert set(SENTENCES) == set(FindingKind)


def test_a_finding_tells_places_and_days_as_people_do() -> None:
    found = {
        "missed": Finding(kind=FindingKind.LATE_RESULT, line=1, ref="0112/23-E1", words="2023-02-28"),
        "a title": Finding(kind=FindingKind.LATE_RESULT, line=1, words="Frist 2023-02-28"),
        "no day": Finding(kind=FindingKind.LATE_RESULT, line=1, words="2023-02-31"),
        "in a list": Finding(kind=FindingKind.NO_ROUTING, line=3, ref="#12"),
    }

    assert {name: verdict(line(finding, language("de"))) for name, finding in found.items()} == {
        "missed": "Zeile 1 · 0112/23-E1 · das Ergebnis wurde nach dieser Frist unterzeichnet · „28.02.2023“",
        "a title": "Zeile 1 · das Ergebnis wurde nach dieser Frist unterzeichnet · „Frist 2023-02-28“",
        "no day": "Zeile 1 · das Ergebnis wurde nach dieser Frist unterzeichnet · „2023-02-31“",
        "in a list": "Zeile 3 · Frage 12 der Liste · keine Zuständigkeitszeile folgt; keine Stelle ist zugeordnet",
    }
    assert "question 12 of the list" in line(found["in a list"], language("en"))


UNREAD_DE = {
    "large": (TooLarge(20_000_000, 1_000_000), "Die Datei ist zu groß: 20.000.000 von höchstens 1.000.000 Byte."),
    "slow": (TookTooLong(10), "Das Lesen dauerte länger als 10 Sekunden."),
    "unknown": (
        UnknownForm(3),
        "Die Form ist unbekannt (lesbar sind Drucksachen, Evaluationen, Programme, Ämterlisten und Titellisten).",
    ),
    "binary": (Unreadable(Unreadability.NOT_TEXT), "Die Datei enthält keinen Text."),
    "broken": (
        Unreadable(Unreadability.WRONG_SYNTAX, 7, "[a <"),
        "Zeile 7 ist nicht so geschrieben, wie es in einer solchen Datei sein muss: [a <",
    ),
    "broken on an empty line": (
        Unreadable(Unreadability.WRONG_SYNTAX, 7),
        "Zeile 7 ist nicht so geschrieben, wie es in einer solchen Datei sein muss.",
    ),
    "broken somewhere": (
        Unreadable(Unreadability.WRONG_SYNTAX),
        "Sie ist nicht so geschrieben, wie es in einer solchen Datei sein muss.",
    ),
}


@pytest.mark.parametrize("case", UNREAD_DE)
def test_an_unread_document_says_why(case: str) -> None:
    error, why = UNREAD_DE[case]

    assert verdict(unread("<a>.txt", error, language("de"))) == f"<a>.txt wurde nicht gelesen.\n{why}"


def test_every_reason_not_to_read_a_document_has_its_sentence() -> None:
    reasons = {error.__name__ for error in UnreadDocument.__subclasses__()} - {"Unreadable"}

    assert reasons | {why.value for why in Unreadability} == set(UNREAD)
