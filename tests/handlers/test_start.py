"""First words, help, language, privacy, and what guests get."""

from dataclasses import replace

import pytest

from handlers.commands import COMMANDS
from registry.people import Role
from tests.handlers.conversing import ADMIN, EDITOR, GUEST, Conversation

WELCOME_DE = """\
Guten Tag, hier ist Amtsbote.

Ich führe das Register der Maßnahmen und Anfragen und sage Ihnen, was offen ist, für wen und bis wann.

Schreiben Sie einfach, was Sie wissen möchten:
• was ist offen für A50
• Fristen im Dezember
• suche Sprachkurs
• 1.5.M1, Q12 oder 0112/23
[Offen für meine Ämter]
[Was ist offen?] [Überfällig]
[Wo wir stehen] [Hilfe]"""

REFUSED_DE = f"""\
Dieser Dienst ist für Beschäftigte der Stadtverwaltung.

Sie haben noch keinen Zugang. Wenn Sie ihn brauchen, nennen Sie Ihrer Administration bitte diese Nummer: {GUEST}
[Zugang anfragen]
[Nummer kopieren]
[Hilfe] [Datenschutz]"""

REFUSED_EN = f"""\
This service is for staff of the city administration.

You have no access yet. If you need it, please give your administrators this number: {GUEST}
[Request access]
[Copy number]
[Help] [Privacy]"""

PRIVACY_EN = """\
Only what is needed to answer you is stored.

• Stored: the number of your Telegram account, your role and offices, your language.
• Not stored: your name, your user name, your phone number.
• What you write is deleted after 7 days, what I answer after 30 days.
• What you change is kept in the record's history, under your office and a pseudonym.

Messages pass through Telegram, outside the city's control and without end-to-end encryption. \
Please write nothing confidential here.

You can see what is stored about you, and have it erased, in our private chat:
[What is stored about me]
[Erase it …]"""

FOR_GUESTS = ("/start", "/help", "/language", "/privacy")
FOR_OTHERS = (
    *(f"/{command.name} A50" for command in COMMANDS if command.who > Role.GUEST),
    "was ist offen für A50",
    "Q1",
    "7.1.M1",
    "Q99",
    "/nothing",
    "",
    "offen " * 200,
)


@pytest.fixture
def guest(chat_with_secrets: Conversation) -> Conversation:
    return replace(chat_with_secrets, person=GUEST)


async def test_the_first_words_say_what_can_be_asked(chat: Conversation) -> None:
    assert await chat.says("/start") == WELCOME_DE
    assert await chat.says("/start some_payload") == WELCOME_DE


async def test_a_guest_gets_the_same_polite_refusal_for_everything(guest: Conversation) -> None:
    assert [await guest.says(text) for text in FOR_OTHERS] == [REFUSED_DE] * len(FOR_OTHERS)
    assert await guest.sends({"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}}) == REFUSED_DE
    assert await replace(guest, language="en-GB").says("A50") == REFUSED_EN


async def test_a_guests_presses_are_refused_alike_whatever_they_carry(guest: Conversation) -> None:
    refusal = "(Dieser Dienst ist für Beschäftigte der Stadtverwaltung. Sie haben noch keinen Zugang.)"
    presses = ("qo|oA50", "d.w|rQ1", "h.w|r7.1.M1", "copen", "a", "x", "forged", "kgone")

    assert {await guest.presses(data) for data in presses} == {refusal}


async def test_a_guest_may_read_what_is_for_everybody(guest: Conversation) -> None:
    assert (await guest.says("/start")).splitlines() == [
        "Guten Tag, hier ist Amtsbote.",
        "",
        "Dieser Dienst ist für Beschäftigte der Stadtverwaltung.",
        "[Zugang anfragen]",
        "[Hilfe] [Sprache] [Datenschutz]",
    ]
    assert (await guest.taps("Hilfe")).splitlines() == [
        "/start – Erste Worte",
        "/hilfe – Was ich verstehe",
        "/sprache – Sprache wählen",
        "/datenschutz – Was mit Ihren Daten geschieht",
        "/meinedaten – Was über mich gespeichert ist",
        "/loeschen – Löschen, was über mich gespeichert ist",
        "[Hilfe] [Sprache] [Datenschutz]",
    ]
    assert await replace(guest, language="en").says("/datenschutz") == PRIVACY_EN


async def test_the_language_chosen_is_kept(chat: Conversation) -> None:
    assert await chat.says("/sprache") == "Welche Sprache soll ich mit Ihnen sprechen?\n[✓ Deutsch] [English]"
    assert await chat.taps("English") == (
        "(I speak English from now on.)\n\nWhich language shall I speak with you?\n[Deutsch] [✓ English]"
    )
    assert (await chat.says("/hilfe")).splitlines()[0] == "Just write what you would like to know:"


async def test_an_unknown_language_falls_back_to_german(chat: Conversation) -> None:
    for spoken in ("fr", "de-AT", "", None):
        assert await replace(chat, language=spoken).says("/start") == WELCOME_DE


async def test_a_language_nobody_speaks_cannot_be_forged(chat: Conversation) -> None:
    outcome = await chat.presses("lxx")

    assert outcome == "(Diese Schaltfläche passt nicht mehr. Bitte fragen Sie noch einmal.)"


@pytest.mark.parametrize("person_role", [Role.READER, Role.ADMIN])
@pytest.mark.parametrize("language", ["de", "en"])
async def test_help_names_every_command_the_person_may_use(
    chat: Conversation, person_role: Role, language: str
) -> None:
    person = ADMIN if person_role is Role.ADMIN else chat.person
    help_text = await replace(chat, person=person, language=language).says("/help")

    named = {line.split()[0].removeprefix("/") for line in help_text.splitlines() if line.startswith("/")}
    assert named == {command.called_in(language) for command in COMMANDS if command.who <= person_role}


async def test_help_says_how_to_act_on_a_list_and_groups_commands_by_what_one_wants(chat: Conversation) -> None:
    told = await replace(chat, person=EDITOR).says("/hilfe")

    before, folded = told.split("\n\nBefehle\n")
    assert before.splitlines()[-3:] == [
        "Oder antworten Sie auf eine meiner Listen und nennen Sie den Punkt:",
        "• 2 teilweise: Plätze sind reserviert",
        "• Q12 fertig: Die Unterkünfte haben WLAN",
    ]
    assert [part.splitlines()[0] for part in folded.split("\n\n")] == [
        "Nachsehen",
        "Melden",
        "Auf dem Laufenden bleiben",
        "Anfragen bearbeiten",
        "Allgemeines",
    ]


@pytest.mark.parametrize("named", ["en", "English", "englisch", "ENGLISCH", "en\u200b"])
async def test_a_language_may_be_named_with_the_command(chat: Conversation, named: str) -> None:
    assert await chat.says(f"/sprache {named}") == "I speak English from now on.\n[Deutsch] [✓ English]"
    assert (await chat.says("/hilfe")).splitlines()[0] == "Just write what you would like to know:"


async def test_a_language_there_is_none_of_is_refused_with_those_there_are(chat: Conversation) -> None:
    assert await chat.says("/sprache <fr>") == (
        "„<fr>“ spreche ich nicht.\nWelche Sprache soll ich mit Ihnen sprechen?\n[✓ Deutsch] [English]"
    )


async def test_a_file_from_somebody_who_may_not_import_is_refused(chat: Conversation) -> None:
    refused = "Das darf nur die Koordination. Bitte wenden Sie sich an sie.\n[Hilfe]"

    assert await chat.sends({"document": {"file_id": "f", "file_unique_id": "f"}}) == refused
    assert await chat.says("/import") == refused
    assert await replace(chat, person=GUEST).sends({"document": {"file_id": "f", "file_unique_id": "f"}}) == REFUSED_DE


@pytest.mark.parametrize("kind", ["voice", "photo"])
async def test_what_is_not_text_is_answered_clearly(chat: Conversation, kind: str) -> None:
    file: dict[str, object] = {"file_id": "f", "file_unique_id": "f", "duration": 3, "width": 1, "height": 1}

    assert await chat.sends({kind: [file] if kind == "photo" else file, "caption": "was ist offen"}) == (
        "Ich kann hier nur Text lesen.\nBitte schreiben Sie Ihre Frage in wenigen Worten.\n[Hilfe]"
    )


async def test_words_that_cannot_be_seen_are_asked_about(chat: Conversation) -> None:
    assert (await chat.says("\u200b\u2060")).splitlines()[0] == "Was möchten Sie wissen?"


async def test_old_and_forged_buttons_are_answered_kindly(chat: Conversation) -> None:
    outdated = "(Diese Schaltfläche passt nicht mehr. Bitte fragen Sie noch einmal.)"
    forged = ("", "q", "qxyz", "d", "d.", "dxx.o|oA50", "h.", "cnothing", "l", "kgone", "\x00", "🙂")

    assert {await chat.presses(data) for data in forged} == {outdated}
    assert (await chat.presses("d9.o")).startswith("Welchen Vorgang meinen Sie?")
