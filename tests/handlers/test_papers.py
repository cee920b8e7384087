"""Coordination keeps council papers and programmes: steps, mandates, results, dates, decisions."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from registry.people import Role
from registry.visibility import Clearance
from tests.handlers.conversing import ADMIN, EDITOR, GROUP, Conversation, a_city

COORDINATOR, COLLEAGUE = 7_004, 7_005
HEADING = "0112/23 · Bewerbung um das Programm Beispielstadt\n"
REFUSED_DE = "Das darf nur die Koordination. Bitte wenden Sie sich an sie.\n[Hilfe]"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with a_city(tmp_path, non_public=Clearance.CONTENT) as chat:
        await chat.store.people.set_role(COORDINATOR, Role.COORDINATOR)
        await chat.store.people.set_role(COLLEAGUE, Role.COORDINATOR)
        yield replace(chat, person=COORDINATOR)


async def test_what_can_be_made_anew_is_offered(desk: Conversation) -> None:
    assert await desk.says("/neu") == (
        "Was ist neu?\n"
        "Wählen Sie, oder schreiben Sie es hinter /neu.\n"
        "[Maßnahme] [Frageliste]\n"
        "[Beratungsschritt] [Auftrag]\n"
        "[Termin]\n"
        "[Hilfe]"
    )
    assert (await desk.says("/neu haus")).startswith("„haus“ kann ich nicht anlegen.\n")
    assert (await replace(desk, language="en").says("/new")).startswith("What is new?\n")


async def test_a_step_is_added_with_a_warning_of_the_deadline_it_comes_too_late_for(desk: Conversation) -> None:
    assert await desk.says("/neu schritt 0112/23 Hauptausschuss 14.12.2026") == (
        f"{HEADING}Was tut das Gremium damit?\n[Vorberatung] [Entscheidung]\n[Anhörung] [Kenntnisnahme]\n[0112/23]"
    )
    assert await desk.taps("Entscheidung") == (
        f"{HEADING}Ist die Sitzung öffentlich?\n[öffentlich] [nicht öffentlich]\n[0112/23]"
    )
    changed = (
        "Hauptausschuss · Mo., 14.12.2026 · Entscheidung · öffentlich\n"
        "⚠ Ende der Bewerbungsfrist: Fr., 04.12.2026 – bevor Stadtrat am Mi., 09.12.2026 entscheiden kann."
    )
    assert await desk.taps("öffentlich") == (f"{HEADING}{changed}\n\nSo speichern?\n[✓ Speichern]\n[✕ Nicht speichern]")
    assert await desk.taps("✓ Speichern") == (
        f"(Gespeichert.)\n\n✓ Gespeichert.\n{HEADING}{changed}\n[↶ Rückgängig] [0112/23]"
    )
    await desk.taps("↶ Rückgängig")
    assert "Hauptausschuss" not in await desk.says("0112/23")


async def test_a_step_in_english(desk: Conversation) -> None:
    english = replace(desk, language="en")

    await english.says("/new step 0112/23 Youth committee 02.12.2026")
    await english.taps("hearing")
    shown = await english.taps("public")

    assert shown == (
        "0112/23 · Application for the programme\n"
        "Youth committee · Wed, 2 Dec 2026 · hearing · public\n"
        "⚠ Ende der Bewerbungsfrist ends on Fri, 4 Dec 2026, before Stadtrat can decide on Wed, 9 Dec 2026.\n"
        "\n"
        "Save this?\n"
        "[✓ Save]\n"
        "[✕ Do not save]"
    )


async def test_a_non_public_step_says_that_it_hides_the_whole_paper(desk: Conversation) -> None:
    await desk.says("/neu schritt 0112/23 Hauptausschuss 14.12.2026")
    await desk.taps("Vorberatung")
    shown = await desk.taps("nicht öffentlich")

    assert "⚠ Ein nicht öffentlicher Schritt macht die ganze Drucksache nicht öffentlich." in shown
    await desk.taps("✓ Speichern")
    reader = replace(desk, person=7_002)
    assert "0112/23 finde ich im Register nicht." in await reader.says("0112/23")


async def test_a_mandate_gets_its_office_and_its_date_and_then_its_result(desk: Conversation) -> None:
    await desk.says("/neu auftrag 0112/23 Kosten ermitteln")
    await desk.taps("✎ Zuständige Stelle")
    await desk.says("Personalamt")
    await desk.taps("✎ Frist")
    assert await desk.says("31.01.") == (
        f"{HEADING}"
        "Auftrag 2 · Kosten ermitteln · A11 · bis So., 31.01.2027 (in 47 Arbeitstagen)\n"
        "\n"
        "So speichern?\n"
        "[✓ Speichern]\n[✎ Zuständige Stelle]\n[✎ Frist]\n"
        "[✕ Nicht speichern]"
    )
    await desk.taps("✓ Speichern")
    assert "Kosten ermitteln" in await desk.says("/offen A11 Aufträge")

    assert await desk.says("/auftrag 0112/23") == (
        "Was ist mit dem Auftrag?\nWann er fällig ist, oder was dabei herauskam?\n[Frist] [Ergebnis]"
    )
    assert await desk.taps("Ergebnis") == f"{HEADING}Welcher Auftrag?\n[Auftrag 1] [Auftrag 2]\n[0112/23]"
    await desk.taps("Auftrag 2")
    await desk.says("Zehntausend im Jahr")
    await desk.taps("✓ Speichern")
    assert "Ergebnis vom Mo., 23.11.2026: Zehntausend im Jahr" in await desk.says("0112/23")
    assert "Kosten ermitteln" not in await desk.says("/offen A11 Aufträge")


async def test_a_result_that_comes_late_says_what_it_missed(desk: Conversation) -> None:
    late = replace(desk, now=desk.now.replace(year=2027, month=1, day=11))

    assert await late.says("/auftrag 0112/23 ergebnis Die Stadt kann sich bewerben") == (
        f"{HEADING}"
        "Auftrag 1 · Die Bewerbung ist zu prüfen. · A50 · bis Do., 31.12.2026 · Bericht an: Sozialausschuss\n"
        "Ergebnis vom Mo., 11.01.2027: Die Stadt kann sich bewerben\n"
        "⚠ Der Auftrag war am Do., 31.12.2026 fällig.\n"
        "⚠ Ende der Bewerbungsfrist: schon am Fr., 04.12.2026 vorbei.\n"
        "\n"
        "So speichern?\n"
        "[✓ Speichern] [✎ Anderer Tag]\n"
        "[✕ Nicht speichern]"
    )


async def test_the_date_of_a_mandate_is_echoed_with_weekday_and_year(desk: Conversation) -> None:
    shown = await desk.says("/auftrag 0112/23 frist in 4 wochen")

    assert "bis Mo., 21.12.2026" in shown
    assert (await desk.taps("✓ Speichern")).startswith("(Gespeichert.)")


async def test_a_date_that_a_mandate_has_already_is_said_to_stand(desk: Conversation) -> None:
    assert await desk.says("/auftrag 0112/23 1 frist 31.12.2026") == (
        f"So steht es bereits im Register.\n{HEADING}[0112/23]"
    )


async def test_the_history_of_a_mandate_says_what_changed_in_it(desk: Conversation) -> None:
    await desk.says("/auftrag 0112/23 1 frist 11.01.2027")
    await desk.taps("✓ Speichern")
    await desk.says("/auftrag 0112/23 1 ergebnis Die Stadt kann sich bewerben")
    await desk.taps("✓ Speichern")

    told = (await desk.says("/verlauf 0112/23")).splitlines()[2:4]

    assert told == [
        "Mo., 23.11.2026, 09:00 Uhr · Aufträge · Auftrag 1: Ergebnis Die Stadt kann sich bewerben, "
        "Datum des Ergebnisses Mo., 23.11.2026 · Koordination",
        "Mo., 23.11.2026, 09:00 Uhr · Aufträge · Auftrag 1: Frist Do., 31.12.2026 → Mo., 11.01.2027 · Koordination",
    ]


async def test_a_programme_gets_a_decision_and_a_date(desk: Conversation) -> None:
    assert await desk.says("/beschluss BeSta Die Stadt nimmt teil") == (
        "BeSta · Beispielstadt für alle\n"
        "Entscheidung der Stadt:\n"
        "Die Stadt nimmt teil\n"
        "\n"
        "So speichern?\n"
        "[✓ Speichern]\n"
        "[✕ Nicht speichern]"
    )
    await desk.taps("✓ Speichern")
    await desk.says("/neu termin BeSta 05.01.2027 Auftakt")
    await desk.taps("Ein Termin ohne Frist")
    await desk.taps("✓ Speichern")

    card = await desk.says("BeSta")
    assert "Di., 05.01.2027 · Auftakt" in card
    assert "Entscheidung der Stadt\nDie Stadt nimmt teil" in card


async def test_what_is_not_possible_says_so_with_a_way_on(desk: Conversation) -> None:
    assert await desk.says("/beschluss 0112/23 nein") == (
        f"Bei dieser Art von Vorgang geht das nicht.\n{HEADING}[0112/23]"
    )
    assert (await desk.says("/auftrag 0112/23 9 frist 31.12.")).startswith("Diesen Auftrag hat die Drucksache nicht.")
    assert (await desk.says("/neu termin 0112/23 bald")).startswith("Ich brauche einen Tag und was an ihm geschieht")
    assert await desk.says("/neu schritt") == (
        "Welche Drucksache?\nZum Beispiel: /neu schritt 0112/23 Sozialausschuss 02.12.2026\n[Drucksachen] [Hilfe]"
    )


async def test_only_coordination_does_any_of_it(desk: Conversation) -> None:
    editor = replace(desk, person=EDITOR)
    said = ("/neu auftrag 0112/23 x", "/auftrag 0112/23 frist 31.12.", "/beschluss BeSta ja")

    assert [await editor.says(words) for words in said] == [REFUSED_DE] * len(said)


async def test_a_hidden_paper_and_an_unknown_one_look_the_same(tmp_path: Path) -> None:
    async with a_city(tmp_path, with_secrets=True, non_public=Clearance.CONTENT) as chat:
        group = replace(chat, person=ADMIN, chat=GROUP)
        await group.says("/admit")

        for command in ("/neu auftrag {} Prüfen", "/auftrag {} frist 31.12.", "/beschluss {} ja"):
            hidden, unknown = [await group.says(command.format(ref)) for ref in ("0731/26", "0999/26")]
            assert hidden.replace("0731/26", "0999/26") == unknown


async def test_a_paper_changed_in_between_is_shown_anew(desk: Conversation) -> None:
    await desk.says("/auftrag 0112/23 frist 15.01.2027")
    other = replace(desk, person=COLLEAGUE)
    await other.says("/auftrag 0112/23 frist 20.01.2027")
    await other.taps("✓ Speichern")

    shown = await desk.taps("✓ Speichern")
    assert shown.startswith("⚠ Der Vorgang wurde inzwischen geändert.")
    assert "Vorher: bis Mi., 20.01.2027" in shown
