"""Groups over the local Bot API: admitted, set, cleared with a second administrator, suspended when they change."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.playground.payloads import Json
from registry.administered import ServedChat
from registry.people import Role
from registry.visibility import Clearance
from storage import served_chats
from tests.chatting import Chat, City, a_city
from tests.handlers.a_register import fill

LANGUAGES = ("de", "en")

ADMIT = {"de": "/freischalten", "en": "/admit"}
SAVE = {"de": "✓ Speichern", "en": "✓ Save"}
AGREE = {"de": "✓ Zustimmen", "en": "✓ Agree"}
CLEARANCE = {"de": "Freigabe 1", "en": "Clearance 1"}
ALL = {"de": "auch Nichtöffentliches", "en": "non-public too"}
PUBLIC = {"de": "nur Öffentliches", "en": "public only"}
TITLE = {"de": "Geheimer Grundstückskauf", "en": "Secret purchase"}
SECRET = {"de": "/zeige 7.1.M1", "en": "/show 7.1.M1"}


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[City]:
    async with a_city(tmp_path, non_public="content") as running:
        await fill(running.store, with_secrets=True)
        yield running


async def an_admin(city: City, language: str, name: str = "Sascha") -> Chat:
    chat = city.chat(await city.person(name, role=Role.ADMIN, language=language))
    await chat.says("/start")
    return chat


async def a_group(city: City, admin: Chat, *, basic: bool = False) -> Chat:
    return await city.group(admin.person, title="Team Soziales", basic=basic)


async def served(city: City, number: int) -> ServedChat:
    return await served_chats.of(city.store.database.read, number)


async def clear(admin: Chat, second: Chat, language: str) -> None:
    await admin.says("/chats")
    await admin.taps(CLEARANCE[language])
    await admin.taps(ALL[language])
    await admin.taps(SAVE[language])
    await second.taps(AGREE[language])


NOT_ADMITTED = {
    "de": "Diese Gruppe ist nicht freigeschaltet.\n"
    "Die Administration kann sie mit /freischalten freischalten; bis dahin antworte ich hier nicht.",
    "en": "This group is not admitted.\nAn administrator can admit it with /admit; until then I answer nothing here.",
}
ADMITTED = {
    "de": "Diese Gruppe ist freigeschaltet: Ich beantworte hier Fragen zum öffentlichen Register.\n\n"
    "Fragen Sie mich mit einem Befehl: /offen A50\noder mit meinem Namen: @amtsbote_bot was ist offen für A50\n"
    "oder als Antwort auf eine meiner Nachrichten.\n\n"
    "Alles andere, was hier geschrieben wird, kann und muss ich nicht lesen.\n"
    "[Was ist offen?] [Freischaltung beenden]",
    "en": "This group is admitted: I answer questions about the public register here.\n\n"
    "Ask me with a command: /open A50\nor with my name: @amtsbote_bot what is open for A50\n"
    "or by replying to one of my messages.\n\n"
    "I cannot read anything else that is written here, and need not.\n"
    "[What is open?] [End admission]",
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_only_an_administrator_admits_a_group_and_ends_that_again(city: City, language: str) -> None:
    admin, kim = await an_admin(city, language), await city.person("Kim", role=Role.COORDINATOR, language=language)
    group = await city.group(admin.person, kim, admitted=False)

    [refused] = await group.says(ADMIT[language], as_=kim)
    silence = await group.says("/open", as_=kim)
    await group.says(ADMIT[language], as_=admin.person)
    admitted = group.screen
    end = {"de": "Freischaltung beenden", "en": "End admission"}[language]
    await group.taps(end, as_=kim)
    not_theirs = group.alerts
    asked = await group.taps(end, as_=admin.person)
    await group.taps({"de": "Ja, beenden", "en": "Yes, end it"}[language], as_=admin.person)
    afterwards = await group.says("/open", as_=kim)

    assert (refused, silence, admitted) == (NOT_ADMITTED[language], [], ADMITTED[language])
    assert not_theirs == [
        {"de": "Das darf nur die Administration.", "en": "Only administrators may do that."}[language]
    ]
    assert (
        asked.split("\n")[0]
        == {
            "de": "Soll ich in dieser Gruppe nicht mehr antworten?",
            "en": "Shall I answer nothing in this group any more?",
        }[language]
    )
    assert afterwards == []
    assert not (await served(city, group.room.id)).admitted


@pytest.mark.parametrize("language", LANGUAGES)
async def test_admitting_needs_a_group_and_the_list_a_private_chat(city: City, language: str) -> None:
    admin = await an_admin(city, language)
    group = await a_group(city, admin)

    await admin.says(ADMIT[language])
    in_private = admin.screen
    await group.says("/chats", as_=admin.person)

    assert (
        in_private
        == {
            "de": "Bitte senden Sie /freischalten in der Gruppe, in der ich antworten soll.\n[Chats] [Hilfe]",
            "en": "Please send /admit in the group that I am to answer in.\n[Chats] [Help]",
        }[language]
    )
    assert (
        group.screen
        == {
            "de": "Bitte senden Sie mir /chats im privaten Chat.\n[Hilfe]",
            "en": "Please send /chats to me in private.\n[Help]",
        }[language]
    )


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_language_of_a_group_is_set_in_it_and_told_in_the_list(city: City, language: str) -> None:
    admin, kim = await an_admin(city, language), await city.person("Kim", language=language)
    group = await a_group(city, admin)
    words = {"de": "/sprache englisch", "en": "/language german"}[language]

    [refused] = await group.says(words, as_=kim)
    [chosen] = await group.says(words, as_=admin.person)
    await admin.says("/chats")

    assert (
        refused.split("\n")[0]
        == {
            "de": "Die Sprache dieser Gruppe legt die Administration fest.",
            "en": "Administrators set the language of this group.",
        }[language]
    )
    assert chosen == {"de": "I speak English from now on.", "en": "Ich spreche ab jetzt Deutsch."}[language]
    assert (
        admin.screen
        == {
            "de": "Ich antworte in 1 Gruppe\n\n1. Team Soziales · Englisch · ganze Stadt · nur Öffentliches\n\n"
            "Eine Gruppe wird freigeschaltet, indem dort /freischalten gesendet wird; /sprache legt dort ihre Sprache "
            "fest.\n[Freigabe 1] [Ämter 1]",
            "en": "I answer in 1 group\n\n1. Team Soziales · German · the whole city · public only\n\n"
            "A group is admitted by sending /admit in it; /language sets its language there.\n"
            "[Clearance 1] [Offices 1]",
        }[language]
    )


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_offices_of_a_group_are_picked_and_taken_back(city: City, language: str) -> None:
    admin = await an_admin(city, language)
    group = await a_group(city, admin)

    await admin.says("/chats")
    asked = await admin.taps({"de": "Ämter 1", "en": "Offices 1"}[language])
    await admin.taps("D05 ›")
    await admin.taps("A50")
    preview = await admin.taps({"de": "Weiter ›", "en": "Go on ›"}[language])
    await admin.taps(SAVE[language])
    given = await served(city, group.room.id)
    await admin.taps({"de": "↶ Rückgängig", "en": "↶ Undo"}[language])

    assert (
        asked
        == {
            "de": "Team Soziales\nFür welche Ämter? Was darunter liegt, gehört dazu.",
            "en": "Team Soziales\nFor which offices? What lies below them is included.",
        }[language]
    )
    assert (
        preview
        == {
            "de": "Team Soziales\nÄmter: ganze Stadt → A50\n\nSo speichern?",
            "en": "Team Soziales\nOffices: the whole city → A50\n\nSave this?",
        }[language]
    )
    assert given.offices == ("A50",)
    assert (await served(city, group.room.id)).offices == ()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_two_administrators_clear_a_group_and_one_takes_it_back(city: City, language: str) -> None:
    first, second = await an_admin(city, language), await an_admin(city, language, "Chris")
    group = await a_group(city, first)

    await first.says("/chats")
    choice = await first.taps(CLEARANCE[language])
    await first.taps(ALL[language])
    waits = await first.taps(SAVE[language])
    before = await served(city, group.room.id)
    asks = second.screen
    await second.taps(AGREE[language])
    [shown] = await group.says(SECRET[language], as_=first.person)
    cleared = await served(city, group.room.id)
    await second.taps({"de": "↶ Rückgängig", "en": "↶ Undo"}[language])
    [hidden] = await group.says(SECRET[language], as_=first.person)

    assert (
        choice.split("\n")[1]
        == {
            "de": "Was darf in diesem Chat zu sehen sein?",
            "en": "What may be seen in this chat?",
        }[language]
    )
    assert (
        waits
        == {
            "de": "Team Soziales\nDort zu sehen: nur Öffentliches → auch Nichtöffentliches · bis So., 21.02.2027\n"
            "Eine zweite Person der Administration muss zustimmen. Ich habe die anderen gefragt.",
            "en": "Team Soziales\nMay be seen there: public only → non-public too · until Sun, 21 Feb 2027\n"
            "A second administrator has to agree. I have asked the others.",
        }[language]
    )
    assert (
        asks
        == {
            "de": f"{first.person.id} bittet Sie als zweite Person der Administration um Zustimmung:\nTeam Soziales\n"
            "Dort zu sehen: nur Öffentliches → auch Nichtöffentliches · bis So., 21.02.2027\n"
            "[✓ Zustimmen] [✕ So lassen]",
            "en": f"{first.person.id} asks you to agree as second administrator:\nTeam Soziales\n"
            "May be seen there: public only → non-public too · until Sun, 21 Feb 2027\n[✓ Agree] [✕ Leave it]",
        }[language]
    )
    assert (before.clearance, cleared.clearance) == (Clearance.PUBLIC, Clearance.CONTENT)
    assert TITLE[language] in shown
    assert TITLE[language] not in hidden


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_second_who_never_wrote_cannot_agree(city: City, language: str) -> None:
    admin = await an_admin(city, language)
    group = await a_group(city, admin)
    await city.store.people.set_admins([], city.clock())
    await city.person("Chris", role=Role.ADMIN)

    await admin.says("/chats")
    await admin.taps(CLEARANCE[language])
    await admin.taps(ALL[language])
    told = await admin.taps(SAVE[language])

    assert (
        told.split("\n")[1:]
        == {
            "de": [
                "Eine zweite Person der Administration muss zustimmen, aber von den anderen hat mir noch niemand "
                "geschrieben.",
                "Bitten Sie eine dieser Personen, mir /start zu senden, und versuchen Sie es dann noch einmal.",
            ],
            "en": [
                "A second administrator has to agree, but none of the others has written to me yet.",
                "Please ask one of them to send me /start, and try again.",
            ],
        }[language]
    )
    assert (await served(city, group.room.id)).clearance is Clearance.PUBLIC


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_proposed_it_and_is_administrator_no_more_clears_nothing(city: City, language: str) -> None:
    first, second = await an_admin(city, language), await an_admin(city, language, "Chris")
    group = await a_group(city, first)
    await first.says("/chats")
    await first.taps(CLEARANCE[language])
    await first.taps(ALL[language])
    await first.taps(SAVE[language])
    await city.store.people.set_role(first.person.id, Role.READER)

    await second.taps(AGREE[language])

    assert (await served(city, group.room.id)).clearance is Clearance.PUBLIC


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_group_that_becomes_public_shows_nothing_hidden_and_the_administrators_hear(
    city: City, language: str
) -> None:
    first, second = await an_admin(city, language), await an_admin(city, language, "Chris")
    group = await a_group(city, first)
    await clear(first, second, language)

    message = city.api.town.post(group.room, first.person, SECRET[language])
    public: Json = {**group.room.json(), "username": "team_soziales"}
    entities: Json = [{"type": "bot_command", "offset": 0, "length": len(SECRET[language].split(" ")[0])}]
    city.api.town.updates.push("message", message.json() | {"chat": public, "entities": entities})
    await city.settled()

    assert TITLE[language] not in group.text
    assert (
        first.screen
        == second.screen
        == {
            "de": "Die Gruppe „Team Soziales“ ist öffentlich geworden.\n"
            "Dort wird nichts Nichtöffentliches mehr gezeigt.\n[Chats]",
            "en": "The group “Team Soziales” has become public.\nNothing non-public is shown there any more.\n[Chats]",
        }[language]
    )
    told = await served(city, group.room.id)
    assert (told.clearance, told.suspended) == (Clearance.PUBLIC, "public")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_group_that_migrates_stays_admitted_and_has_to_be_cleared_anew(city: City, language: str) -> None:
    first, second = await an_admin(city, language), await an_admin(city, language, "Chris")
    group = await a_group(city, first, basic=True)
    await clear(first, second, language)

    upgraded = city.api.doings.upgrades(group.room)
    await city.settled()
    moved = Chat(city, upgraded, first.person)
    [hidden] = await moved.says(SECRET[language])
    [listed] = await first.says("/chats")

    told = await served(city, upgraded.id)
    assert (told.admitted, told.clearance, told.suspended) == (True, Clearance.PUBLIC, "moved")
    assert TITLE[language] not in hidden
    assert {
        "de": f"{PUBLIC['de']} · ausgesetzt: Der Chat hat eine neue Nummer",
        "en": f"{PUBLIC['en']} · suspended: the chat got a new number",
    }[language] in listed


async def test_what_was_asked_before_a_group_moved_does_not_end_its_admission(city: City) -> None:
    admin = await an_admin(city, "de")
    group = await a_group(city, admin, basic=True)
    upgraded = city.api.doings.upgrades(group.room, announced=False)

    for _ in range(2):  # the first learns of the move by a refusal, the second is answered after it
        city.api.doings.says(group.room, admin.person, "/open")
        await city.settled()

    assert (await served(city, upgraded.id)).admitted


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_clearance_that_changed_meanwhile_is_shown_anew(city: City, language: str) -> None:
    first, second = await an_admin(city, language), await an_admin(city, language, "Chris")
    group = await a_group(city, first)
    await first.says("/chats")
    await first.taps(CLEARANCE[language])
    await first.taps(ALL[language])
    await first.taps(SAVE[language])
    await first.says("/chats")
    await first.taps({"de": "Ämter 1", "en": "Offices 1"}[language])
    await first.taps("OB")
    await first.taps({"de": "Weiter ›", "en": "Go on ›"}[language])
    asks = next(m for m in reversed(second.messages) if any(AGREE[language] in row for row in m.buttons))
    await first.taps(SAVE[language])

    anew = await second.taps(AGREE[language], on=asks)

    assert (
        anew.split("\n")[0]
        == {
            "de": "⚠ Das wurde inzwischen geändert. So sähe es jetzt aus:",
            "en": "⚠ This was changed in the meantime. This is what it would be now:",
        }[language]
    )
    assert (await served(city, group.room.id)).clearance is Clearance.PUBLIC


@pytest.mark.parametrize("language", LANGUAGES)
async def test_consent_outlives_a_restart(city: City, language: str) -> None:
    first, second = await an_admin(city, language), await an_admin(city, language, "Chris")
    group = await a_group(city, first)
    await first.says("/chats")
    await first.taps(CLEARANCE[language])
    await first.taps(ALL[language])

    await city.restarts()
    await first.taps(SAVE[language])
    await city.restarts()
    await second.taps(AGREE[language])

    assert (await served(city, group.room.id)).clearance is Clearance.CONTENT


async def test_a_stranger_gets_the_bot_into_no_group(city: City) -> None:
    stranger = city.api.town.person("Toni", language="en")
    group = await city.group(stranger, admitted=False)
    city.api.doings.throws_bot_out(group.room, city.admin)

    city.api.doings.lets_bot_in(group.room, stranger)
    await city.settled()

    assert group.text == "This group is not admitted. I am leaving it."
    assert not group.room.has(city.api.town.bot.id)
