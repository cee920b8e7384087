"""People over the local Bot API: links, requests, roles by number, by reply and picked, and who hears of it."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.playground.chats import Message, Someone
from bot.playground.payloads import Json
from handlers.posting import PICKED
from registry.people import Role, Staff
from storage import staff
from tests.chatting import Chat, City, a_city, said
from tests.handlers.a_register import fill

LANGUAGES = ("de", "en")

SAVE = {"de": "✓ Speichern", "en": "✓ Save"}
MAKE_LINK = {"de": "✓ Link erstellen", "en": "✓ Make the link"}
REQUEST = {"de": "Zugang anfragen", "en": "Request access"}
ACCEPT = {"de": "Annehmen …", "en": "Accept …"}
DECLINE = {"de": "Ablehnen", "en": "Decline"}
REVOKE = {"de": "✓ Entziehen", "en": "✓ Revoke"}
READING = {"de": "Lesezugriff", "en": "reading"}

INVITE = {"de": "/einladen Bearbeitung A50 bis 31.12.2026", "en": "/invite editor A50 until 31.12.2026"}
GRANT = {"de": "/rolle", "en": "/grant"}
TAKE = {"de": "/entziehen", "en": "/revoke"}
PEOPLE = {"de": "/personen", "en": "/people"}
IN_PRIVATE = {"de": "Bitte senden Sie mir {name} im privaten Chat.", "en": "Please send {name} to me in private."}


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[City]:
    async with a_city(tmp_path) as running:
        await fill(running.store, with_secrets=False)
        yield running


async def an_admin(city: City, language: str, name: str = "Sascha") -> Chat:
    """An administrator by role, who has written to the bot and so is told of things."""
    chat = city.chat(await city.person(name, role=Role.ADMIN, language=language))
    await chat.says("/start")
    return chat


def a_guest(city: City, language: str, name: str = "Toni") -> Chat:
    return city.chat(city.api.town.person(name, language=language))


async def has(city: City, person: Someone) -> Staff:
    found = await staff.of(city.store.database.read, person.id)
    return found.model_copy(update={"pseudonym": ""})


async def a_link(admin: Chat, language: str) -> str:
    """What Telegram sends when somebody opens a new link."""
    await admin.says(INVITE[language])
    text = await admin.taps(MAKE_LINK[language])
    found = re.search(r"https://t\.me/amtsbote_bot\?start=([\w-]+)", text)
    assert found is not None
    return f"/start {found[1]}"


def with_button(chat: Chat, label: str) -> Message:
    return next(m for m in reversed(chat.messages) if any(label in row for row in m.buttons))


WELCOME = {
    "de": "Willkommen. Der Link hat Ihnen Zugang gegeben.\nIhre Rolle: Bearbeitung für A50 · bis Do., 31.12.2026\n"
    "[Was ist offen?] [Hilfe]",
    "en": "Welcome. The link has given you access.\nYour role: editing for A50 · until Thu, 31 Dec 2026\n"
    "[What is open?] [Help]",
}
USED = {
    "de": "Dieser Link ist bereits verwendet.\n"
    "Jeder Link gilt nur einmal. Bitte lassen Sie sich von Ihrer Administration einen neuen geben.\n[Zugang anfragen]",
    "en": "This link has been used.\n"
    "Each link works once. Please ask your administrators for a new one.\n[Request access]",
}
VOID = {
    "de": "Dieser Link ist nicht oder nicht mehr gültig.\n"
    "Ein Link gilt sieben Tage. Bitte lassen Sie sich von Ihrer Administration einen neuen geben.\n[Zugang anfragen]",
    "en": "This link is not valid, or no longer.\n"
    "A link works for seven days. Please ask your administrators for a new one.\n[Request access]",
}
INVITED = {
    "de": "Einladung\nBearbeitung für A50 · bis Do., 31.12.2026\nDer Link gilt einmal und sieben Tage lang.\n\n"
    "Dafür einen Link erstellen? Wer ihn als Erstes öffnet, bekommt die Rolle.\n"
    "[✓ Link erstellen]\n[✎ Bis …] [✎ Ämter] [✎ Rolle]\n[✕ So lassen]",
    "en": "Invitation\nediting for A50 · until Thu, 31 Dec 2026\nThe link works once, for seven days.\n\n"
    "Make a link for that? Whoever opens it first gets the role.\n"
    "[✓ Make the link]\n[✎ Until …] [✎ Offices] [✎ Role]\n[✕ Leave it]",
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_link_lets_one_person_in_once(city: City, language: str) -> None:
    admin, guest, late = await an_admin(city, language), a_guest(city, language), a_guest(city, language, "Uli")

    await admin.says(INVITE[language])
    invited = admin.screen
    opens = await a_link(admin, language)
    await guest.says(opens)
    welcome = guest.screen
    await late.says(opens)

    assert (invited, welcome, late.screen) == (INVITED[language], WELCOME[language], USED[language])
    assert (
        admin.text.split("\n")[:2]
        == {
            "de": ["Eine Einladung wurde verwendet.", f"Person {guest.person.id}"],
            "en": ["An invitation was used.", f"Person {guest.person.id}"],
        }[language]
    )
    assert ((await has(city, guest.person)).role, (await has(city, late.person)).role) == (Role.EDITOR, Role.GUEST)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_link_of_last_week_and_one_withdrawn_let_nobody_in(city: City, language: str) -> None:
    admin, guest = await an_admin(city, language), a_guest(city, language)
    withdrawn = await a_link(admin, language)
    told = await admin.taps({"de": "✕ Zurückziehen", "en": "✕ Withdraw"}[language])
    expired = await a_link(admin, language)

    await guest.says(withdrawn)
    first = guest.screen
    city.clock.at += timedelta(days=7, seconds=1)
    await guest.says(expired)

    assert (
        told.split("\n")[2]
        == {
            "de": "Bearbeitung für A50 · bis Do., 31.12.2026 → zurückgezogen",
            "en": "editing for A50 · until Thu, 31 Dec 2026 → withdrawn",
        }[language]
    )
    assert (first, guest.screen) == (VOID[language], VOID[language])
    assert (await has(city, guest.person)).role is Role.GUEST


async def test_of_two_who_open_a_link_at_once_one_gets_in(city: City) -> None:
    admin = await an_admin(city, "de")
    opens = await a_link(admin, "de")
    guests = [a_guest(city, "de", name) for name in ("Toni", "Uli")]

    for guest in guests:
        city.api.doings.says(guest.room, guest.person, opens)
    await city.settled()

    assert sorted(guest.text.split("\n")[0] for guest in guests) == [
        "Dieser Link ist bereits verwendet.",
        "Willkommen. Der Link hat Ihnen Zugang gegeben.",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", [INVITE, PEOPLE], ids=["invite", "people"])
async def test_links_and_the_list_of_people_are_for_private_chats(
    city: City, language: str, command: dict[str, str]
) -> None:
    admin = (await an_admin(city, language)).person
    group = await city.group(admin)

    await group.says(command[language], as_=admin)

    told = IN_PRIVATE[language].format(name=command[language].split(" ")[0])
    assert group.screen == f"{told}\n[{'Hilfe' if language == 'de' else 'Help'}]"
    assert await city.store.database.read("SELECT * FROM invitations") == []


ASKED = {
    "de": "Ihre Anfrage liegt bei der Administration.\nBitte teilen Sie ihr mit, dass dies Ihre Nummer ist: {n}\n"
    "Ich schreibe Ihnen, sobald sie geantwortet hat.\n[Nummer kopieren]",
    "en": "Your administrators have your request.\nPlease tell them that this number is yours: {n}\n"
    "I will write to you as soon as they have answered.\n[Copy number]",
}
SOMEBODY_ASKS = {
    "de": "Jemand bittet um Zugang.\nPerson {n}\n"
    "Namen werden nicht gespeichert: Geben Sie nur einer Person eine Rolle, die Ihnen diese Nummer genannt hat.\n"
    "[Annehmen …] [Ablehnen]",
    "en": "Somebody asks for access.\nPerson {n}\n"
    "Names are not stored: give a role only to somebody who has told you this number.\n[Accept …] [Decline]",
}
LET_IN = {
    "de": "Sie haben Zugang.\nIhre Rolle: Lesezugriff\n[Was ist offen?] [Hilfe]",
    "en": "You have access.\nYour role: reading\n[What is open?] [Help]",
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_guest_asks_and_is_accepted(city: City, language: str) -> None:
    admin, guest = await an_admin(city, language), a_guest(city, language)

    await guest.says("hallo")
    await guest.taps(REQUEST[language])
    asked, asks = guest.screen, admin.screen
    roles = await admin.taps(ACCEPT[language])
    preview = await admin.taps(READING[language])
    await admin.taps(SAVE[language])

    assert asked == ASKED[language].format(n=guest.person.id)
    assert asks == SOMEBODY_ASKS[language].format(n=guest.person.id)
    assert roles.endswith({"de": "Welche Rolle?", "en": "Which role?"}[language])
    assert {"de": "kein Zugang → Lesezugriff", "en": "no access → reading"}[language] in preview
    assert guest.screen == LET_IN[language]
    assert (await has(city, guest.person)).role is Role.READER


DECLINED = {
    "de": "Ihre Anfrage nach Zugang wurde abgelehnt.\nWenn Sie Zugang brauchen, sprechen Sie bitte mit Ihrer "
    "Administration. Nach sieben Tagen können Sie noch einmal fragen.\n[Zugang anfragen] [Hilfe]",
    "en": "Your request for access was declined.\nIf you need access, please talk to your administrators. "
    "You can ask again after seven days.\n[Request access] [Help]",
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_declined_guest_may_ask_again_after_a_week(city: City, language: str) -> None:
    admin, guest = await an_admin(city, language), a_guest(city, language)
    await guest.says("/start")
    await guest.taps(REQUEST[language])

    await admin.taps(DECLINE[language])
    saved = await admin.taps(f"✓ {DECLINE[language]}")
    declined = guest.screen
    await guest.taps(REQUEST[language])
    too_early = guest.alerts
    city.clock.at += timedelta(days=7, seconds=1)
    again = await guest.taps(REQUEST[language])

    assert saved.split("\n")[1:] == [
        f"Person {guest.person.id}",
        {"de": "bittet um Zugang → abgelehnt", "en": "asks for access → declined"}[language],
    ]
    assert declined == DECLINED[language]
    assert too_early == [
        {
            "de": "Ihre Anfrage wurde abgelehnt. Nach sieben Tagen können Sie noch einmal fragen.",
            "en": "Your request was declined. You can ask again after seven days.",
        }[language]
    ]
    assert again == ASKED[language].rpartition("\n")[0].format(n=guest.person.id)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_of_two_administrators_who_answer_a_request_at_once_one_does(city: City, language: str) -> None:
    admins = [await an_admin(city, language, name) for name in ("Sascha", "Chris")]
    guest = a_guest(city, language)
    await guest.says("/start")
    await guest.taps(REQUEST[language])
    for admin in admins:
        await admin.taps(ACCEPT[language], on=with_button(admin, ACCEPT[language]))
    previews = [with_button(admin, READING[language]) for admin in admins]
    for admin, shown, role in zip(
        admins, previews, (READING, {"de": "Koordination", "en": "coordination"}), strict=True
    ):
        await admin.taps(role[language], on=shown)

    for admin, shown in zip(admins, previews, strict=True):
        city.api.doings.presses(shown, admin.person, data(shown, SAVE[language]))
    await city.settled()

    first_lines = sorted(said(shown).split("\n")[0] for shown in previews)
    assert first_lines == sorted(
        {
            "de": ["✓ Gespeichert.", "⚠ Das wurde inzwischen geändert. So sähe es jetzt aus:"],
            "en": ["✓ Saved.", "⚠ This was changed in the meantime. This is what it would be now:"],
        }[language]
    )
    grants = await city.store.database.read("SELECT count(*) AS n FROM people_history WHERE deed = 'grant_role'")
    assert grants[0]["n"] == 1


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_request_that_another_declined_is_answered_already(city: City, language: str) -> None:
    first, second = [await an_admin(city, language, name) for name in ("Sascha", "Chris")]
    guest = a_guest(city, language)
    await guest.says("/start")
    await guest.taps(REQUEST[language])
    asks = second.last
    await first.taps(DECLINE[language])
    await first.taps(f"✓ {DECLINE[language]}")

    told = await second.taps(DECLINE[language], on=asks)

    assert (
        told.split("\n")[1]
        == {
            "de": "Diese Anfrage ist bereits beantwortet.",
            "en": "This request was answered already.",
        }[language]
    )
    assert asks.buttons == (({"de": "Personen", "en": "People"}[language],),)


GIVEN = {
    "de": "Person {n}\nkein Zugang → Bearbeitung für A50 · bis Do., 31.12.2026\n\nSo speichern?\n"
    "[✓ Speichern]\n[✎ Bis …] [✎ Ämter]\n[✎ Rolle] [✎ Vertretung für …]\n[✕ So lassen]",
    "en": "Person {n}\nno access → editing for A50 · until Thu, 31 Dec 2026\n\nSave this?\n"
    "[✓ Save]\n[✎ Until …] [✎ Offices]\n[✎ Role] [✎ Deputy for …]\n[✕ Leave it]",
}
TOLD = {
    "de": "{by} (Administration) hat das geändert:\nPerson {n}\n"
    "kein Zugang → Bearbeitung für A50 · bis Do., 31.12.2026\n[Personen]",
    "en": "Administrator {by} has changed this:\nPerson {n}\n"
    "no access → editing for A50 · until Thu, 31 Dec 2026\n[People]",
}
TERMS = {"de": "Bearbeitung A50 bis 31.12.2026", "en": "editor A50 until 31.12.2026"}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_role_is_given_by_number_ends_on_a_day_and_is_taken_back(city: City, language: str) -> None:
    admin, other, guest = (
        await an_admin(city, language),
        await an_admin(city, language, "Chris"),
        a_guest(city, language),
    )

    await admin.says(f"{GRANT[language]} {guest.person.id} {TERMS[language]}")
    preview = admin.screen
    await admin.taps(SAVE[language])
    given, heard = await has(city, guest.person), other.screen
    await admin.taps({"de": "↶ Rückgängig", "en": "↶ Undo"}[language])

    assert preview == GIVEN[language].format(n=guest.person.id)
    assert heard == TOLD[language].format(by=admin.person.id, n=guest.person.id)
    assert (given.role, given.offices, str(given.until)) == (Role.EDITOR, ("A50",), "2026-12-31")
    assert (await has(city, guest.person)).role is Role.GUEST


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_role_without_words_is_asked_for_step_by_step(city: City, language: str) -> None:
    admin, guest = await an_admin(city, language), a_guest(city, language)

    await admin.says(f"{GRANT[language]} {guest.person.id}")
    offices = await admin.taps({"de": "Bearbeitung", "en": "editing"}[language])
    await admin.taps("D05 ›")
    chosen = await admin.taps("A50")
    await admin.taps({"de": "Weiter ›", "en": "Go on ›"}[language])
    await admin.taps({"de": "✎ Bis …", "en": "✎ Until …"}[language])
    [unread] = await admin.says({"de": "demnächst", "en": "sometime"}[language])
    await admin.says("31.12.2026")
    preview = admin.screen
    await admin.taps(SAVE[language])

    assert (
        offices
        == {
            "de": f"Person {guest.person.id}\nFür welche Ämter? Was darunter liegt, gehört dazu.",
            "en": f"Person {guest.person.id}\nFor which offices? What lies below them is included.",
        }[language]
    )
    assert {"de": "Gewählt: A50 · Amt für Soziales", "en": "Chosen: A50 · Social Services Office"}[language] in chosen
    assert {"de": "„demnächst“ verstehe ich nicht.", "en": "I do not understand “sometime”."}[language] in unread
    assert preview == GIVEN[language].format(n=guest.person.id)
    assert (await has(city, guest.person)).offices == ("A50",)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_person_is_picked_from_the_list_of_the_messenger(city: City, language: str) -> None:
    admin, guest = await an_admin(city, language), a_guest(city, language)

    [which] = await admin.says(GRANT[language])
    keys = admin.last.keys
    city.api.doings.picks(admin.room, admin.person, guest.person, request=PICKED)
    await city.settled()
    asked = admin.text
    await admin.taps(READING[language])
    await admin.taps(SAVE[language])

    assert (
        which.split("\n")[-1]
        == {
            "de": "Oder wählen Sie die Person mit der Schaltfläche unten.",
            "en": "Or pick the person with the button below.",
        }[language]
    )
    assert keys
    assert asked == f"Person {guest.person.id}\n{'Welche Rolle?' if language == 'de' else 'Which role?'}"
    assert (await has(city, guest.person)).role is Role.READER


@pytest.mark.parametrize("language", LANGUAGES)
async def test_in_a_group_a_reply_names_the_person(city: City, language: str) -> None:
    admin, guest = (await an_admin(city, language)).person, a_guest(city, language).person
    group = await city.group(admin, guest)
    theirs = city.api.town.post(group.room, guest, "hallo zusammen")

    await group.says(GRANT[language], as_=admin)
    nobody = group.screen
    await group.says(f"{GRANT[language]} {TERMS[language]}", as_=admin, reply_to=theirs)
    preview = group.screen
    await group.taps(SAVE[language], as_=admin)
    given = await has(city, guest)
    await group.says(TAKE[language], as_=admin, reply_to=theirs)
    await group.taps(REVOKE[language], as_=admin)

    assert nobody.split("\n")[0] == {"de": "Welche Person?", "en": "Which person?"}[language]
    assert nobody.split("\n")[-1] == {"de": "[Hilfe]", "en": "[Help]"}[language]
    assert preview == GIVEN[language].format(n=guest.id)
    assert given.role is Role.EDITOR
    assert (await has(city, guest)).role is Role.GUEST


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_deputy_acts_for_the_offices_of_another_until_a_day(city: City, language: str) -> None:
    admin = await an_admin(city, language)
    kim = await city.person("Kim", offices=("A50",), language=language)
    deputy = await city.person("Lee", role=Role.READER, language=language)
    theirs = city.chat(deputy)

    words = {"de": f"Vertretung {kim.id} bis 24.12.2026", "en": f"deputy for {kim.id} until 24.12.2026"}[language]
    await theirs.says("/status 1.5.M1 voll")
    before = theirs.text
    [preview] = await admin.says(f"{GRANT[language]} {deputy.id} {words}")
    await admin.taps(SAVE[language])
    heard = theirs.text
    [may] = await theirs.says("/status 1.5.M1 voll")
    city.clock.at += timedelta(days=32)
    [ended] = await theirs.says("/status 1.5.M1 voll")

    standing_in = {
        "de": f"Lesezugriff · vertritt {kim.id} bis Do., 24.12.2026",
        "en": f"reading · stands in for {kim.id} until Thu, 24 Dec 2026",
    }[language]
    assert f" → {standing_in}" in preview
    assert heard.endswith(standing_in)
    assert "1.5.M1" in may
    assert (
        before
        == ended
        == {
            "de": "Ihre Rolle erlaubt das nicht. Bitte wenden Sie sich an Ihre Administration.",
            "en": "Your role does not allow that. Please ask your administrators.",
        }[language]
    )


ENDED = {
    "de": "Ihr Zugang ist beendet.\nWenn Sie ihn weiter brauchen, sprechen Sie bitte mit Ihrer Administration.\n"
    "[Zugang anfragen] [Hilfe]",
    "en": "Your access has ended.\nIf you still need it, please talk to your administrators.\n[Request access] [Help]",
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_role_is_revoked_from_the_list_and_the_person_told(city: City, language: str) -> None:
    admin, kim = (
        await an_admin(city, language),
        city.chat(await city.person("Kim", offices=("A50",), language=language)),
    )
    await kim.says("/start")

    [listed] = await admin.says(PEOPLE[language])
    label = {"de": f"{kim.person.id}: entziehen", "en": f"Revoke {kim.person.id}"}[language]
    asked = await admin.taps(label)
    await admin.taps(REVOKE[language])

    role = {"de": "Bearbeitung für A50", "en": "editing for A50"}[language]
    assert f"{kim.person.id} · {role}" in listed
    assert "Kim" not in listed
    assert (
        asked
        == {
            "de": f"Person {kim.person.id}\nBearbeitung für A50 → kein Zugang\n\nDiese Rolle entziehen?",
            "en": f"Person {kim.person.id}\nediting for A50 → no access\n\nRevoke this role?",
        }[language]
    )
    assert kim.screen == ENDED[language]
    assert (await has(city, kim.person)).role is Role.GUEST


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_nobody_can_be_given_says_why(city: City, language: str) -> None:
    admin, grant = await an_admin(city, language), GRANT[language]
    cases = {
        f"{grant} {admin.person.id} reader": (
            "Die eigene Rolle ändert niemand selbst. Bitte wenden Sie sich an eine andere Person der Administration.",
            "Nobody changes their own role. Please ask another administrator.",
        ),
        f"{grant} 777000 reader": (
            "Diese Nummer kann niemand haben; Rollen bekommen nur Personen.",
            "Nobody can have this number; only people get roles.",
        ),
        f"{TAKE[language]} {city.admin.id}": (
            "Diese Person gehört laut Einstellungen zur Administration; das ändert nur der Betrieb.",
            "This administrator is named in the settings; only the operator can change that.",
        ),
        f"{TAKE[language]} 4711": ("Diese Person hat keine Rolle.", "This person has no role."),
    }

    for words, told in cases.items():
        [answer] = await admin.says(words)
        assert answer.split("\n")[1] == told[LANGUAGES.index(language)]
        assert admin.buttons == [{"de": "Personen", "en": "People"}[language]]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_last_administrator_stays(tmp_path: Path, language: str) -> None:
    async with a_city(tmp_path) as city:
        first, second = await an_admin(city, language), await an_admin(city, language, "Chris")
        await city.store.people.set_admins([], datetime.now(UTC))

        await first.says(f"{TAKE[language]} {second.person.id}")
        await first.taps(REVOKE[language])
        [alone] = await first.says(f"{TAKE[language]} {first.person.id}")

        assert (await has(city, second.person)).role is Role.GUEST
        assert (
            alone.split("\n")[1]
            == {
                "de": "Es bliebe niemand für die Administration. "
                "Bitte geben Sie diese Rolle zuerst einer anderen Person.",
                "en": "There would be no administrator left. Please appoint another one first.",
            }[language]
        )
        assert (await has(city, first.person)).role is Role.ADMIN


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_new_administrator_needs_the_consent_of_a_second(city: City, language: str) -> None:
    first, second, kim = (
        await an_admin(city, language),
        await an_admin(city, language, "Chris"),
        a_guest(city, language),
    )

    await first.says(f"{GRANT[language]} {kim.person.id} admin")
    waits = await first.taps(SAVE[language])
    before, asks = await has(city, kim.person), second.screen
    await second.taps({"de": "✓ Zustimmen", "en": "✓ Agree"}[language])

    assert (
        waits.split("\n")[-1]
        == {
            "de": "Eine zweite Person der Administration muss zustimmen. Ich habe die anderen gefragt.",
            "en": "A second administrator has to agree. I have asked the others.",
        }[language]
    )
    assert (
        asks
        == {
            "de": f"{first.person.id} bittet Sie als zweite Person der Administration um Zustimmung:\n"
            f"Person {kim.person.id}\nkein Zugang → Administration · bis So., 21.02.2027\n[✓ Zustimmen] [✕ So lassen]",
            "en": f"{first.person.id} asks you to agree as second administrator:\n"
            f"Person {kim.person.id}\nno access → administration · until Sun, 21 Feb 2027\n[✓ Agree] [✕ Leave it]",
        }[language]
    )
    assert (before.role, (await has(city, kim.person)).role) == (Role.GUEST, Role.ADMIN)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_administrator_who_lost_the_role_after_the_preview_saves_nothing(city: City, language: str) -> None:
    admin, guest = await an_admin(city, language), a_guest(city, language)
    await admin.says(f"{GRANT[language]} {guest.person.id} reader")
    await city.store.people.set_role(admin.person.id, Role.COORDINATOR)

    await admin.taps(SAVE[language])

    assert admin.alerts == [
        {"de": "Das darf nur die Administration.", "en": "Only administrators may do that."}[language]
    ]
    assert (await has(city, guest.person)).role is Role.GUEST


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_role_that_changed_after_the_preview_is_shown_anew(city: City, language: str) -> None:
    admin, kim = await an_admin(city, language), await city.person("Kim", offices=("A50",), language=language)
    await admin.says(f"{GRANT[language]} {kim.id} reader")
    await city.store.people.set_role(kim.id, Role.COORDINATOR)

    anew = await admin.taps(SAVE[language])
    between = await has(city, kim)
    await admin.taps(SAVE[language])

    assert {"de": "Koordination → Lesezugriff", "en": "coordination → reading"}[language] in anew
    assert (between.role, (await has(city, kim)).role) == (Role.COORDINATOR, Role.READER)


async def test_a_double_tap_gives_one_role_and_tells_once(city: City) -> None:
    admin, guest = await an_admin(city, "de"), a_guest(city, "de")
    await guest.says("/start")
    await admin.says(f"/rolle {guest.person.id} lesen")

    for _ in range(3):
        city.api.doings.presses(admin.last, admin.person, data(admin.last, SAVE["de"]))
    await city.settled()

    assert [said(m).split("\n")[0] for m in guest.messages].count("Sie haben Zugang.") == 1


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_button_of_one_administrator_is_not_anothers(city: City, language: str) -> None:
    first, second = [(await an_admin(city, language, name)).person for name in ("Sascha", "Chris")]
    guest = a_guest(city, language).person
    group = await city.group(first, second, guest)
    await group.says(f"{GRANT[language]} {guest.id} reader", as_=first)

    await group.taps(SAVE[language], as_=second)

    assert group.alerts == [
        {
            "de": "Diese Schaltfläche ist für jemand anderen bestimmt.",
            "en": "This button was made for somebody else.",
        }[language]
    ]
    assert (await has(city, guest)).role is Role.GUEST


@pytest.mark.parametrize("language", LANGUAGES)
async def test_requests_and_questions_outlive_a_restart(city: City, language: str) -> None:
    admin, guest = await an_admin(city, language), a_guest(city, language)
    await guest.says("/start")
    await guest.taps(REQUEST[language])

    await city.restarts()
    await admin.taps(ACCEPT[language])
    await admin.taps(READING[language])
    await admin.taps({"de": "✎ Bis …", "en": "✎ Until …"}[language])
    await city.restarts()
    await admin.says("31.12.2026")
    await admin.taps(SAVE[language])

    given = await has(city, guest.person)
    assert (given.role, str(given.until)) == (Role.READER, "2026-12-31")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", [GRANT, TAKE, PEOPLE, INVITE], ids=["grant", "revoke", "people", "invite"])
async def test_guests_and_coordinators_do_none_of_it(city: City, language: str, command: dict[str, str]) -> None:
    guest = a_guest(city, language)
    coordinator = city.chat(await city.person("Kim", role=Role.COORDINATOR, language=language))

    [to_guest] = await guest.says(command[language])
    [to_coordinator] = await coordinator.says(command[language])

    assert to_guest.startswith(
        {"de": "Dieser Dienst ist für Beschäftigte der Stadtverwaltung.", "en": "This service is for staff"}[language]
    )
    assert guest.buttons[0] == REQUEST[language]
    assert (
        to_coordinator
        == {
            "de": "Das darf nur die Administration.",
            "en": "Only administrators may do that.",
        }[language]
    )


SHAPES: dict[str, dict[str, Json]] = {
    "forwarded": {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Robin"}},
    "by an anonymous administrator": {
        "from": {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"},
    },
}


@pytest.mark.parametrize("shape", SHAPES)
async def test_a_command_that_nobody_answers_for_is_not_heard(city: City, shape: str) -> None:
    guest = a_guest(city, "de").person
    group = await city.group(guest)
    said = len(group.messages)
    message = city.api.town.post(group.room, city.admin, f"/rolle {guest.id} lesen")
    entities: Json = [{"type": "bot_command", "offset": 0, "length": 6}]

    city.api.town.updates.push("message", message.json() | {"entities": entities} | SHAPES[shape])
    await city.settled()

    assert len(group.messages) == said


async def test_an_edited_command_gives_no_other_role(city: City) -> None:
    admin, guest = await an_admin(city, "de"), a_guest(city, "de").person
    await admin.says(f"/rolle {guest.id} lesen")
    own = next(m for m in reversed(admin.room.messages.values()) if m.sender == admin.person)

    city.api.doings.rewrites(own, f"/rolle {guest.id} koordination")
    await city.settled()
    await admin.taps(SAVE["de"])

    assert (await has(city, guest)).role is Role.READER


async def test_the_message_of_an_anonymous_administrator_names_nobody(city: City) -> None:
    """Their stand-in is everybody's: a role of it would be a role for all who hide behind it."""
    admin = (await an_admin(city, "de")).person
    group = await city.group(admin)
    stand_in = Someone(1087968824, "Group", "GroupAnonymousBot", is_bot=True)
    theirs = city.api.town.post(group.room, stand_in, "hallo")

    [answer] = await group.says("/rolle lesen", as_=admin, reply_to=theirs)

    assert answer.startswith("Welche Person?")


def data(message: Message, label: str) -> str:
    return next(button.data for row in message.keyboard for button in row if button.text == label)
