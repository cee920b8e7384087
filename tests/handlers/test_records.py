"""Records as cards, with their history, in both languages."""

from dataclasses import replace

from registry.inquiries import QuestionList
from registry.reading import Form, Reading
from registry.routing import Routing
from tests.handlers.a_register import IMPORTED_AT, PUBLIC
from tests.handlers.conversing import EDITOR, Conversation

MEASURE_DE = """\
1.5.M1 · WLAN in allen Unterkünften
◐ teilweise umgesetzt · Stand 30.06.2026
Dieser Status wird in Q1 angezweifelt.
Federführend: A50 · Amt für Soziales
Beteiligt: A11, Träger der Unterkünfte
Frist: „4. Quartal 2025“ – überfällig seit Mi., 31.12.2025
1 offene Frage dazu: Q1

Maßnahme
In allen Unterkünften wird WLAN eingerichtet.

Aktueller Stand
Zwei von fünf Häusern sind angeschlossen.
[Q1]
[Verlauf]"""

MEASURE_EN = """\
1.5.M1 · Wi-Fi in all homes
◐ partly implemented · as of 30 Jun 2026
This status is doubted in Q1.
Lead: A50 · Social Services Office
Participating: A11, Träger der Unterkünfte
Deadline: “4. Quartal 2025” – overdue since Wed, 31 Dec 2025
1 open inquiry about it: Q1

Measure
In allen Unterkünften wird WLAN eingerichtet.

Current state
Zwei von fünf Häusern sind angeschlossen.
[Q1]
[History]"""

INQUIRY_DE = """\
Q1 · WLAN in Unterkünften
○ offen
A50 · Amt für Soziales · ○ ausstehend
Zuarbeiten: bis Mi., 16.12.2026 (in 17 Arbeitstagen)
Betrifft: 1.5.M1
Bezweifelt den Status von 1.5.M1.

Frage
WLAN in Unterkünften: Wie ist der Stand, und wann ist mit einem Ergebnis zu rechnen?
[1.5.M1]
[Verlauf]"""

PAPER_DE = """\
0112/23 · Bewerbung um das Programm Beispielstadt
Antrag · Fraktion Beispiel
Sozialausschuss · Mi., 02.12.2026 · Vorberatung · öffentlich
Stadtrat · Mi., 09.12.2026 · Entscheidung · öffentlich
Auftrag 1 · Die Bewerbung ist zu prüfen. · A50 · bis Do., 31.12.2026 (in 27 Arbeitstagen) · Bericht an: Sozialausschuss
Fr., 04.12.2026 · Ende der Bewerbungsfrist · externe Frist
Do., 26.11.2026, 10:00 bis 11:30 Uhr · Informationstermin

Begründung
Das Programm hilft bei Sprachkursen.
[Verlauf]"""

PROGRAMME_EN = """\
BeSta · Example town for all
Sponsor: Stiftung Beispiel
Duration: vier Jahre, until 31 Aug 2027
For 10 towns
Contact: Stiftung Beispiel, beispiel.invalid
zweimal im Jahr · Beirat

Modules
BeSta.1 · Einstieg
BeSta.1a · Vertiefung
[BeSta.1] [BeSta.1a]
[History]"""


async def test_a_bare_reference_shows_the_measure_in_either_language(chat: Conversation) -> None:
    assert [await chat.says(text) for text in ("1.5.M1", "HF1 E5 M1", "/zeige 1.5.M1")] == [MEASURE_DE] * 3
    assert await replace(chat, language="en").says("/show measure 1.5.1") == MEASURE_EN


async def test_a_measure_leads_to_the_inquiries_about_it_and_back(chat: Conversation) -> None:
    await chat.says("1.5.M1")

    assert await chat.taps("Q1") == INQUIRY_DE
    assert await chat.taps("1.5.M1") == MEASURE_DE


async def test_a_paper_shows_its_steps_mandates_and_dates(chat: Conversation) -> None:
    assert await chat.says("Drucksache 112/23") == PAPER_DE


async def test_a_programme_leads_to_its_modules(chat: Conversation) -> None:
    english = replace(chat, language="en")

    assert await english.says("/show BeSta") == PROGRAMME_EN
    assert await english.taps("BeSta.1a") == (
        "BeSta.1a · Vertiefung\nModule of Example town for all\n\nContents\nZwei Tage.\n[BeSta]\n[History]"
    )


async def test_the_history_says_what_became_of_a_record_when_and_by_whom(chat: Conversation) -> None:
    assert await chat.says("/verlauf 1.5.M1") == (
        "1.5.M1: 2 Änderungen\n\n"
        "Fr., 20.11.2026, 10:30 Uhr · Sichtbarkeit · nicht öffentlich → öffentlich · evaluation.txt · Kommandozeile\n"
        "Fr., 20.11.2026, 10:30 Uhr · importiert · evaluation.txt · Kommandozeile\n"
        "[‹ Zu 1.5.M1]"
    )
    assert await chat.taps("‹ Zu 1.5.M1") == MEASURE_DE


async def test_a_changed_office_stands_in_the_history_in_words(chat: Conversation) -> None:
    await asked_besides(chat)
    await asked_besides(chat, routing=Routing(text="V: A11", offices=("A11",)))

    changed = "Fr., 20.11.2026, 10:30 Uhr · Zuständigkeit · D05/ A51 → D01/ A11 · weitere.txt · Kommandozeile"
    assert changed in (await chat.says("/verlauf Q12")).splitlines()


async def test_an_unknown_reference_is_said_not_to_be_there(chat: Conversation) -> None:
    for text in ("Q99", "9.9.M9", "9999/99", "/verlauf Q99"):
        ref = text.removeprefix("/verlauf ")
        assert await chat.says(text) == f"{ref} finde ich im Register nicht.\n[Was ist offen?] [Hilfe]"


async def test_with_reference_clearance_a_hidden_record_is_known_to_exist(chat_with_secrets: Conversation) -> None:
    editor = replace(chat_with_secrets, person=EDITOR)

    assert await editor.says("7.1.M1") == (
        "7.1.M1 finde ich im Register nicht.\n"
        "1 nicht öffentlicher Vorgang – bitte im Fachverfahren ansehen.\n"
        "[Was ist offen?] [Hilfe]"
    )
    assert "3 nicht öffentliche Vorgänge – bitte im Fachverfahren ansehen." in await editor.says("/offen A50")


async def test_a_text_too_long_for_one_message_is_read_on_part_by_part(chat: Conversation) -> None:
    words = " ".join(f"Wort{n}" for n in range(1300))
    await asked_besides(chat, text=words)

    first = await chat.says("Q12")
    second = await chat.taps("Weiterlesen ›")
    third = await chat.taps("Weiterlesen ›")

    read = " ".join((first, second, third)).split()
    assert [word for word in read if word.startswith("Wort")] == words.split()
    assert first.splitlines()[0] == "Q12 · Plätze in Sprachkursen"
    assert "Teil 3 von 3" in third
    assert await chat.taps("‹ Zurück") == second


async def test_hostile_texts_come_out_as_they_were_written(chat: Conversation) -> None:
    text = "<b>5 < 6 & {0.__class__}</b> 👩‍👧 \u202everkehrt\u202c שלום " + "x" * 5000
    await asked_besides(chat, text=text, title=text)

    card = await chat.says("Q12")
    listing = await chat.says("/offen A51")

    assert card.splitlines()[0].startswith("Q12 · \u2068<b>5 < 6 & {0.__class__}</b> 👩‍👧 verkehrt שלום xxx")
    assert "Q12 · \u2068<b>5 < 6 & {0.__class__}</b> 👩‍👧 verkehrt שלום …\u2069 · A51" in listing
    assert max(map(len, listing.splitlines())) < 140


async def asked_besides(chat: Conversation, **fields: object) -> None:
    """Imports a further list with one inquiry, which becomes Q12."""
    inquiry = PUBLIC.inquiries[7].model_copy(update={"list": "weitere", "position": 1, **fields})
    further = QuestionList(key="weitere", title="Weitere Fragen")
    reading = Reading(source="weitere.txt", form=Form.EVALUATION, lists=(further,), inquiries=(inquiry,))
    await chat.store.apply(reading, public=True, by="operator", at=IMPORTED_AT)


async def test_a_full_card_has_room_for_what_was_not_understood(chat: Conversation) -> None:
    await asked_besides(chat, text="Wort " * 1500)

    answer = await chat.says("Q12 " + " ".join(f"quark{n} ," for n in range(25)))

    assert answer.splitlines()[0] == "Q12 · Plätze in Sprachkursen"
    assert "Nicht verstanden: „quark0" in answer


async def test_names_of_any_length_leave_room_for_the_rest(chat: Conversation) -> None:
    places = tuple(f"Stelle {n} " + "x" * 900 for n in range(4))
    await asked_besides(chat, title="T" * 900, routing=Routing(text="V", offices=places, unknown=places))

    await chat.says("offene Fragen")
    listing = await chat.taps("Weiter ›")

    assert "Q12" in listing
    assert len((await chat.says("Q12")).splitlines()[0]) < 140
    assert len(await chat.says("wer schuldet noch was")) < 1000
    assert len(await chat.says("/stand")) < 1500


async def test_a_long_history_is_told_in_part(chat: Conversation) -> None:
    for n in range(16):
        await asked_besides(chat, routing=Routing(text=f"V: A{n}", offices=("A11",) if n % 2 else ("A50",)))

    history = (await chat.says("/verlauf Q12")).splitlines()

    told, left_out = history[2:-2], history[-2]
    assert len([line for line in told if line]) == 12
    assert left_out == f"und {int(history[0].split()[1]) - 12} weitere"
