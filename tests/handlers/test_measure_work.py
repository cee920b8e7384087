"""Coordination edits measures, enters new ones, and says that a doubt is dealt with."""

from dataclasses import replace
from datetime import date

import pytest

from registry.deadlines import Deadline, DeadlineKind
from registry.measures import Measure, Status
from registry.people import Reader, Role
from registry.visibility import Clearance, Visibility
from tests.handlers.conversing import ADMIN, EDITOR, GROUP, Conversation

COORDINATOR = 7_005
EVERYTHING = Reader(person=0, chat=0, role=Role.ADMIN, clearance=Clearance.CONTENT)
NOT_ALLOWED = "Das darf nur die Koordination. Bitte wenden Sie sich an sie.\n[Hilfe]"
WAITS = "Ich warte 15 Minuten darauf. /abbrechen beendet die Eingabe.\n[Abbrechen]"
ASK = "So speichern?\n[✓ Speichern]\n[✎ Noch einmal schreiben]\n[✕ Nicht speichern]"


@pytest.fixture
async def city(chat: Conversation) -> Conversation:
    await chat.store.people.set_role(COORDINATOR, Role.COORDINATOR)
    return replace(chat, person=COORDINATOR)


async def measure(chat: Conversation, number: str) -> Measure | None:
    return await chat.store.register(EVERYTHING).measure(number)


async def test_a_deadline_is_shown_with_the_day_it_means(city: Conversation) -> None:
    preview = await city.says("/aendern 1.5.M2 Frist 4. Quartal 2027")
    saved = await city.taps("✓ Speichern")

    change = "1.5.M2 · Beratung vor Ort\nFrist: „fortlaufend“ → „4. Quartal 2027“ – bis Fr., 31.12.2027\n"
    assert preview == f"{change}\n{ASK}"
    assert saved == f"(Gespeichert.)\n\n✓ Gespeichert.\n{change}[↶ Rückgängig] [1.5.M2]"
    found = await measure(city, "1.5.M2")
    assert found is not None
    assert found.deadline == Deadline(text="4. Quartal 2027", kind=DeadlineKind.DATED, due_on=date(2027, 12, 31))


async def test_a_deadline_nobody_understands_is_kept_as_written_and_said_so(city: Conversation) -> None:
    preview = await city.says("/edit 1.5.M2 deadline sobald es geht")

    assert "→ „sobald es geht“ (nicht als Datum verstanden)\n" in preview


async def test_a_field_is_chosen_and_then_written(city: Conversation) -> None:
    chosen = await city.says("/aendern 1.5.M1")
    asked = await city.taps("Titel")
    preview = await city.says("WLAN in allen Häusern")
    await city.taps("✓ Speichern")

    assert chosen == (
        "1.5.M1 · WLAN in allen Unterkünften\nWas soll geändert werden?\n"
        "[Titel] [Text]\n[Federführung] [Beteiligte]\n[Externe Stellen] [Frist]\n[1.5.M1]"
    )
    assert asked == ("1.5.M1 · WLAN in allen Unterkünften\nBitte schreiben Sie den neuen Titel.\n" + WAITS)
    assert preview == (
        "1.5.M1 · WLAN in allen Unterkünften\nTitel: WLAN in allen Unterkünften → WLAN in allen Häusern\n"
        "Englischer Titel: Wi-Fi in all homes → –\n\n" + ASK
    )
    found = await measure(city, "1.5.M1")
    assert found is not None
    assert found.title == "WLAN in allen Häusern"


async def test_offices_are_named_as_people_call_them(city: Conversation) -> None:
    await city.says("/edit 1.5.M1 lead Sozialamt und Amt 51")
    await city.taps("✓ Speichern")
    await city.says("/edit 1.5.M1 beteiligt keine")
    await city.taps("✓ Speichern")

    found = await measure(city, "1.5.M1")
    assert found is not None
    assert (found.lead_offices, found.participating) == (("A50", "A51"), ())


async def test_an_office_with_and_in_its_name_is_one_office(city: Conversation) -> None:
    preview = await city.says("/edit 1.5.M1 lead Personal- und Organisationsamt")

    assert "\nFederführung: A50 → A11\n" in preview


async def test_an_office_nobody_knows_is_written_again(city: Conversation) -> None:
    told = await city.says("/edit 1.5.M1 lead Quatschamt")
    asked = await city.taps("✎ Noch einmal schreiben")
    preview = await city.says("A51")

    assert told == (
        "Ein Amt „Quatschamt“ kenne ich nicht.\n1.5.M1 · WLAN in allen Unterkünften\n"
        "[✎ Noch einmal schreiben]\n[1.5.M1]"
    )
    assert asked.endswith(WAITS)
    assert "\nFederführung: A50 → A51\n" in preview


async def test_a_moved_measure_is_the_new_offices_own(city: Conversation) -> None:
    await city.says("/edit 1.5.M2 lead A51")
    await city.taps("✓ Speichern")

    told = await replace(city, person=EDITOR).says("/status 1.5.M2 teil")

    assert told == (
        "1.5.M2 dürfen Sie nicht ändern.\nZuständig: A51. Die Koordination kann jeden Vorgang ändern.\n[1.5.M2]"
    )


@pytest.mark.parametrize("command", ["/edit 1.5.M1 titel Neu", "/doubt Q1 geklärt", "/new measure 1.5.M9 Neu"])
async def test_office_staff_do_none_of_this(city: Conversation, command: str) -> None:
    assert await replace(city, person=EDITOR).says(command) == NOT_ALLOWED


async def test_a_hidden_measure_is_edited_like_one_that_is_not(chat_with_secrets: Conversation) -> None:
    await chat_with_secrets.store.people.set_role(COORDINATOR, Role.COORDINATOR)
    group = replace(chat_with_secrets, person=COORDINATOR, chat=GROUP)
    await replace(group, person=ADMIN).says("/admit")

    hidden = await group.says("/edit 7.1.M1 titel Neu")

    assert hidden == (await group.says("/edit 7.9.M9 titel Neu")).replace("7.9.M9", "7.1.M1")


async def test_a_doubt_is_dealt_with_and_says_how(city: Conversation) -> None:
    before = await city.says("1.5.M1")
    preview = await city.says("/zweifel 1.5.M1 Der Bericht nennt die Zahlen.")
    await city.taps("✓ Speichern")
    after = await city.says("1.5.M1")
    history = await city.says("/verlauf Q1")

    assert preview == (
        "Q1 · WLAN in Unterkünften\nZweifel am Status: 1.5.M1 → –\n"
        "Der Zweifel an 1.5.M1 ist geklärt:\nDer Bericht nennt die Zahlen.\n\n"
        "So speichern?\n[✓ Speichern] [✎ Text ändern]\n[✕ Nicht speichern]"
    )
    doubt = "Dieser Status wird in Q1 angezweifelt.\n"
    assert doubt in before
    assert after == before.replace(doubt, "")
    assert "Zweifel am Status · Der Bericht nennt die Zahlen." in history


async def test_a_doubt_that_is_taken_back_stands_again(city: Conversation) -> None:
    await city.says("/doubt Q1 Geklärt")
    await city.taps("✓ Speichern")

    await city.taps("↶ Rückgängig")

    found = await measure(city, "1.5.M1")
    assert found is not None
    assert found.doubted_by == ("Q1",)


async def test_where_nobody_doubts_there_is_nothing_to_deal_with(city: Conversation) -> None:
    assert await city.says("/doubt 2.1.M2 Geklärt") == "Niemand bezweifelt den Status von 2.1.M2.\n[2.1.M2]"


async def test_a_new_measure_is_entered_step_by_step(city: Conversation) -> None:
    number = await city.says("/neu Maßnahme")
    title = await city.says("1.5.M9")
    lead = await city.says("Beratung im Stadtteil")
    unknown = await city.says("Quatschamt")
    deadline = await city.says("A50")
    preview = await city.says("Ende 2027")
    await city.taps("✓ Speichern")

    assert number == (
        "Welche Nummer soll die Maßnahme haben?\n"
        "Zum Beispiel: /neu Maßnahme 1.5.M9 Beratung im Stadtteil\n"
        "Drucksachen und Programme kommen mit ihrem Dokument; siehe /import.\n"
        "Ich warte 15 Minuten darauf. /abbrechen beendet die Eingabe.\n"
        "[Dokument einlesen] [Abbrechen]"
    )
    asks_lead = (
        "1.5.M9 · Beratung im Stadtteil\n"
        f"Welches Amt ist federführend? Bitte Kürzel oder Namen schreiben, mehrere mit Kommas.\n{WAITS}"
    )
    assert title == (f"1.5.M9 · neue Maßnahme\nWie heißt sie? Bitte schreiben Sie den Titel.\n{WAITS}")
    assert (lead, unknown) == (asks_lead, f"Ein Amt „Quatschamt“ kenne ich nicht.\n{asks_lead}")
    assert deadline == (
        "1.5.M9 · Beratung im Stadtteil\n"
        f"Welche Frist gilt? Zum Beispiel 31.12.2026, 4. Quartal 2026 oder fortlaufend.\n{WAITS}"
    )
    assert preview == (
        "1.5.M9 · Beratung im Stadtteil\nIntegrationskonzept\nFederführend: A50 · Amt für Soziales\n"
        "Frist: „Ende 2027“ – bis Fr., 31.12.2027\nSichtbarkeit: öffentlich\n\n"
        "So speichern?\n[✓ Speichern]\n[✕ Nicht speichern]"
    )
    assert await measure(city, "1.5.M9") == Measure(
        number="1.5.M9",
        concept="Integrationskonzept",
        title="Beratung im Stadtteil",
        lead_offices=("A50",),
        deadline=Deadline(text="Ende 2027", kind=DeadlineKind.DATED, due_on=date(2027, 12, 31)),
        status=Status.UNCLEAR,
        is_new=True,
        visibility=Visibility.PUBLIC,
    )


async def test_a_new_measure_is_taken_back(city: Conversation) -> None:
    await city.says("/new measure 1.5.M9 Beratung")
    await city.says("A50")
    await city.says("fortlaufend")
    await city.taps("✓ Speichern")

    await city.taps("↶ Rückgängig")

    assert await measure(city, "1.5.M9") is None


async def test_a_number_is_given_once(city: Conversation) -> None:
    for who in (city, other := replace(city, person=ADMIN)):
        await who.says("/new measure 1.5.M9 Beratung")
        await who.says("A50")
        await who.says("fortlaufend")
    await city.taps("✓ Speichern")

    told = await other.taps("✓ Speichern")

    assert told == (
        "Die Nummer 1.5.M9 ist vergeben.\n"
        "Bitte wählen Sie eine andere oder ändern Sie die Maßnahme mit /aendern.\n[1.5.M9] [Hilfe]"
    )


async def test_a_new_measure_is_entered_in_private(city: Conversation) -> None:
    group = replace(city, chat=GROUP)
    await replace(group, person=ADMIN).says("/admit")

    assert await group.says("/new measure 1.5.M9 Beratung") == (
        "Neue Maßnahmen tragen Sie im privaten Chat mit mir ein.\nBitte schreiben Sie mir dort.\n[Hilfe]"
    )


async def test_editing_speaks_english(city: Conversation) -> None:
    english = replace(city, language="en")

    assert await english.says("/edit 2.1.M2 lead A50, A51") == (
        "2.1.M2 · Language courses for young people\nLead office: A51 → A50, A51\n\n"
        "Save this?\n[✓ Save] [✎ Write it again]\n[✕ Do not save]"
    )
    assert await english.says("/edit 2.1.M2 colour blue") == (
        "I know no field “colour blue” of a measure.\nFor example: /edit 1.4.M1 deadline 31.12.2026\n[Choose a field]"
    )
