"""Questions about what is open, in both languages, as they appear on the screen."""

import random
from dataclasses import replace

import pytest

from registry.people import Role
from tests.handlers.conversing import EDITOR, Conversation

OPEN_DE = """\
A50 · Amt für Soziales: 7 Fragen, 1 Maßnahme, 1 Auftrag offen · 1 überfällig

1.5.M1 · WLAN in allen Unterkünften · A50 · überfällig seit Mi., 31.12.2025 · ◐ teilweise umgesetzt
Q1 · WLAN in Unterkünften · A50 · bis Mi., 16.12.2026 (in 17 Arbeitstagen)
Q2 · Stand Haus 2 · A50 · bis Mi., 16.12.2026 (in 17 Arbeitstagen)
Q3 · Stand Haus 3 · A50 · bis Mi., 16.12.2026 (in 17 Arbeitstagen)
Q4 · Stand Haus 4 · A50 · bis Mi., 16.12.2026 (in 17 Arbeitstagen)
Über D05 · Soziales und Bildung: 1 Frage

Seite 1 von 2
[1.5.M1] [Q1] [Q2]
[Q3] [Q4]
[✕ A50]
[Weiter ›]"""

OPEN_DE_2 = """\
A50 · Amt für Soziales: 7 Fragen, 1 Maßnahme, 1 Auftrag offen · 1 überfällig

Q5 · Stand Haus 5 · A50 · bis Mi., 16.12.2026 (in 17 Arbeitstagen)
Q6 · Stand Haus 6 · A50 · bis Mi., 16.12.2026 (in 17 Arbeitstagen)
Q7 · Stand Haus 7 · A50 · bis Mi., 16.12.2026 (in 17 Arbeitstagen)
0112/23 · Die Bewerbung ist zu prüfen. · A50 · bis Do., 31.12.2026 (in 27 Arbeitstagen)
Über D05 · Soziales und Bildung: 1 Frage
Q9 · Haushalt des Dezernats · D05 · bis Mi., 16.12.2026 (in 17 Arbeitstagen)

Seite 2 von 2
[Q5] [Q6] [Q7]
[0112/23] [Q9]
[✕ A50]
[‹ Zurück]"""

OPEN_EN = """\
A50 · Social Services Office: 7 inquiries, 1 measure, 1 mandate open · 1 overdue

1.5.M1 · Wi-Fi in all homes · A50 · overdue since Wed, 31 Dec 2025 · ◐ partly implemented
Q1 · Wi-Fi in homes · A50 · by Wed, 16 Dec 2026 (in 17 working days)
Q2 · State of home 2 · A50 · by Wed, 16 Dec 2026 (in 17 working days)
Q3 · State of home 3 · A50 · by Wed, 16 Dec 2026 (in 17 working days)
Q4 · State of home 4 · A50 · by Wed, 16 Dec 2026 (in 17 working days)
Through D05 · Social Affairs: 1 inquiry

Page 1 of 2
[1.5.M1] [Q1] [Q2]
[Q3] [Q4]
[✕ A50]
[Next ›]"""


async def test_a_question_and_the_commands_of_both_languages_get_the_same_answer(chat: Conversation) -> None:
    asked = ("was ist offen für A50", "/offen A50", "/open a50", "A50", "what is open for Amt 50")

    assert [await chat.says(text) for text in asked] == [OPEN_DE] * 5


async def test_english_answers_use_english_titles_and_dates(chat: Conversation) -> None:
    assert await replace(chat, language="en").says("what is open for A50") == OPEN_EN


async def test_the_next_page_and_the_way_back_are_a_tap_away(chat: Conversation) -> None:
    await chat.says("/open A50")

    assert await chat.taps("Weiter ›") == OPEN_DE_2
    assert await chat.taps("‹ Zurück") == OPEN_DE


async def test_a_filter_taken_away_asks_without_it(chat: Conversation) -> None:
    await chat.says("offene Fragen A50")

    assert (await chat.taps("✕ Fragen")) == OPEN_DE
    assert (await chat.taps("✕ A50")).splitlines()[0] == (
        "Insgesamt: 11 Fragen, 2 Maßnahmen, 1 Auftrag offen · 1 überfällig"
    )


async def test_a_record_opened_from_a_listing_leads_back_to_its_page(chat: Conversation) -> None:
    await chat.says("/open A50")
    await chat.taps("Weiter ›")

    assert (await chat.taps("Q9")).splitlines()[0] == "Q9 · Haushalt des Dezernats"
    assert (await chat.taps("Verlauf")).splitlines()[0] == "Q9: 2 Änderungen"
    assert (await chat.taps("‹ Zu Q9")).splitlines()[0] == "Q9 · Haushalt des Dezernats"
    assert await chat.taps("‹ Zur Liste") == OPEN_DE_2


async def test_words_left_out_of_account_are_named_and_can_be_searched_for(chat: Conversation) -> None:
    answer = await chat.says("offen A50 quark")

    assert answer == OPEN_DE.replace("Seite 1 von 2\n", "Seite 1 von 2\n\nNicht verstanden: „quark“.\n") + (
        "\n[Nach „quark“ suchen]"
    )
    assert await chat.taps("Nach „quark“ suchen") == "„quark“: nichts gefunden\n[Was ist offen?] [Hilfe]"


async def test_a_doubtful_name_is_asked_about(chat: Conversation) -> None:
    answer = await chat.says("Jugnedamt")

    assert answer == ("Was meinen Sie mit „Jugnedamt“?\n[A51 · Jugendamt]\n[Nach „Jugnedamt“ suchen]\n[Hilfe]")
    assert (await chat.taps("A51 · Jugendamt")).startswith("A51 · Jugendamt: 1 Frage, 1 Maßnahme offen")


async def test_what_is_not_understood_is_said_so_with_examples(chat: Conversation) -> None:
    assert await chat.says("Blaubeerkuchen") == (
        "Nicht verstanden: „Blaubeerkuchen“.\n"
        "Fragen Sie zum Beispiel: was ist offen für A50, überfällig, Fristen im Dezember – oder suchen Sie ein Wort.\n"
        "[Nach „Blaubeerkuchen“ suchen]\n[Hilfe]"
    )


async def test_deadlines_say_which_days_they_are_about(chat: Conversation) -> None:
    assert (await chat.says("Fristen")).splitlines()[0] == (
        "Insgesamt, überfällig und nächste 30 Tage: 9 Fragen, 1 Maßnahme, 2 Termine · 1 überfällig"
    )
    assert await chat.says("Fristen im Dezember A51") == (
        "A51 · Jugendamt, 01.12.2026 bis 31.12.2026: 1 Frage, 1 Maßnahme · 0 überfällig\n\n"
        "Q8 · Plätze in Sprachkursen · A51 · bis Mi., 16.12.2026 (in 17 Arbeitstagen)\n"
        "2.1.M2 · Sprachkurse für Jugendliche · A51 · Überprüfung Mi., 30.12.2026 · ◌ Status unklar\n"
        "Über D05 · Soziales und Bildung: 1 Frage\n"
        "Q9 · Haushalt des Dezernats · D05 · bis Mi., 16.12.2026 (in 17 Arbeitstagen)\n"
        "[Q8] [2.1.M2] [Q9]\n[✕ A51]\n[✕ 01.12.2026 bis 31.12.2026]"
    )


async def test_overdue_is_empty_where_nothing_is(chat: Conversation) -> None:
    assert await chat.says("überfällig A51") == (
        "A51 · Jugendamt: nichts überfällig\n[✕ A51]\n[Was ist offen?] [Hilfe]"
    )


async def test_search_finds_other_forms_of_a_word(chat: Conversation) -> None:
    assert await chat.says("suche sprachkurs") == (
        "„sprachkurs“: 1 Frage, 1 Maßnahme, 1 Drucksache gefunden\n\n"
        "Q8 · Plätze in Sprachkursen · A51 · bis Mi., 16.12.2026 (in 17 Arbeitstagen)\n"
        "2.1.M2 · Sprachkurse für Jugendliche · A51 · Überprüfung Mi., 30.12.2026 · ◌ Status unklar\n"
        "0112/23 · Bewerbung um das Programm Beispielstadt · A50 · bis Do., 31.12.2026 (in 27 Arbeitstagen)\n"
        "[Q8] [2.1.M2] [0112/23]"
    )


async def test_somebody_without_an_office_is_told_so(chat: Conversation) -> None:
    await chat.store.people.set_role(EDITOR, Role.EDITOR, ())

    assert await replace(chat, person=EDITOR).says("/meine") == (
        "Ihnen ist noch kein Amt zugeordnet.\n"
        "Bitte wenden Sie sich an Ihre Administration oder nennen Sie ein Amt: was ist offen für A50\n"
        "[Was ist offen?]"
    )


async def test_mine_is_what_is_open_for_ones_offices(chat: Conversation) -> None:
    assert await chat.says("/meine") == OPEN_DE


async def test_who_owes_what_leads_to_what_is_open(chat: Conversation) -> None:
    assert await chat.says("wer schuldet noch was") == (
        "Insgesamt: bei 4 Stellen steht etwas aus\n\n"
        "A50 · 7 Fragen\nA11 · 1 Frage\nA51 · 1 Frage\nD05 · 1 Frage\n[A50] [A11]\n[A51] [D05]"
    )
    assert await chat.taps("A50") == OPEN_DE


async def test_an_unrouted_inquiry_is_found_by_that(chat: Conversation) -> None:
    assert await replace(chat, language="en").says("which questions have no office") == (
        "Overall: 1 inquiry · 0 overdue\nOnly: inquiries · without an office\n\n"
        "Q10 · Next revision · ! no office assigned\n[Q10]\n[✕ inquiries]\n[✕ without an office]"
    )


async def test_a_command_that_needs_words_asks_for_them(chat: Conversation) -> None:
    assert await chat.says("/zeige") == (
        "Welchen Vorgang meinen Sie?\nNennen Sie die Nummer, zum Beispiel: 1.5.M1, Q12 oder 0112/23\n"
        "[Was ist offen?] [Hilfe]"
    )
    assert await chat.says("/suche \u200b") == (
        "Wonach soll ich suchen?\nNennen Sie ein Wort oder mehrere, zum Beispiel: suche Sprachkurs\n"
        "[Was ist offen?] [Hilfe]"
    )


async def test_too_long_a_question_is_answered_clearly(chat: Conversation) -> None:
    assert await chat.says("offen " * 100) == (
        "Das ist zu lang für eine Frage.\n"
        "Bitte fragen Sie mit höchstens 300 Zeichen, zum Beispiel: was ist offen für A50\n[Hilfe]"
    )


HOSTILE = (
    "<b>5 < 6 & 7",
    "&lt;script&gt;",
    "{0.__class__} {words} %s",
    "' OR 1=1; DROP TABLE desk; --",
    'NEAR("a" b) * OR col:x ^ "',
    "👩‍👧 🏳️‍🌈 🫨",
    "\u202eA50\u202c \u2066x\u2069",
    "שלום عالم A50",
    "\x00\x07\ud800",
    "А50 Ａ５０ A\u200b50",
    "x" * 4096,
    "offen " * 600,
    "((((((((((" * 20,
    "1.1.1.1.1.1.1 31.02.2026 99.99.M99 Q999999999999 0000/00",
    "@amtsbote_bot",
    "/",
    "//open",
    "/open@",
    "/show <b>",
)


@pytest.mark.parametrize("prefix", ["", "/open ", "/show ", "/search ", "/history ", "/summary ", "/nonsense "])
async def test_whatever_is_asked_the_answer_is_one_telegram_takes(chat: Conversation, prefix: str) -> None:
    for text in HOSTILE:
        assert await chat.says(prefix + text) != "", text


async def test_whatever_a_button_carries_the_press_is_answered(chat: Conversation) -> None:
    chance = random.Random(50)
    letters = "qdhclaxk.|~oA50 Q1\x00\ud800ü🙂<&"
    for _ in range(300):
        data = "".join(chance.choices(letters, k=chance.randint(0, 24)))
        outcome = await chat.handle({"callback_query": chat.press(data)})
        assert outcome.outgoing[0].method == "answerCallbackQuery", data
