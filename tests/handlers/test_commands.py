"""The table of commands, the menus made of it, and the terminal's way in."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from handlers.asking import ASKING_WORDS
from handlers.calling import answer
from handlers.commands import COMMANDS, NAMED
from handlers.menus import MOST_ENTRIES, menus
from handlers.understanding import understand
from locales.translations import language
from registry.offices import OfficeTree
from registry.people import Role
from registry.queries import Intent, Names
from tests.handlers.a_register import OFFICES
from tests.handlers.conversing import READER, Conversation
from tests.handlers.test_asking import OPEN_DE
from views.html import plain


def test_every_name_is_one_telegram_takes_and_means_one_command() -> None:
    names = {name for command in COMMANDS for name in (command.name, command.german)}

    assert all(re.fullmatch(r"[a-z0-9_]{1,32}", name) for name in names)
    assert len(NAMED) == len(names)
    assert {(command.name, command.german) for command in COMMANDS} == {
        ("start", "start"),
        ("help", "hilfe"),
        ("language", "sprache"),
        ("privacy", "datenschutz"),
        ("mydata", "meinedaten"),
        ("forgetme", "loeschen"),
        ("open", "offen"),
        ("overdue", "ueberfaellig"),
        ("deadlines", "fristen"),
        ("mine", "meine"),
        ("show", "zeige"),
        ("search", "suche"),
        ("summary", "stand"),
        ("history", "verlauf"),
        ("status", "status"),
        ("answer", "antwort"),
        ("notmine", "unzustaendig"),
        ("assign", "zuweisen"),
        ("due", "frist"),
        ("review", "pruefen"),
        ("return", "zurueck"),
        ("merge", "zusammenfuehren"),
        ("draft", "entwurf"),
        ("release", "freigeben"),
        ("answered", "beantwortet"),
        ("withdraw", "zurueckziehen"),
        ("note", "notiz"),
        ("visibility", "sichtbarkeit"),
        ("import", "import"),
        ("round", "runde"),
        ("edit", "aendern"),
        ("doubt", "zweifel"),
        ("new", "neu"),
        ("mandate", "auftrag"),
        ("decision", "beschluss"),
        ("digest", "digest"),
        ("reminders", "erinnerungen"),
        ("away", "abwesend"),
        ("back", "anwesend"),
        ("undo", "rueckgaengig"),
        ("cancel", "abbrechen"),
        ("offices", "aemter"),
        ("people", "personen"),
        ("grant", "rolle"),
        ("revoke", "entziehen"),
        ("invite", "einladen"),
        ("chats", "chats"),
        ("admit", "freischalten"),
    }


def test_there_is_a_menu_for_each_scope_and_language_and_one_without() -> None:
    made = [(menu["scope"], menu.get("language_code")) for menu in menus()]
    scopes = ("all_private_chats", "all_group_chats", "all_chat_administrators")

    assert made == [({"type": scope}, code) for scope in scopes for code in ("de", None, "en")]


def test_menus_are_short_and_in_their_language() -> None:
    assert all(1 <= len(entries(menu)) <= MOST_ENTRIES for menu in menus())
    assert entries(menus()[0])[0] == ("offen", "Was offen ist, für ein Amt oder insgesamt")
    assert entries(menus()[2])[0] == ("open", "What is open, for an office or overall")
    assert {"status", "antwort"} <= {name for name, _ in entries(menus()[0])}


def test_nobody_but_administrators_finds_their_commands_in_a_menu() -> None:
    for_admins = {name for c in COMMANDS if c.who is Role.ADMIN for name in (c.name, c.german)}
    offered = {name for menu in menus()[:6] for name, _ in entries(menu)}

    assert for_admins & offered == set()


def entries(menu: Mapping[str, object]) -> list[tuple[str, str]]:
    commands = menu["commands"]
    assert isinstance(commands, list)
    return [(entry["command"], entry["description"]) for entry in commands]


@pytest.mark.parametrize("code", ["de", "en"])
@pytest.mark.parametrize("intent", ASKING_WORDS)
def test_the_word_that_stands_for_a_command_asks_for_it(code: str, intent: Intent) -> None:
    words = {Intent.SEARCH: "quark", Intent.SHOW: "Q12", Intent.HISTORY: "Q12"}.get(intent, "A50")
    asked = f"{language(code).of(*ASKING_WORDS[intent])} {words}"

    understood = understand(
        asked, today=date(2026, 11, 23), offices=OfficeTree(OFFICES), names=Names(), own_offices=("A50",)
    )

    assert understood.query is not None
    assert (understood.query.intent, understood.not_understood) == (intent, ())


async def test_the_terminal_asks_by_the_same_words_and_commands(chat: Conversation) -> None:
    request = await chat.request()

    for words in ("was ist offen für A50", "/offen A50", "/open@amtsbote_bot A50"):
        given = await answer(replace(request, words=words))
        assert given.message is not None
        assert plain(given.message.html) == OPEN_DE.partition("\n[")[0]
    assert request.person.id == READER
