"""How people come in: links that give a role once, and guests who ask for one."""

import re
import string
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.administered import Invitation
from registry.people import Role, Staff
from storage import staff
from storage.invitations import hashed, issue_by_operator
from tests.handlers.conversing import ADMIN, EDITOR, GROUP, GUEST, NOW, READER, Conversation
from tests.handlers.test_people import have_written
from tests.handlers.test_start import WELCOME_DE

SECOND = 7_010
INVALID = (
    "Dieser Link ist nicht oder nicht mehr gültig.\n"
    "Ein Link gilt sieben Tage. Bitte lassen Sie sich von Ihrer Administration einen neuen geben.\n[Zugang anfragen]"
)


@pytest.fixture
def admin(chat: Conversation) -> Conversation:
    return replace(chat, person=ADMIN)


@pytest.fixture
def guest(chat: Conversation) -> Conversation:
    return replace(chat, person=GUEST)


async def has(chat: Conversation, person: int) -> Staff:
    found = await staff.of(chat.store.database.read, person)
    return found.model_copy(update={"pseudonym": ""})


async def a_link(admin: Conversation, terms: str) -> str:
    """The code of a new link."""
    await admin.says(f"/einladen {terms}")
    await admin.taps("✓ Link erstellen")
    assert admin.shown is not None
    found = re.search(r"https://t\.me/amtsbote_bot\?start=([\w-]+)", str(admin.shown.payload["text"]))
    assert found is not None
    return found[1]


async def test_a_link_is_shown_before_it_is_made(admin: Conversation) -> None:
    assert await admin.says("/einladen Bearbeitung A50 bis 31.12.2026") == (
        "Einladung\nBearbeitung für A50 · bis Do., 31.12.2026\nDer Link gilt einmal und sieben Tage lang.\n\n"
        "Dafür einen Link erstellen? Wer ihn als Erstes öffnet, bekommt die Rolle.\n"
        "[✓ Link erstellen]\n[✎ Bis …] [✎ Ämter] [✎ Rolle]\n[✕ So lassen]"
    )
    assert await admin.store.database.read("SELECT * FROM invitations") == []


async def test_a_link_gives_its_role_once(admin: Conversation, guest: Conversation) -> None:
    await have_written(admin, ADMIN)
    code = await a_link(admin, "Bearbeitung A50 bis 31.12.2026")

    assert await guest.says(f"/start {code}") == (
        "Willkommen. Der Link hat Ihnen Zugang gegeben.\nIhre Rolle: Bearbeitung für A50 · bis Do., 31.12.2026\n"
        "[Was ist offen?] [Hilfe]"
    )
    assert await has(guest, GUEST) == Staff(number=GUEST, role=Role.EDITOR, offices=("A50",), until=date(2026, 12, 31))
    assert admin.hears() == "Eine Einladung wurde verwendet.\nPerson 7009\nBearbeitung\n[Personen]"
    assert await guest.says(f"/start {code}") == (
        "Dieser Link ist bereits verwendet.\nSie haben bereits Zugang; mehr ist nicht zu tun.\n[Was ist offen?] [Hilfe]"
    )
    assert await replace(guest, person=8_000).says(f"/start {code}") == (
        "Dieser Link ist bereits verwendet.\n"
        "Jeder Link gilt nur einmal. Bitte lassen Sie sich von Ihrer Administration einen neuen geben.\n"
        "[Zugang anfragen]"
    )
    assert await has(guest, 8_000) == Staff(number=8_000)


async def test_a_link_works_in_english_too(admin: Conversation, guest: Conversation) -> None:
    code = await a_link(admin, "Lesen")

    assert await replace(guest, language="en").says(f"/start {code}") == (
        "Welcome. The link has given you access.\nYour role: reading\n[What is open?] [Help]"
    )


async def test_only_the_hash_of_a_code_is_kept(admin: Conversation) -> None:
    code = await a_link(admin, "Lesen")

    tables = ("invitations", "people_history", "prepared", "deeds", "entries", "kept")
    kept = [str(tuple(row)) for table in tables for row in await admin.store.database.read(f"SELECT * FROM {table}")]
    assert re.fullmatch(r"[A-Za-z0-9_-]{32}", code)
    assert any(hashed(code) in row for row in kept)
    assert not any(code in row for row in kept)


async def test_a_link_ends_after_seven_days(admin: Conversation, guest: Conversation) -> None:
    code = await a_link(admin, "Lesen")
    guest.now = NOW + timedelta(days=7, seconds=1)

    assert await guest.says(f"/start {code}") == INVALID
    assert await has(guest, GUEST) == Staff(number=GUEST)


async def test_a_link_can_be_withdrawn(admin: Conversation, guest: Conversation) -> None:
    code = await a_link(admin, "Lesen")
    await admin.taps("✕ Zurückziehen")

    assert await guest.says(f"/start {code}") == INVALID


async def test_a_link_of_somebody_who_is_administrator_no_more_is_void(chat: Conversation, guest: Conversation) -> None:
    await chat.store.people.set_role(SECOND, Role.ADMIN)
    code = await a_link(replace(chat, person=SECOND), "Koordination")
    await chat.store.people.set_role(SECOND, Role.READER)

    assert await guest.says(f"/start {code}") == INVALID
    assert (await replace(chat, person=SECOND).says(f"/start {code}")).startswith("Dieser Link ist nicht")
    assert (await has(chat, SECOND)).role is Role.READER


async def test_whoever_may_as_much_already_does_not_use_it_up(admin: Conversation, guest: Conversation) -> None:
    code = await a_link(admin, "Lesen")

    for person in (ADMIN, EDITOR, READER):
        told = await replace(admin, person=person).says(f"/start {code}")
        assert told.startswith("Dieser Link ist nicht" if person == ADMIN else "Das dürfen Sie auch ohne diesen Link")
    assert (await guest.says(f"/start {code}")).startswith("Willkommen.")


async def test_a_link_adds_offices_to_those_an_editor_has(admin: Conversation) -> None:
    code = await a_link(admin, "Bearbeitung A51")
    await replace(admin, person=EDITOR).says(f"/start {code}")

    assert await has(admin, EDITOR) == Staff(number=EDITOR, role=Role.EDITOR, offices=("A50", "A51"))


async def test_a_link_for_an_administrator_is_for_the_only_one_to_make(admin: Conversation) -> None:
    assert (await admin.says("/einladen Administration")).startswith("Einladung\nAdministration")
    await admin.store.people.set_role(SECOND, Role.ADMIN)

    assert (await admin.taps("✓ Link erstellen")).startswith("Einladung\nEiner weiteren Administration müssen zwei")
    assert await admin.store.database.read("SELECT * FROM invitations") == []


async def test_an_invitation_is_not_made_in_a_group(admin: Conversation) -> None:
    group = replace(admin, chat=GROUP)
    await group.says("/admit")

    assert await group.says("/einladen Lesen") == "Bitte senden Sie mir /einladen im privaten Chat.\n[Hilfe]"


async def test_a_link_of_the_command_line_makes_the_first_administrator(
    chat: Conversation, guest: Conversation
) -> None:
    await chat.store.people.set_admins([], NOW)
    invitation = Invitation(code_hash=hashed("first"), role=Role.ADMIN)
    await issue_by_operator(chat.store.database, invitation, NOW)

    assert (await guest.says("/start first")).splitlines()[1] == "Ihre Rolle: Administration"
    assert (await guest.says("/personen")).splitlines()[0] == "3 Personen haben eine Rolle"


async def test_two_who_open_a_link_at_once_do_not_both_get_in(admin: Conversation, guest: Conversation) -> None:
    code = await a_link(admin, "Lesen")
    other = replace(guest, person=8_000)
    late = await other.outcome({"message": other.message(f"/start {code}")})
    await guest.says(f"/start {code}")

    with pytest.raises(Exception, match=hashed(code)):
        await other.write(late.changes)
    assert await has(guest, 8_000) == Staff(number=8_000)


async def test_in_a_group_a_code_is_nothing(admin: Conversation, guest: Conversation) -> None:
    code = await a_link(admin, "Lesen")
    await replace(admin, chat=GROUP).says("/admit")

    await replace(guest, chat=GROUP).says(f"/start {code}")

    assert await has(guest, GUEST) == Staff(number=GUEST)


HOSTILE = (
    "' OR 1=1 --",
    "../../etc/passwd",
    "<b>x</b>",
    "{0.__class__}",
    "a" * 65,
    "a" * 4000,
    "ä",
    "\u202ecode",
    "%00",
    "a b",
    "startgroup=x",
    "",
)


@pytest.mark.parametrize("payload", HOSTILE)
async def test_a_payload_that_is_no_code_is_only_a_greeting(
    chat: Conversation, guest: Conversation, payload: str
) -> None:
    assert await chat.says(f"/start {payload}") == WELCOME_DE
    assert (await guest.says(f"/start {payload}")).splitlines()[-2:] == [
        "[Zugang anfragen]",
        "[Hilfe] [Sprache] [Datenschutz]",
    ]


CODES = st.text(alphabet=string.ascii_letters + string.digits + "_-", min_size=1, max_size=64)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(payload=st.one_of(st.text(max_size=100), CODES))
async def test_no_invented_payload_lets_anybody_in(guest: Conversation, payload: str) -> None:
    outcome = await guest.handle({"message": guest.message(f"/start {payload}", entities=[])})

    assert outcome.changes == ()
    assert len(outcome.outgoing) == 1


async def test_a_guest_asks_and_an_administrator_accepts(admin: Conversation, guest: Conversation) -> None:
    await have_written(admin, ADMIN, GUEST)
    await guest.says("/offen")
    assert await guest.taps("Zugang anfragen") == (
        "Ihre Anfrage liegt bei der Administration.\nBitte teilen Sie ihr mit, dass dies Ihre Nummer ist: 7009\n"
        "Ich schreibe Ihnen, sobald sie geantwortet hat.\n[Nummer kopieren]"
    )
    admin.told = guest.told
    assert admin.hears() == (
        "Jemand bittet um Zugang.\nPerson 7009\n"
        "Namen werden nicht gespeichert: Geben Sie nur einer Person eine Rolle, die Ihnen diese Nummer genannt hat.\n"
        "[Annehmen …] [Ablehnen]"
    )
    assert "1 Person bittet um Zugang: 7009" in await replace(admin).says("/personen")
    assert await admin.taps("Annehmen …") == (
        "Person 7009\nWelche Rolle?\n"
        "[Lesezugriff] [Bearbeitung]\n[Koordination] [Administration]\n[Abbrechen] [Personen]"
    )
    await admin.taps("Lesezugriff")
    await admin.taps("✓ Speichern")

    assert await has(guest, GUEST) == Staff(number=GUEST, role=Role.READER)
    assert guest.hears() == "Sie haben Zugang.\nIhre Rolle: Lesezugriff\n[Was ist offen?] [Hilfe]"
    assert "bittet um Zugang" not in await admin.says("/personen")


async def test_a_declined_guest_is_told_and_may_ask_again_after_a_week(
    admin: Conversation, guest: Conversation
) -> None:
    await have_written(admin, ADMIN, GUEST)
    await guest.presses("g")
    admin.hears()
    assert await admin.taps("Ablehnen") == (
        "Person 7009\nbittet um Zugang → abgelehnt\n\nDiese Anfrage ablehnen?\n[✓ Ablehnen]\n[✕ So lassen]"
    )
    await admin.taps("✓ Ablehnen")

    assert guest.hears() == (
        "Ihre Anfrage nach Zugang wurde abgelehnt.\n"
        "Wenn Sie Zugang brauchen, sprechen Sie bitte mit Ihrer Administration. "
        "Nach sieben Tagen können Sie noch einmal fragen.\n[Zugang anfragen] [Hilfe]"
    )
    assert await guest.presses("g") == (
        "(Ihre Anfrage wurde abgelehnt. Nach sieben Tagen können Sie noch einmal fragen.)"
    )
    guest.now = NOW + timedelta(days=7, seconds=1)
    assert (await guest.presses("g")).startswith("Ihre Anfrage liegt bei der Administration.")


async def test_a_guest_has_one_open_request(admin: Conversation, guest: Conversation) -> None:
    await have_written(admin, ADMIN)
    await guest.presses("g")
    guest.told.clear()

    assert await guest.presses("g") == "(Ihre Anfrage liegt bereits bei der Administration.)"
    assert guest.told == {}


async def test_many_guests_do_not_flood_the_administrators(admin: Conversation, guest: Conversation) -> None:
    await have_written(admin, ADMIN)
    heard = 0
    for number in range(8_000, 8_030):
        asking = replace(guest, person=number, told={})
        assert (await asking.presses("g")).startswith("Ihre Anfrage liegt bei der Administration.")
        heard += len(asking.told)

    assert heard == 10
    assert "4 Personen bitten um Zugang: 8000, 8001, 8002, 8003" in await admin.says("/personen")
    await admin.taps("8000 ablehnen")
    await admin.taps("✓ Ablehnen")
    assert "8001, 8002, 8003, 8004" in await admin.says("/personen")


async def test_an_answer_to_a_request_is_only_the_administrators(admin: Conversation, guest: Conversation) -> None:
    await have_written(admin, ADMIN)
    await guest.presses("g")
    admin.hears()
    await admin.store.people.set_admins([], NOW)
    admin.router._admins = frozenset()

    assert (await admin.taps("Annehmen …")).startswith("(Dieser Dienst ist für Beschäftigte der Stadtverwaltung.")
    assert await has(guest, GUEST) == Staff(number=GUEST)


async def test_who_has_access_need_not_ask(chat: Conversation) -> None:
    assert await chat.presses("g") == "(Sie haben bereits Zugang.)"
    assert await chat.store.database.read("SELECT * FROM access_requests") == []
