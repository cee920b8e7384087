"""What people may know and erase of themselves, and messages that are recalled, over the local Bot API."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from registry.people import Role
from storage import staff
from tests.chatting import Chat, City, a_city, said
from tests.handlers.a_register import fill

LANGUAGES = ("de", "en")
PLACES = ("private", "group")

PRIVACY = {"de": "/datenschutz", "en": "/privacy"}
MY_DATA = {"de": "/meinedaten", "en": "/mydata"}
FORGET_ME = {"de": "/loeschen", "en": "/forgetme"}
ERASE = {"de": "Löschen", "en": "Erase it"}
SAVE = {"de": "✓ Speichern", "en": "✓ Save"}
HIDE = {"de": "/sichtbarkeit 1.5.M1 nichtöffentlich", "en": "/visibility 1.5.M1 nonpublic"}
CARD = "@amtsbote_bot 1.5.M1"


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[City]:
    async with a_city(tmp_path) as running:
        await fill(running.store, with_secrets=False)
        yield running


async def role_of(city: City, chat: Chat) -> Role:
    return (await staff.of(city.store.database.read, chat.person.id)).role


STORED = {
    "de": "Gespeichert wird nur, was nötig ist, um Ihnen zu antworten.\n\n"
    "• Gespeichert: die Nummer Ihres Telegram-Kontos, Ihre Rolle und Ämter, Ihre Sprache.\n"
    "• Nicht gespeichert: Ihr Name, Ihr Nutzername, Ihre Telefonnummer.\n",
    "en": "Only what is needed to answer you is stored.\n\n"
    "• Stored: the number of your Telegram account, your role and offices, your language.\n"
    "• Not stored: your name, your user name, your phone number.\n",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
async def test_everybody_is_told_what_is_stored(city: City, language: str, place: str) -> None:
    guest = city.api.town.person("Toni", language=language)
    chat = city.chat(guest) if place == "private" else await city.group(guest)

    [told] = await chat.says(PRIVACY[language], as_=guest)

    assert told.startswith(STORED[language])
    assert (
        chat.buttons
        == {
            "de": ["Was ist über mich gespeichert?", "Löschen …"],
            "en": ["What is stored about me", "Erase it …"],
        }[language]
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", [MY_DATA, FORGET_ME], ids=["mydata", "forgetme"])
async def test_in_a_group_nothing_is_told_of_anybody(city: City, language: str, command: dict[str, str]) -> None:
    kim = await city.person("Kim", offices=("A50",), language=language)
    group = await city.group(kim)

    await group.says(command[language], as_=kim)

    assert (
        group.screen
        == {
            "de": "Das geht nur im privaten Chat.\nBitte senden Sie mir den Befehl dort: "
            "Was über Sie gespeichert ist, geht sonst niemanden etwas an.\n[Datenschutz]",
            "en": "We settle that in private only.\nPlease send me this command there: "
            "what is stored about you concerns nobody else.\n[Privacy]",
        }[language]
    )


@pytest.mark.parametrize("language", LANGUAGES)
async def test_own_data_are_told_as_sentences_and_to_copy(city: City, language: str) -> None:
    kim = city.chat(await city.person("Kim", offices=("A50",), language=language))
    await kim.says({"de": "/sprache deutsch", "en": "/language english"}[language])

    [told] = await kim.says(MY_DATA[language])

    assert (
        told.split("\n")[2:8]
        == {
            "de": [
                f"• Die Nummer Ihres Telegram-Kontos: {kim.person.id}",
                "• Ihre Rolle: Bearbeitung",
                "• Ihre Ämter: A50",
                "• Ihre Sprache: Deutsch",
                "• 2 Nachrichten von Ihnen, aufbewahrt 7 Tage, seit Mo., 23.11.2026",
                "• 1 Nachricht von mir an Sie, aufbewahrt 30 Tage, seit Mo., 23.11.2026",
            ],
            "en": [
                f"• The number of your Telegram account: {kim.person.id}",
                "• Your role: editing",
                "• Your offices: A50",
                "• Your language: English",
                "• 2 messages of yours, kept for 7 days, since Mon, 23 Nov 2026",
                "• 1 message of mine to you, kept for 30 days, since Mon, 23 Nov 2026",
            ],
        }[language]
    )
    assert f'"number": {kim.person.id}, "role": "editor", "offices": ["A50"]' in told
    assert "Kim" not in told


@pytest.mark.parametrize("language", LANGUAGES)
async def test_erasure_is_asked_about_done_once_and_leaves_the_history(city: City, language: str) -> None:
    kim = city.chat(await city.person("Kim", offices=("A50",), language=language))
    await kim.says({"de": "/notiz 1.5.M1 bitte anrufen", "en": "/note 1.5.M1 please call"}[language])
    await kim.taps(SAVE[language])
    history = len(await city.store.database.read("SELECT * FROM history"))

    [asked] = await kim.says(FORGET_ME[language])
    before = await role_of(city, kim)
    erased = await kim.taps(ERASE[language])
    [refused] = await kim.says("/open")

    assert (
        asked.split("\n")[0]
        == {
            "de": "Löschen, was über Sie gespeichert ist?",
            "en": "Erase what is stored about you?",
        }[language]
    )
    assert (
        asked.split("\n")[-1]
        == {
            "de": "Sie verlieren damit Ihre Rolle: Nur die Administration kann Ihnen wieder Zugang geben.",
            "en": "You lose your role with it: only an administrator can let you in again.",
        }[language]
    )
    assert erased.split("\n")[0] == {"de": "✓ Gelöscht.", "en": "✓ Erased."}[language]
    assert refused.startswith(
        {"de": "Dieser Dienst ist für Beschäftigte der Stadtverwaltung.", "en": "This service is for staff"}[language]
    )
    assert (before, await role_of(city, kim)) == (Role.EDITOR, Role.GUEST)
    assert await city.store.database.read("SELECT * FROM people WHERE id = :id", {"id": kim.person.id}) == []
    assert len(await city.store.database.read("SELECT * FROM history")) == history


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_leaves_it_keeps_all(city: City, language: str) -> None:
    kim = city.chat(await city.person("Kim", offices=("A50",), language=language))
    await kim.says(FORGET_ME[language])

    left = await kim.taps({"de": "✕ So lassen", "en": "✕ Leave it"}[language])

    assert left == {"de": "Es wurde nichts geändert.", "en": "Nothing was changed."}[language]
    assert await role_of(city, kim) is Role.EDITOR


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_guest_may_know_and_erase_as_well(city: City, language: str) -> None:
    guest = city.chat(city.api.town.person("Toni", language=language))

    [told] = await guest.says(MY_DATA[language])
    await guest.taps({"de": "Das löschen …", "en": "Erase this …"}[language])
    erased = await guest.taps(ERASE[language])

    assert told.split("\n")[2].endswith(str(guest.person.id))
    assert erased.split("\n")[0] == {"de": "✓ Gelöscht.", "en": "✓ Erased."}[language]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_last_administrator_cannot_be_erased(city: City, language: str) -> None:
    admin = city.chat(await city.person("Sascha", role=Role.ADMIN, language=language))
    await city.store.people.set_admins([], city.clock())

    await admin.says(FORGET_ME[language])

    assert (
        admin.screen
        == {
            "de": "Außer Ihnen hat niemand die Rolle Administration, deshalb können Sie nicht gelöscht werden.\n"
            "Sonst könnte niemand mehr Rollen geben oder entziehen. "
            "Geben Sie diese Rolle zuerst einer anderen Person.\n"
            "[Was ist über mich gespeichert?]",
            "en": "You are the only administrator, so you cannot be erased.\n"
            "Without one nobody could give or take roles any more. Give somebody else that role first.\n"
            "[What is stored about me]",
        }[language]
    )
    assert await role_of(city, admin) is Role.ADMIN


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_button_of_an_erasure_outlives_a_restart_and_works_once(city: City, language: str) -> None:
    kim = city.chat(await city.person("Kim", offices=("A50",), language=language))
    await kim.says(FORGET_ME[language])
    pressed = next(button.data for row in kim.last.keyboard for button in row if button.text == ERASE[language])

    await city.restarts()
    for _ in range(2):
        city.api.doings.presses(kim.last, kim.person, pressed)
    await city.settled()
    await city.store.people.set_role(kim.person.id, Role.READER)
    await kim.presses(pressed)

    assert kim.text.split("\n")[0] == {"de": "✓ Gelöscht.", "en": "✓ Erased."}[language]
    assert await role_of(city, kim) is Role.READER


async def test_the_button_of_an_erasure_is_not_anothers(city: City) -> None:
    kim, toni = [city.chat(await city.person(name, offices=("A50",))) for name in ("Kim", "Toni")]
    await kim.says("/loeschen")
    await toni.says("/hilfe")

    await toni.presses(next(b.data for row in kim.last.keyboard for b in row if b.text == "Löschen"))

    assert toni.toasts == ["Diese Schaltfläche passt nicht mehr. Bitte fragen Sie noch einmal."]
    assert (await role_of(city, kim), await role_of(city, toni)) == (Role.EDITOR, Role.EDITOR)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_hiding_a_record_takes_back_the_messages_that_carry_it(city: City, language: str) -> None:
    chris = city.chat(await city.person("Chris", role=Role.COORDINATOR, language=language))
    group = await city.group(chris.person)
    await group.says(CARD, as_=chris.person)
    old = group.last
    city.clock.at += timedelta(hours=49)
    await group.says(CARD, as_=chris.person)
    young = group.last

    [preview] = await chris.says(HIDE[language])
    still_there = young.id in group.room.messages
    await chris.taps(SAVE[language])
    await city.ticks()
    [unknown] = await group.says(CARD, as_=chris.person)

    assert (
        preview.split("\n")[1:6]
        == {
            "de": [
                "Sichtbarkeit: öffentlich → nicht öffentlich",
                "",
                "1 Nachricht, die den Vorgang enthält, wird gelöscht.",
                "Älter als 48 Stunden, deshalb nur überschrieben:",
                "• Team, Mo., 23.11.2026",
            ],
            "en": [
                "Visibility: public → non-public",
                "",
                "1 message that carries it is deleted.",
                "Older than 48 hours, so only written over:",
                "• Team, Mon, 23 Nov 2026",
            ],
        }[language]
    )
    assert still_there
    assert young.id not in group.room.messages
    assert said(old) in {"Diese Nachricht wurde zurückgezogen.", "This message was withdrawn."}
    assert old.keyboard == ()
    assert "WLAN" not in unknown
    assert "Wi-Fi" not in unknown


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_is_seen_of_a_record_is_settled_in_private(city: City, language: str) -> None:
    chris = await city.person("Chris", role=Role.COORDINATOR, language=language)
    group = await city.group(chris)

    await group.says(HIDE[language], as_=chris)

    assert (
        group.screen
        == {
            "de": "Bitte sagen Sie mir das im privaten Chat.\nWer einen Vorgang sehen darf, wird in unserem privaten "
            "Chat festgelegt, wo niemand mitliest.\n[Hilfe]",
            "en": "Please tell me that in private.\nWho may see a record is set in our private chat, "
            "where nobody reads along.\n[Help]",
        }[language]
    )


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_lost_the_role_after_the_preview_hides_nothing(city: City, language: str) -> None:
    chris = city.chat(await city.person("Chris", role=Role.COORDINATOR, language=language))
    group = await city.group(chris.person)
    await group.says(CARD, as_=chris.person)
    await chris.says(HIDE[language])
    await city.store.people.set_role(chris.person.id, Role.GUEST)

    await chris.taps(SAVE[language])
    await city.ticks()

    assert chris.alerts != []
    assert group.last.id in group.room.messages
    assert {"de": "WLAN", "en": "Wi-Fi"}[language] in group.text
