"""Programmes of other sponsors that a city may join."""

from datetime import date

import pytest

from documents import read
from registry.offices import OfficeTree
from registry.papers import Milestone
from registry.programmes import Module, Programme
from registry.reading import Finding, FindingKind, Form, Reading
from tests.documents.cities import needs_real_documents, read_real

BRIDGES = """
Brücke

Städte bauen Brücken zwischen den Vierteln

Erika Musterfrau

Laufzeit vom 01.01.2026 bis zum 31.12.2028

Gefördert durch die **Stiftung der Länder**

8 Modellkommunen aus drei Ländern | **Zielgruppe:** Quartiersbüros

Modul 1:

Brücke unterstützt den **Aufbau** von Nachbarschaftsräten.

↓

Nachbarn kennen einander.

Modul 2: Brücke bietet Kurse für Ehrenamtliche.

Modul 1:

Brücke unterstützt den Aufbau von Nachbarschaftsräten.

Zusatzmodul 1a:

Ausbau der Räte um Jugendliche

Zweimal im Jahr: Treffen des Beirats, ggf. mit Gästen

Bewerbungen sind bis zum 30.04.2026 möglich.

Quartier gGmbH

T +49 30 1234567

quartier.example.org

info@quartier.de

erika.musterfrau@quartier.de
"""

YARDS = """
## Das Projekt "Höfe auf! – Grün für alle Viertel"

Höfe werden grüner. Dazu gehören:

- Ein Leitfaden für Hausverwaltungen. Er ist kurz.
- Beratung vor Ort

Das Vorhaben endet später.

## Zielgruppe:

Städte mit dichten Vierteln.

Das Projekt wird vom Umweltministerium im Rahmen des Programms Stadtgrün drei Jahre gefördert.
Teil sind 5 Modellkommunen.

# Ansprechpartner:

## **Max Mustermann**

Grünbund e. V. (GB e. V.) Gartenstraße 1, 99999 Ilmstadt

**Telefon:** +49 (0)170 1112223 **E-Mail:** max.mustermann@gruenbund.de

Webseite: gruenbund.de
"""


def read_programme(text: str) -> Reading:
    return read(text, source="x", offices=OfficeTree(()))


def line_of(words: str, text: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), start=1) if line.startswith(words))


def test_a_presentation_with_modules_is_read_whole() -> None:
    reading = read_programme(BRIDGES)

    assert reading.form is Form.PROGRAMME
    assert reading.programmes == (
        Programme(
            name="Brücke",
            title="Städte bauen Brücken zwischen den Vierteln",
            sponsor="Stiftung der Länder",
            carrier="Quartier gGmbH",
            starts_on=date(2026, 1, 1),
            ends_on=date(2028, 12, 31),
            duration="vom 01.01.2026 bis zum 31.12.2028",
            towns=8,
            target_group="Quartiersbüros",
            contact="Quartier gGmbH, quartier.example.org, info@quartier.de",
            modules=(
                Module(
                    number="1",
                    title="Aufbau von Nachbarschaftsräten",
                    text="Brücke unterstützt den Aufbau von Nachbarschaftsräten. Nachbarn kennen einander.",
                ),
                Module(number="2", title="Kurse für Ehrenamtliche", text="Brücke bietet Kurse für Ehrenamtliche."),
                Module(number="1a", title="Ausbau der Räte um Jugendliche", text="Ausbau der Räte um Jugendliche"),
            ),
            milestones=(
                Milestone(title="Treffen des Beirats", rhythm="Zweimal im Jahr"),
                Milestone(title="Bewerbungsfrist", on=date(2026, 4, 30), is_deadline=True, external=True),
            ),
        ),
    )


def test_a_description_in_sections_is_read_whole() -> None:
    assert read_programme(YARDS).programmes == (
        Programme(
            name="Höfe auf!",
            title="Höfe auf! – Grün für alle Viertel",
            sponsor="Umweltministerium",
            carrier="Grünbund e. V. (GB e. V.)",
            duration="drei Jahre",
            towns=5,
            target_group="Städte mit dichten Vierteln.",
            contact="Grünbund e. V. (GB e. V.), gruenbund.de",
            parts=("Ein Leitfaden für Hausverwaltungen", "Beratung vor Ort"),
        ),
    )


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        (BRIDGES, [("Erika", "name"), ("T +49", "phone"), ("erika.", "mail")]),
        (YARDS, [("## **Max", "name"), ("**Telefon", "phone"), ("**Telefon", "mail")]),
    ],
)
def test_persons_phones_and_personal_mail_are_left_out_and_never_quoted(
    text: str, left_out: list[tuple[str, str]]
) -> None:
    reading = read_programme(text)

    assert list(reading.findings) == [
        Finding(kind=FindingKind.NOT_KEPT, line=line_of(words, text), words=kind) for words, kind in left_out
    ]
    said = reading.model_dump_json().lower()
    assert [word for word in ("muster", "1234567", "1112223", "+49") if word in said] == []


@needs_real_documents
def test_the_real_programmes_have_their_frame_data() -> None:
    (komma,) = read_real("003_").programmes
    (eccar,) = read_real("004_").programmes

    assert (komma.name, komma.ends_on, komma.towns, komma.carrier) == ("KommA", date(2025, 8, 31), 10, "IMAP GmbH")
    assert [module.number for module in komma.modules] == ["1", "2", "3", "1a", "2a", "3a"]
    assert komma.milestones == (Milestone(title="Beiratssitzungen", rhythm="Zweimal jährlich"),)
    assert (eccar.name, eccar.duration, eccar.towns, len(eccar.parts)) == ("Kommunen für alle?", "vier Jahre", 10, 3)
    assert eccar.sponsor == "Bundesministerium für Bildung, Familie, Senioren, Frauen und Jugend"


@needs_real_documents
@pytest.mark.parametrize(
    ("beginning", "lines"), [("003_", {10: "name", 152: "phone"}), ("004_", {74: "name", 80: "phone"})]
)
def test_nothing_personal_is_kept_of_the_real_programmes(beginning: str, lines: dict[int, str]) -> None:
    reading = read_real(beginning)

    assert {found.line: found.words for found in reading.findings} == lines
    assert "+49" not in reading.model_dump_json()
