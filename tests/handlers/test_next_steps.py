"""What is said where an answer would be empty or is not possible: why, and the next step."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.handlers.conversing import ADMIN, Conversation, a_city
from tests.handlers.test_asking import OPEN_DE


async def test_an_unknown_command_is_met_with_likely_ones_that_keep_the_words(chat: Conversation) -> None:
    assert await chat.says("/ofen A50") == ("Den Befehl /ofen kenne ich nicht.\nMeinten Sie …?\n[/offen A50]\n[Hilfe]")
    assert await chat.taps("/offen A50") == OPEN_DE
    assert await chat.says("/stands") == "Den Befehl /stands kenne ich nicht.\nMeinten Sie …?\n[/stand]\n[Hilfe]"
    assert await chat.says("/xyzzy") == (
        "Den Befehl /xyzzy kenne ich nicht.\nDie Hilfe nennt alles, was ich verstehe.\n[Hilfe]"
    )


async def test_a_command_may_be_written_with_its_umlauts(chat: Conversation) -> None:
    overdue = await chat.says("/ueberfaellig A50")

    assert overdue.startswith("A50 · Amt für Soziales: 1 Maßnahme überfällig")
    assert [await chat.says(f"/{name} A50") for name in ("überfällig", "ÜBERFÄLLIG", "Überfällig@amtsbote_bot")] == [
        overdue
    ] * 3


async def test_a_command_that_is_to_come_is_not_taken_for_another(chat: Conversation) -> None:
    assert await chat.says("/export Q1") == (
        "Das kann ich noch nicht.\nDer Befehl /export kommt später.\n[Q1]\n[Hilfe]"
    )
    assert (await chat.taps("Q1")).splitlines()[0] == "Q1 · WLAN in Unterkünften"
    assert await replace(chat, language="en").says("/export") == (
        "I cannot do that yet.\nThe command /export is to come.\n[Help]"
    )


async def test_a_field_that_does_not_exist_is_named_with_those_there_are(chat: Conversation) -> None:
    there = "HF 99 ist nicht im Register.\nDiese Handlungsfelder gibt es:\n[HF 1 · Wohnen] [HF 2 · Sprache]\n"

    for asked in ("HF 99", "/stand HF 99", "überfällig HF 99", "Fristen HF 99", "wer schuldet was HF 99"):
        assert await chat.says(asked) == f"{there}[Was ist offen?] [Hilfe]"
    await chat.says("/stand HF 99")
    assert (await chat.taps("HF 2 · Sprache")).splitlines()[0].startswith("HF 2 · Sprache: 0 von 1 Maßnahme")
    assert (await chat.says("überfällig HF 2")).splitlines()[0] == "HF 2 · Sprache: nichts überfällig"


async def test_a_hidden_field_is_answered_like_one_that_does_not_exist(chat_with_secrets: Conversation) -> None:
    hidden, missing = await chat_with_secrets.says("HF 7"), await chat_with_secrets.says("HF 99")

    assert hidden == missing.replace("99", "7")


async def test_an_empty_register_says_so_and_administrators_how_to_fill_it(tmp_path: Path) -> None:
    async with a_city(tmp_path, is_empty=True) as nobody:
        told = "Das Register ist noch leer.\nSobald Dokumente importiert und freigegeben sind, kann ich antworten.\n"

        for asked in ("/offen", "A50", "/stand", "/suche Sprachkurs", "wer schuldet was", "HF 1"):
            assert await nobody.says(asked) == f"{told}[Hilfe]"
            assert await replace(nobody, person=ADMIN).says(asked) == f"{told}[Dokument einlesen] [Hilfe]"


async def test_what_has_no_date_is_told_beside_a_period_and_a_tap_away(chat: Conversation) -> None:
    answer = await chat.says("offen A11 im Dezember")

    assert answer == (
        "A11 · Personal- und Organisationsamt: nichts offen\nNur: 01.12.2026 bis 31.12.2026\n\n"
        "Ohne Frist: 1 Frage\n[✕ A11]\n[✕ 01.12.2026 bis 31.12.2026]\n[Auch ohne Frist]\n[Was ist offen?] [Hilfe]"
    )
    assert (await chat.taps("Auch ohne Frist")).splitlines()[0] == (
        "A11 · Personal- und Organisationsamt: 1 Frage offen · 0 überfällig"
    )
    await chat.says("Fristen A11 im Dezember")
    assert "Q11 · Dank an die Beteiligten" in await chat.taps("Auch ohne Frist")


async def test_a_period_ahead_lists_what_was_missed_before_and_says_so(chat: Conversation) -> None:
    assert (
        (await chat.says("Fristen A50 im Dezember"))
        .splitlines()[0]
        .startswith("A50 · Amt für Soziales, überfällig und 01.12.2026 bis 31.12.2026: 7 Fragen, 1 Maßnahme")
    )


async def test_words_are_quoted_as_they_were_typed(chat: Conversation) -> None:
    assert "Nicht verstanden: „<quark>&“." in (await chat.says("offen A50 <quark>&")).splitlines()
    assert (await chat.says("<b> & quark")).splitlines()[0] == "Nicht verstanden: „<b> & quark“."


async def test_only_a_doubtful_name_is_asked_what_is_meant_by_it(chat: Conversation) -> None:
    answers = [(await chat.says(asked)).splitlines()[0] for asked in ("Jugnedamt", "offen nicht A50", "HF 1 Sprache")]

    assert answers == [
        "Was meinen Sie mit „Jugnedamt“?",
        "Nicht verstanden: „nicht A50“.",
        "Das lässt sich nicht zusammen fragen: „HF 1“, „Sprache“.",
    ]


async def test_an_offer_speaks_the_readers_language(chat: Conversation) -> None:
    english = replace(chat, language="en")

    assert "[1.5] [1 May 2027]" in (await english.says("offen 1.5.")).splitlines()


@pytest.mark.parametrize("word", ["hilfe", "hallo", "danke", "help"])
async def test_a_friendly_word_is_answered_with_what_can_be_asked(chat: Conversation, word: str) -> None:
    assert (await chat.says(word)).splitlines()[0] == "Was möchten Sie wissen?"


async def test_a_chip_takes_a_status_away_by_its_word(chat: Conversation) -> None:
    answer = (await chat.says("teilweise umgesetzte Maßnahmen")).splitlines()

    assert answer[1] == "Nur: Maßnahmen · teilweise umgesetzt"
    assert "[✕ teilweise umgesetzt]" in answer
