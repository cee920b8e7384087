"""The office tree: read by all who have access, changed by administrators, never shortened."""

from dataclasses import replace

import pytest

from registry.offices import Office, OfficeKind
from tests.handlers.conversing import ADMIN, READER, Conversation

TREE_DE = """\
5 Stellen

D01 · Oberbürgermeister
   – A11 · Personal- und Organisationsamt
D05 · Soziales und Bildung
   – A50 · Amt für Soziales
   – A51 · Jugendamt

/aemter A50 zeigt eine davon."""
TEXT = """/aemter
[[office]]
code = "A50"
name_de = "Amt für Soziales und Integration"
kind = "office"
parent = "D01"
aliases = ["Amt 50", "Sozialamt"]

[[office]]
code = "A53"
name_de = "Gesundheitsamt"
kind = "office"
parent = "D05"
"""


@pytest.fixture
def admin(chat: Conversation) -> Conversation:
    return replace(chat, person=ADMIN)


async def test_everybody_with_access_reads_the_tree(chat: Conversation) -> None:
    assert await chat.says("/aemter") == f"{TREE_DE}\n[D01] [D05]"
    assert await chat.taps("D05") == (
        "D05 · Soziales und Bildung\nDezernat\nDeutscher Name: Soziales und Bildung\nEnglischer Name: Social Affairs\n"
        "[A50] [A51]\n[Alle Ämter]"
    )
    assert await replace(chat, language="en").says("/offices Sozialamt") == (
        "A50 · Social Services Office\nOffice\nGerman name: Amt für Soziales\nEnglish name: Social Services Office\n"
        "Below: D05 · Social Affairs\nOther names: Amt 50, Sozialamt\n[All offices]"
    )
    assert await chat.says("/aemter Geheimamt") == "Ein Amt „Geheimamt“ kenne ich nicht.\n[Alle Ämter]"


async def test_an_administrator_renames_an_office_and_takes_it_back(admin: Conversation) -> None:
    await admin.says("/aemter A50")
    assert await admin.taps("✎ Deutscher Name") == (
        "A50 · Amt für Soziales\nBitte schreiben Sie den deutschen Namen.\n"
        "Ich warte 15 Minuten darauf. /abbrechen beendet die Eingabe.\n[Abbrechen]"
    )
    assert await admin.says("Sozialreferat") == (
        "A50 · Amt für Soziales\nA50 · Deutscher Name: Amt für Soziales → Sozialreferat\n\n"
        "So speichern?\n[✓ Speichern]\n[✕ So lassen]"
    )
    await admin.taps("✓ Speichern")
    saved = admin.shown
    assert (await admin.says("/offen A50")).splitlines()[0].startswith("A50 · Sozialreferat:")
    admin.shown = saved
    await admin.taps("↶ Rückgängig")
    assert (await admin.says("/offen A50")).splitlines()[0].startswith("A50 · Amt für Soziales:")


async def test_an_office_moves_with_all_that_is_open_for_it(admin: Conversation) -> None:
    assert "[Q1]" not in await admin.says("/offen D01")
    await admin.says("/aemter A50")
    assert await admin.taps("✎ Gehört zu") == (
        "A50 · Amt für Soziales\nWohin gehört es?\n[D01 · Oberbürgermeister]\n[D05 · Soziales und Bildung]\n"
        "[Ganz oben]\n[Abbrechen] [Ämter]"
    )
    await admin.taps("D01 · Oberbürgermeister")
    await admin.taps("✓ Speichern")

    assert "[Q1]" in await admin.says("/offen D01")


async def test_aliases_are_written_with_commas(admin: Conversation) -> None:
    await admin.says("/aemter A50")
    await admin.taps("✎ Weitere Namen")
    assert "Weitere Namen: Amt 50, Sozialamt → Sozialamt, Hilfeamt" in await admin.says("Sozialamt, Hilfeamt ,")
    await admin.taps("✓ Speichern")

    assert (await admin.says("/offen Hilfeamt")).startswith("A50")


async def test_a_pasted_text_adds_and_changes_and_takes_nothing_away(admin: Conversation) -> None:
    assert await admin.says(TEXT) == (
        "Ämter\nA50 · Deutscher Name: Amt für Soziales → Amt für Soziales und Integration\n"
        "A50 · Englischer Name: Social Services Office → –\n"
        "A50 · Gehört zu: D05 · Soziales und Bildung → D01 · Oberbürgermeister\n"
        "Neu: A53 Gesundheitsamt\n\nSo speichern?\n[✓ Speichern]\n[✕ So lassen]"
    )
    await admin.taps("✓ Speichern")

    tree = await admin.store.offices()
    assert [office.code for office in tree] == ["D01", "D05", "A11", "A50", "A51", "A53"]
    assert tree["A53"] == Office(code="A53", name_de="Gesundheitsamt", kind=OfficeKind.OFFICE, parent="D05")
    assert "Das ist bereits so." in await admin.says(TEXT)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[office]]\ncode = "A50\n', "Zeile 2 ist nicht so geschrieben, wie es ein Ämterverzeichnis verlangt"),
        ('[[office]]\ncode = "A1"\nkind = "quark"\n', "Zeile 1 ist nicht so geschrieben"),
        ("[[office]]\nx = " + "[" * 2000, "In diesem Text finde ich keine Ämter."),
        (
            '[[office]]\ncode = "A1"\nkind = "office"\nparent = "A2"\n'
            '[[office]]\ncode = "A2"\nkind = "office"\nparent = "A1"',
            "Zeile 1 ist nicht so geschrieben",
        ),
    ],
)
async def test_a_text_that_is_no_tree_is_refused_with_an_example(admin: Conversation, text: str, told: str) -> None:
    answer = await admin.says(f"/aemter\n{text}")

    assert told in answer.splitlines()[0]
    assert "Jedes Amt wird so geschrieben:" in answer


async def test_nobody_else_changes_it(chat: Conversation, admin: Conversation) -> None:
    assert await chat.says(TEXT) == "Das darf nur die Administration.\n[Hilfe]"
    await admin.says("/aemter A50")
    theirs = replace(chat, person=READER)
    theirs.shown = admin.shown

    assert "[✎" not in await chat.says("/aemter A50")
    assert (
        await theirs.taps("✎ Deutscher Name") == "(Diese Schaltfläche passt nicht mehr. Bitte fragen Sie noch einmal.)"
    )


async def test_what_was_changed_meanwhile_is_shown_anew(admin: Conversation) -> None:
    await admin.says(TEXT)
    first = admin.shown
    await admin.says("/aemter A51")
    await admin.taps("✎ Deutscher Name")
    await admin.says("Amt für Jugend")
    await admin.taps("✓ Speichern")
    admin.shown = first

    assert (await admin.taps("✓ Speichern")).startswith("⚠ Das wurde inzwischen geändert.")
    await admin.taps("✓ Speichern")
    tree = await admin.store.offices()
    assert (tree["A50"].name_de, tree["A51"].name_de) == ("Amt für Soziales und Integration", "Amt für Jugend")
