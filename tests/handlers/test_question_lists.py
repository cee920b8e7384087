"""Lists of questions typed or pasted in the chat, routed in one go."""

import re
from dataclasses import replace

import pytest

from registry.people import Role
from tests.handlers.conversing import EDITOR, GROUP, Conversation

COORDINATOR = 7_104

ASKS_FOR_ORIGINATOR_EN = """\
Questions on the budget · Wed, 2 Dec 2026
Who asks the questions? For example: Fraktion Beispiel
I wait for it for 15 minutes. /cancel gives it up.
[Cancel]"""

ASKS_FOR_QUESTIONS_DE = """\
Fragen zum Haushalt · Fraktion Beispiel · Mi., 02.12.2026
Bitte senden Sie jetzt die Fragen, jede in einer Zeile; darunter, wer zuarbeitet: V: D05/ A50
[✕ Nicht importieren]"""

NO_DATE_DE = """\
Das Datum „quark“ verstehe ich nicht.
Fragen zum Haushalt · Fraktion Beispiel
Von welchem Tag ist die Liste? Zum Beispiel: 02.12.2026
Ich warte 15 Minuten darauf. /abbrechen beendet die Eingabe.
[Abbrechen]"""

QUESTIONS = """\
1. Wie viele Stellen sind frei?
2. Was kostet das?
V: D01/ A11// D05/ A50
Wer macht das?
V: D05/ A57
Wann?"""


@pytest.fixture
async def coordination(chat: Conversation) -> Conversation:
    await chat.store.people.set_role(COORDINATOR, Role.COORDINATOR)
    return replace(chat, person=COORDINATOR)


async def test_a_list_is_asked_for_step_by_step_and_routed_in_one_go(coordination: Conversation) -> None:
    await coordination.says("/neu fragen")
    await coordination.says("Fragen zum Haushalt")
    await coordination.says("Fraktion Beispiel")
    assert await coordination.says("quark") == NO_DATE_DE
    assert await coordination.says("2.12.2026") == ASKS_FOR_QUESTIONS_DE
    received = await coordination.says(QUESTIONS)
    assert received.splitlines()[0].startswith("Erhalten: 1 Teil, ")

    shown = (await coordination.taps("✓ Fertig")).splitlines()
    assert shown[0].endswith(": Fragenliste")
    assert "4 Frageabsätze: 4 Fragen, 1 ohne Amt" in shown
    assert "[⚠ 2 Zweifel]" in shown
    await coordination.taps("Lieber öffentlich")
    await coordination.taps("✓ Öffentlich importieren")
    asked = await coordination.says("/offen Fraktion Beispiel Fragen")
    assert "15 Fragen offen" in asked.splitlines()[0]
    card = (await coordination.says("/zeige Q12")).splitlines()
    assert card[:4] == [
        "Q12 · Wie viele Stellen sind frei?",
        "○ offen",
        "A11 · Personal- und Organisationsamt · ○ ausstehend",
        "A50 · Amt für Soziales · ○ ausstehend",
    ]

    await coordination.says("/rueckgaengig")
    await coordination.taps("↶ Rückgängig")
    assert "11 Fragen offen" in (await coordination.says("/offen Fraktion Beispiel Fragen")).splitlines()[0]


async def test_a_list_that_is_pasted_lacks_only_what_it_does_not_say(coordination: Conversation) -> None:
    english = replace(coordination, language="en")
    text = "Question list: Questions on the budget\nDate: 2.12.2026\nWhat does it cost?\nV: D01/ A11"

    assert await english.says(f"/new inquiries\n{text}") == ASKS_FOR_ORIGINATOR_EN
    assert (await english.says("Fraktion Zwei")).splitlines() == [
        "Questions on the budget · Fraktion Zwei · Wed, 2 Dec 2026",
        "The questions are here. Is there more? Then just send it. Otherwise: Done.",
        "[✓ Done]",
        "[✕ Do not import]",
    ]
    assert "1 question paragraph: 1 question" in (await english.taps("✓ Done")).splitlines()


async def test_a_pasted_list_is_called_by_its_title_from_the_dry_run_to_its_undoing(coordination: Conversation) -> None:
    text = f"Fragenliste: Fragen zum Haushalt\nEinreicher: Fraktion Zwei\nDatum: 2.12.2026\n{QUESTIONS}"
    await coordination.says("/import")
    await coordination.says(text)

    unread = await coordination.taps("✓ Fertig")
    shown = await coordination.taps("Lieber öffentlich")
    imported = await coordination.taps("✓ Öffentlich importieren")
    asked = await coordination.says("/rueckgaengig")
    undone = await coordination.taps("↶ Rückgängig")

    # Who is not cleared is not told the words of what stays non-public, not even the title.
    assert re.fullmatch(r"text-[0-9a-f]{8}: Fragenliste", unread.splitlines()[0])
    assert shown.splitlines()[0] == "Fragen zum Haushalt: Fragenliste"
    assert imported.splitlines()[2] == "✓ Importiert: Fragen zum Haushalt"
    assert asked.splitlines()[:2] == ["Ihre letzte Änderung zurücknehmen?", "Import: Fragen zum Haushalt"]
    assert undone.splitlines()[2] == "↶ Zurückgenommen: Fragen zum Haushalt"


async def test_a_list_is_given_up_and_leaves_nothing(coordination: Conversation) -> None:
    await coordination.says("/neu fragen")

    assert (await coordination.says("/abbrechen")).splitlines()[0] == "Es wurde nichts geändert."
    assert "Einreicher" not in await coordination.says("Fragen zum Haushalt")


async def test_lists_are_made_by_coordination_alone_and_in_private(coordination: Conversation) -> None:
    refused = await replace(coordination, person=EDITOR).says("/neu fragen")
    await replace(coordination, person=7_001, chat=GROUP).says("/admit")
    in_group = await replace(coordination, chat=GROUP).says("/neu fragen")

    assert refused.splitlines()[0].startswith("Das darf nur die Koordination.")
    assert in_group.splitlines()[0] == "Fragenlisten nehme ich nur im privaten Chat entgegen."
