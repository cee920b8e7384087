"""Evaluation rounds in conversations: opened, reported measure by measure, closed, opened again, compared."""

from dataclasses import replace
from datetime import date

import pytest

from registry.measures import Measure, Status
from registry.people import Reader, Role
from registry.reading import Form, Reading
from registry.rounds import EvaluationRound, RoundState
from registry.visibility import Clearance
from tests.handlers.a_register import CONCEPT, IMPORTED_AT, SECRET
from tests.handlers.conversing import ADMIN, EDITOR, GROUP, READER, Conversation

COORDINATOR, COLLEAGUE, YOUTH = 7_005, 7_006, 7_007
OPENING = "/runde eröffnen 31.10.2026 bis 16.01.2027"
EVERYTHING = Reader(person=0, chat=0, role=Role.ADMIN, clearance=Clearance.CONTENT)

PREVIEW = """\
Integrationskonzept, Stichtag Sa., 31.10.2026
Die Ämter melden bis Sa., 16.01.2027.
⚠ Das ist kein Arbeitstag.
Gefragt wird nach 3 Maßnahmen.

Diese Evaluation eröffnen?
[✓ Eröffnen]
[✕ So lassen]"""
OPENED = """\
(Gespeichert.)

✓ Die Evaluation ist eröffnet.
Integrationskonzept, Stichtag Sa., 31.10.2026
Die Ämter melden bis Sa., 16.01.2027, jeweils mit /runde.
[Stand der Meldungen] [Abschließen]"""
NEXT = """\
A50: 0 von 2 gemeldet
Stand 31.10.2026 · bis Sa., 16.01.2027 (in 37 Arbeitstagen)

1.5.M1 · WLAN in allen Unterkünften
◐ teilweise umgesetzt · Stand 30.06.2026
Zwei von fünf Häusern sind angeschlossen.

Wie ist der Stand zum 31.10.2026?
[✓ Unverändert] [✎ Neuer Text]
[● voll] [◐ teilweise]
[○ nicht] [✕ verworfen]
[Später ›] [1.5.M1]
[Stand der Meldungen]"""
UNCHANGED = """\
(Gespeichert.)

✓ Gespeichert.
1.5.M1 · WLAN in allen Unterkünften
Stand: Di., 30.06.2026 → Sa., 31.10.2026
Status und aktueller Stand bleiben, wie sie sind.
[↶ Rückgängig] [1.5.M1]
[Nächste Maßnahme ›]"""
PROGRESS = """\
Evaluation zum 31.10.2026: 0 von 3 Maßnahmen gemeldet
Integrationskonzept · bis Sa., 16.01.2027 (in 37 Arbeitstagen)

A50: 0 von 2 gemeldet
A51: 0 von 1 gemeldet
[A50] [A51]
[Melden] [Vergleichen]
[Abschließen]"""


@pytest.fixture
async def city(chat: Conversation) -> Conversation:
    """Kim of coordination, where an evaluation as of 30 June was imported; the others are Kim, too."""
    people = chat.store.people
    await people.set_role(COORDINATOR, Role.COORDINATOR)
    await people.set_role(COLLEAGUE, Role.COORDINATOR)
    await people.set_role(YOUTH, Role.EDITOR, ("A51",))
    await lay_round(chat, EvaluationRound(concept=CONCEPT, as_of=date(2026, 6, 30)), public=True)
    return replace(chat, person=COORDINATOR)


@pytest.fixture
async def opened(city: Conversation) -> Conversation:
    await city.says(OPENING)
    await city.taps("✓ Eröffnen")
    return city


async def lay_round(chat: Conversation, one: EvaluationRound, *, public: bool) -> None:
    reading = Reading(source="evaluation.txt", form=Form.EVALUATION, rounds=(one,))
    await chat.store.apply(reading, public=public, by="operator", at=IMPORTED_AT)


async def measure(chat: Conversation, number: str) -> Measure:
    found = await chat.store.register(EVERYTHING).measure(number)
    assert found is not None
    return found


async def said_in(chat: Conversation, as_of: date) -> dict[str, tuple[Status, str]]:
    """What a round says of each measure."""
    register = chat.store.register(EVERYTHING)
    one = next(one for one in await register.rounds() if one.as_of == as_of)
    return {report.number: (report.status, report.current_state) for report in await register.reported(one)}


async def report_everything(city: Conversation) -> None:
    for status in ("1.5.M1 voll Fertig", "1.5.M2 voll", "2.1.M2 teil Kurse laufen"):
        await city.says(f"/status {status}")
        await city.taps("✓ Speichern")


async def test_a_round_is_opened_with_its_dates_echoed(city: Conversation) -> None:
    assert await city.says(OPENING) == PREVIEW
    assert await city.taps("✓ Eröffnen") == OPENED
    assert await city.says("/runde") == PROGRESS


async def test_a_round_is_opened_step_by_step(city: Conversation) -> None:
    asks_as_of = await city.says("/round open")
    asks_again = await city.says("demnächst")
    asks_due = await city.says("31.10.")
    too_early = await city.says("gestern")
    preview = await city.says("16.01.2027")

    waits = "Ich warte 15 Minuten darauf. /abbrechen beendet die Eingabe.\n[Abbrechen]"
    as_of = f"Zu welchem Stichtag sollen die Ämter melden? Zum Beispiel 31.12.2026.\n{waits}"
    due = (
        "Integrationskonzept, Stichtag Sa., 31.10.2026\n"
        f"Bis wann sollen die Ämter melden? Zum Beispiel 04.01.2027 oder in 6 Wochen.\n{waits}"
    )
    assert asks_as_of == f"Integrationskonzept\n{as_of}"
    assert asks_again == f"Das Datum „demnächst“ verstehe ich nicht.\nIntegrationskonzept\n{as_of}"
    assert asks_due == due
    assert too_early == f"Die Frist muss noch bevorstehen und darf nicht vor dem Stichtag liegen.\n{due}"
    assert preview == PREVIEW


async def test_an_office_is_led_through_its_measures(opened: Conversation) -> None:
    editor = replace(opened, person=EDITOR)

    first = await editor.says("/runde")
    unchanged = await editor.taps("✓ Unverändert")
    second = await editor.taps("Nächste Maßnahme ›")
    await editor.taps("✎ Neuer Text")
    preview = await editor.says("Läuft in drei Häusern.")
    await editor.taps("✓ Speichern")
    done = await editor.taps("Nächste Maßnahme ›")

    assert (first, unchanged) == (NEXT, UNCHANGED)
    assert second.startswith("A50: 1 von 2 gemeldet\nStand 31.10.2026")
    assert preview == (
        "1.5.M2 · Beratung vor Ort\n"
        "Aktueller Stand:\nLäuft in drei Häusern.\n"
        "Stand: Di., 30.06.2026 → Sa., 31.10.2026\n"
        "Der Status bleibt ● vollständig umgesetzt.\n\n"
        "So speichern?\n[✓ Speichern] [✎ Text ändern]\n[✕ Nicht speichern]"
    )
    assert done == (
        "✓ Alles gemeldet. Vielen Dank!\n✓ A50: 2 von 2 gemeldet\n"
        "Stand 31.10.2026 · bis Sa., 16.01.2027 (in 37 Arbeitstagen)\n[Stand der Meldungen] [Was ist offen?]"
    )
    assert await said_in(opened, date(2026, 10, 31)) == {
        "1.5.M1": (Status.PARTLY, "Zwei von fünf Häusern sind angeschlossen."),
        "1.5.M2": (Status.FULLY, "Läuft in drei Häusern."),
    }


async def test_who_skips_a_measure_comes_to_the_next(opened: Conversation) -> None:
    editor = replace(opened, person=EDITOR)
    await editor.says("/runde")

    second = await editor.taps("Später ›")
    first = await editor.taps("Später ›")

    assert "\n1.5.M2 · Beratung vor Ort\n" in second
    assert first == f"{NEXT}"


async def test_an_unclear_status_has_to_be_settled(opened: Conversation) -> None:
    youth = replace(opened, person=YOUTH)

    asked = await youth.says("/runde")
    await youth.taps("◐ teilweise")
    saved = await youth.taps("✓ Speichern")

    assert asked == (
        "A51: 0 von 1 gemeldet\nStand 31.10.2026 · bis Sa., 16.01.2027 (in 37 Arbeitstagen)\n\n"
        "2.1.M2 · Sprachkurse für Jugendliche\n◌ Status unklar · Stand 30.06.2026\n\n"
        "Der Status ist unklar. Welcher gilt?\n"
        "[● voll] [◐ teilweise]\n[○ nicht] [✕ verworfen]\n[2.1.M2]\n[Stand der Meldungen]"
    )
    assert "Status: ◌ Status unklar → ◐ teilweise umgesetzt" in saved
    assert (await measure(opened, "2.1.M2")).status is Status.PARTLY


async def test_a_confirmation_that_is_taken_back_counts_no_more(opened: Conversation) -> None:
    editor = replace(opened, person=EDITOR)
    await editor.says("/runde")
    await editor.taps("✓ Unverändert")

    await editor.taps("↶ Rückgängig")

    assert await editor.says("/runde") == NEXT
    assert await said_in(opened, date(2026, 10, 31)) == {}
    assert (await measure(opened, "1.5.M1")).as_of == date(2026, 6, 30)


async def test_what_changed_meanwhile_is_not_confirmed_unseen(opened: Conversation) -> None:
    editor = replace(opened, person=EDITOR)
    await editor.says("/runde")
    await opened.says("/status 1.5.M1 voll Alle Häuser")
    await opened.taps("✓ Speichern")

    told = await editor.taps("✓ Unverändert")

    assert "✓ Gespeichert." not in told
    assert (await measure(opened, "1.5.M1")).current_state == "Alle Häuser"


async def test_nothing_is_confirmed_where_no_round_is_open(opened: Conversation) -> None:
    editor = replace(opened, person=EDITOR)
    await opened.says("/status 1.5.M2 voll Fertig")
    await opened.taps("✓ Speichern")
    await editor.says("/runde")
    await opened.says("/runde schließen")
    await opened.taps("✓ Abschließen")

    told = await editor.taps("✓ Unverändert")

    assert told == (
        "Zurzeit läuft keine Evaluation; es gibt nichts zu bestätigen.\n1.5.M1 · WLAN in allen Unterkünften\n[1.5.M1]"
    )


async def test_a_closed_round_never_changes(opened: Conversation) -> None:
    await report_everything(opened)
    closing = await opened.says("/runde schließen")
    closed = await opened.taps("✓ Abschließen")
    before = await said_in(opened, date(2026, 10, 31))
    await opened.says("/status 1.5.M1 nicht Alles abgebaut")
    await opened.taps("✓ Speichern")

    assert closing == (
        "Integrationskonzept, Stichtag Sa., 31.10.2026\nEvaluation zum 31.10.2026: 3 von 3 Maßnahmen gemeldet\n"
        "Was darin steht, bleibt so, solange die Koordination sie nicht wieder öffnet.\n\n"
        "Diese Evaluation abschließen?\n[✓ Abschließen]\n[✕ So lassen]"
    )
    assert closed == (
        "(Gespeichert.)\n\n✓ Die Evaluation ist abgeschlossen.\n"
        "Integrationskonzept, Stichtag Sa., 31.10.2026\n[Stand der Meldungen] [Vergleichen]\n[Wieder öffnen]"
    )
    assert before["1.5.M1"] == (Status.FULLY, "Fertig")
    assert await said_in(opened, date(2026, 10, 31)) == before
    assert (await measure(opened, "1.5.M1")).as_of == opened.now.date()


async def test_closing_names_who_has_not_reported(opened: Conversation) -> None:
    await opened.says("/status 1.5.M1 voll Fertig")
    await opened.taps("✓ Speichern")

    closing = await opened.says("/runde schließen")

    assert "Evaluation zum 31.10.2026: 1 von 3 Maßnahmen gemeldet\n" in closing
    assert "\nEs fehlen noch Meldungen von: A50, A51\n" in closing


async def test_a_round_nobody_reported_in_is_taken_back_by_closing(opened: Conversation) -> None:
    closing = await opened.says("/runde schließen")
    closed = await opened.taps("✓ Abschließen")

    assert "Es wurde noch nichts gemeldet; die Evaluation wird deshalb zurückgenommen." in closing
    assert "↶ Die Evaluation ist zurückgenommen." in closed
    assert await opened.says(OPENING) == PREVIEW


async def test_a_round_is_opened_again_with_a_reason(opened: Conversation) -> None:
    await report_everything(opened)
    await opened.says("/runde schließen")
    await opened.taps("✓ Abschließen")

    await opened.taps("Wieder öffnen")
    preview = await opened.says("Das Jugendamt reicht Zahlen nach.")
    await opened.taps("✓ Wieder öffnen")
    shown = await opened.says("/runde")

    assert preview == (
        "Integrationskonzept, Stichtag Sa., 31.10.2026\n"
        "Die Ämter können wieder melden; bis dahin bleibt, was sie gemeldet haben.\n"
        "Grund: Das Jugendamt reicht Zahlen nach.\n\n"
        "Diese Evaluation wieder öffnen?\n[✓ Wieder öffnen]\n[✕ So lassen]"
    )
    assert shown.splitlines()[2] == "Wieder geöffnet: Das Jugendamt reicht Zahlen nach."


async def test_a_report_between_showing_and_closing_is_shown_before_anything_is_closed(opened: Conversation) -> None:
    shown = await opened.says("/runde schließen")
    screen = opened.shown
    await report_everything(opened)

    opened.shown = screen
    anew = await opened.taps("✓ Abschließen")
    closed = await opened.taps("✓ Abschließen")

    assert "Es wurde noch nichts gemeldet" in shown
    assert anew.startswith("⚠ In der Zwischenzeit wurde etwas gemeldet oder zurückgenommen. So wäre es jetzt:\n\n")
    assert "Evaluation zum 31.10.2026: 3 von 3 Maßnahmen gemeldet" in anew
    assert "✓ Die Evaluation ist abgeschlossen." in closed


async def test_a_report_that_is_taken_back_before_closing_is_shown(opened: Conversation) -> None:
    await opened.says("/status 1.5.M1 voll Fertig")
    await opened.taps("✓ Speichern")
    saved = opened.shown
    await opened.says("/runde schließen")
    closing = opened.shown
    opened.shown = saved
    await opened.taps("↶ Rückgängig")

    opened.shown = closing
    anew = await opened.taps("✓ Abschließen")

    assert anew.startswith("⚠ In der Zwischenzeit")
    assert "Es wurde noch nichts gemeldet; die Evaluation wird deshalb zurückgenommen." in anew


async def test_taking_back_an_opening_notices_a_report_as_well(opened: Conversation) -> None:
    await opened.says("/rueckgaengig")
    asked = opened.shown
    await report_everything(opened)

    opened.shown = asked
    anew = await opened.taps("↶ Rückgängig")

    assert "3 von 3 Maßnahmen gemeldet" in anew
    assert (await opened.store.register(EVERYTHING).rounds())[0].state is RoundState.OPEN


async def test_a_round_whose_due_date_has_passed_is_opened_again_with_a_new_one(opened: Conversation) -> None:
    await report_everything(opened)
    await opened.says("/runde schließen")
    await opened.taps("✓ Abschließen")
    later = replace(opened, now=opened.now.replace(year=2027, month=2, day=1))

    await later.says("/runde wiedereröffnen 31.10.2026")
    asked = await later.says("Das Jugendamt reicht Zahlen nach.")
    again = await later.says("20.01.2027")
    preview = await later.says("26.02.2027")
    in_one = await later.says("/runde wiedereröffnen 31.10.2026 bis 26.02.2027")
    unread = await later.says("/runde wiedereröffnen bis Quark")
    await later.says("/abbrechen")
    await later.says("/runde wiedereröffnen bis 26.02.2027")
    await later.says("Zahlen fehlen")
    await later.taps("✓ Wieder öffnen")

    assert "Bis wann sollen die Ämter melden?" in asked
    assert again.startswith("Die Frist muss noch bevorstehen")
    assert "\nDie Ämter melden bis Fr., 26.02.2027.\n" in preview
    assert "Warum soll sie wieder geöffnet werden?" in in_one
    assert "„Quark“" in unread
    assert (await later.store.register(EVERYTHING).rounds())[0].due_on == date(2027, 2, 26)


async def test_what_is_so_already_offers_its_opposite(opened: Conversation) -> None:
    await report_everything(opened)
    await opened.says("/runde schließen")
    await opened.taps("✓ Abschließen")

    closed = await opened.says("/runde schließen")
    asked = await opened.taps("Wieder öffnen")

    assert closed.splitlines()[0] == "Diese Evaluation ist bereits abgeschlossen."
    assert "Warum soll sie wieder geöffnet werden?" in asked


async def test_a_round_before_another_stays_as_it_is(opened: Conversation) -> None:
    told = await opened.says("/runde wiedereröffnen 30.06.2026")

    assert told.splitlines()[0] == "Danach gab es eine weitere Evaluation; diese bleibt deshalb, wie sie ist."


async def test_two_rounds_are_compared(opened: Conversation) -> None:
    await report_everything(opened)

    assert await opened.says("/runde vergleichen") == (
        "Vom 30.06.2026 zum 31.10.2026: Integrationskonzept\n2 verändert · 1 gleich geblieben\n\n"
        "Verändert\n"
        "1.5.M1 · WLAN in allen Unterkünften · ◐ teilweise umgesetzt → ● vollständig umgesetzt\n"
        "2.1.M2 · Sprachkurse für Jugendliche · ◌ Status unklar → ◐ teilweise umgesetzt\n"
        "[1.5.M1] [2.1.M2]\n[Stand der Meldungen]"
    )


async def test_what_nobody_reported_is_not_said_to_be_gone(opened: Conversation) -> None:
    editor = replace(opened, person=EDITOR)
    await editor.says("/runde")
    await editor.taps("✓ Unverändert")

    compared = await editor.says("/round compare")

    assert compared.splitlines()[1] == "1 gleich geblieben · 1 mit gleichem Text · 2 nicht gemeldet"


async def test_a_second_coordinator_sees_that_a_round_is_open(city: Conversation) -> None:
    other = replace(city, person=COLLEAGUE)
    await city.says(OPENING)
    await other.says(OPENING)
    await city.taps("✓ Eröffnen")

    told = await other.taps("✓ Eröffnen")

    assert told.splitlines()[0] == "Zu diesem Konzept läuft bereits eine Evaluation. Bitte schließen Sie diese zuerst."
    register = city.store.register(EVERYTHING)
    assert [(one.as_of, one.state) for one in await register.rounds()] == [
        (date(2026, 10, 31), RoundState.OPEN),
        (date(2026, 6, 30), RoundState.CLOSED),
    ]


@pytest.mark.parametrize("words", ["eröffnen 31.10.2026 bis 16.01.2027", "schließen", "wiedereröffnen"])
async def test_office_staff_neither_open_nor_close_rounds(opened: Conversation, words: str) -> None:
    told = await replace(opened, person=EDITOR).says(f"/runde {words}")

    assert told == "Das darf nur die Koordination. Bitte wenden Sie sich an sie.\n[Hilfe]"


async def test_who_lost_the_role_opens_no_round(city: Conversation) -> None:
    await city.says(OPENING)
    await city.store.people.set_role(COORDINATOR, Role.EDITOR, ("A50",))

    told = await city.taps("✓ Eröffnen")

    assert "Die Evaluation ist eröffnet" not in told
    assert [one.as_of for one in await city.store.register(EVERYTHING).rounds()] == [date(2026, 6, 30)]


async def test_readers_have_no_part_in_rounds(opened: Conversation) -> None:
    told = await replace(opened, person=READER).says("/runde")

    assert told == "Ihre Rolle erlaubt das nicht. Bitte wenden Sie sich an Ihre Administration.\n[Hilfe]"


async def test_the_round_speaks_english(city: Conversation) -> None:
    english = replace(city, language="en")

    preview = await english.says("/round open 31.10.2026 due 15.01.2027")
    await english.taps("✓ Open the round")
    asked = await replace(english, person=EDITOR).says("/round")

    assert preview == (
        "Integrationskonzept as of Sat, 31 Oct 2026\nOffices report by Fri, 15 Jan 2027.\n"
        "3 measures are asked about.\n\nOpen this evaluation round?\n[✓ Open the round]\n[✕ Leave it]"
    )
    assert asked == (
        "A50: 0 of 2 reported\nas of 31 Oct 2026 · by Fri, 15 Jan 2027 (in 37 working days)\n\n"
        "1.5.M1 · Wi-Fi in all homes\n◐ partly implemented · as of 30 Jun 2026\n"
        "Zwei von fünf Häusern sind angeschlossen.\n\nHow does it stand as of 31 Oct 2026?\n"
        "[✓ Unchanged] [✎ New text]\n[● full] [◐ partly]\n[○ not] [✕ discarded]\n[Later ›] [1.5.M1]\n[Progress]"
    )


async def test_a_hidden_concept_and_its_round_are_told_to_nobody_uncleared(opened: Conversation) -> None:
    plain = [await opened.says(words) for words in ("/runde", "/runde A50", "/runde vergleichen", "/runde next")]
    await opened.store.apply(SECRET, public=False, by="operator", at=IMPORTED_AT)
    hidden = EvaluationRound(concept="Geheimkonzept", as_of=date(2026, 11, 1), state=RoundState.OPEN)
    await lay_round(opened, hidden, public=False)
    unknown = await opened.says("/runde zeige Quatschkonzept")

    assert [
        await opened.says(words) for words in ("/runde", "/runde A50", "/runde vergleichen", "/runde next")
    ] == plain
    assert await opened.says("/runde zeige Geheimkonzept") == unknown.replace("Quatschkonzept", "Geheimkonzept")


async def test_a_group_sees_how_far_offices_are(opened: Conversation) -> None:
    group = replace(opened, chat=GROUP)
    await replace(group, person=ADMIN).says("/admit")

    assert await group.says("/runde") == PROGRESS
    assert await replace(group, person=EDITOR).says("/runde") == NEXT
