"""Roles given and revoked in the chat, by whom, to whom, and what everybody is told."""

import json
import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry.changes import Do
from registry.deeds import GrantRole
from registry.people import ChatKind, Role, Staff
from registry.visibility import Clearance
from storage import staff
from storage.changes import write_change
from storage.database import Transaction
from storage.errors import ChangedMeanwhile, NotAllowed
from storage.inbox import Letter
from tests.handlers.conversing import ADMIN, BOT, EDITOR, GROUP, GUEST, NOW, READER, Conversation, Json

SECOND = 7_010
HERE = "deed NOT IN ('set_by_settings', 'admit_chat')"  # what a conversation begins with is no part of it
NOT_ALLOWED = "Das darf nur die Administration.\n[Hilfe]"


@pytest.fixture
def admin(chat: Conversation) -> Conversation:
    return replace(chat, person=ADMIN)


async def given(chat: Conversation, person: int) -> Staff:
    found = await staff.of(chat.store.database.read, person)
    return found.model_copy(update={"pseudonym": ""})


async def have_written(chat: Conversation, *people: int) -> None:
    letters = [Letter(None, f"first words of {person}", person, "{}") for person in people]
    await chat.store.inbox.receive(letters, NOW)


async def trail(chat: Conversation) -> list[tuple[str, Json, Json]]:
    rows = await chat.store.database.read(f"SELECT * FROM people_history WHERE {HERE} ORDER BY id")
    return [(row["deed"], json.loads(row["before"]), json.loads(row["after"])) for row in rows]


async def test_a_role_is_given_step_by_step_and_taken_back(admin: Conversation) -> None:
    assert await admin.says(f"/rolle {GUEST}") == (
        "Person 7009\nWelche Rolle?\n[Lesezugriff] [Bearbeitung]\n[Koordination] [Administration]\n"
        "[Abbrechen] [Personen]"
    )
    assert await admin.taps("Bearbeitung") == (
        "Person 7009\nFür welche Ämter? Was darunter liegt, gehört dazu.\n[D01 ›] [D05 ›]"
    )
    await admin.taps("D05 ›")
    assert await admin.taps("A50") == (
        "Person 7009\nFür welche Ämter? Was darunter liegt, gehört dazu.\nGewählt: A50 · Amt für Soziales\n"
        "[D05] [✓ A50] [A51]\n[‹ Zurück] [Weiter ›]"
    )
    assert await admin.taps("Weiter ›") == (
        "Person 7009\nkein Zugang → Bearbeitung für A50\n\nSo speichern?\n[✓ Speichern]\n"
        "[✎ Bis …] [✎ Ämter]\n[✎ Rolle] [✎ Vertretung für …]\n[✕ So lassen]"
    )
    assert await given(admin, GUEST) == Staff(number=GUEST)
    assert await admin.taps("✓ Speichern") == (
        "(Gespeichert.)\n\n✓ Gespeichert.\nPerson 7009\nkein Zugang → Bearbeitung für A50\n[↶ Rückgängig] [Personen]"
    )
    assert await given(admin, GUEST) == Staff(number=GUEST, role=Role.EDITOR, offices=("A50",))

    await admin.taps("↶ Rückgängig")

    assert await given(admin, GUEST) == Staff(number=GUEST)
    assert await trail(admin) == [
        (
            "grant_role",
            {"role": 0, "offices": [], "until": None, "stands_in_until": None},
            {"role": 2, "offices": ["A50"], "until": None, "stands_in_until": None},
        ),
        (
            "revoke_role",
            {"role": 2, "offices": ["A50"], "until": None, "stands_in_until": None},
            {"role": 0, "offices": [], "until": None, "stands_in_until": None},
        ),
    ]


async def test_a_role_is_given_in_one_line_in_english(admin: Conversation) -> None:
    english = replace(admin, language="en")

    assert await english.says(f"/grant {GUEST} editor A50, Jugendamt until 31.12.2026") == (
        "Person 7009\nno access → editing for A50, A51 · until Thu, 31 Dec 2026\n\nSave this?\n[✓ Save]\n"
        "[✎ Until …] [✎ Offices]\n[✎ Role] [✎ Deputy for …]\n[✕ Leave it]"
    )
    await english.taps("✓ Save")

    assert await given(admin, GUEST) == Staff(
        number=GUEST, role=Role.EDITOR, offices=("A50", "A51"), until=date(2026, 12, 31)
    )


async def test_the_end_may_be_said_later_and_is_shown_with_its_weekday(admin: Conversation) -> None:
    await admin.says(f"/rolle {GUEST} Koordination")
    assert await admin.taps("✎ Bis …") == (
        "Person 7009\nBis wann? Bitte schreiben Sie ein Datum, zum Beispiel 31.12.2026.\n"
        "Ich warte 15 Minuten darauf. /abbrechen beendet die Eingabe.\n[Abbrechen]"
    )
    assert (await admin.says("bald")).splitlines()[1] == "„bald“ verstehe ich nicht."
    assert (await admin.says("in 2 Wochen")).splitlines()[1] == "kein Zugang → Koordination · bis Mo., 07.12.2026"
    await admin.taps("✓ Speichern")

    assert (await given(admin, GUEST)).until == date(2026, 12, 7)


@pytest.mark.parametrize("words", ["editor A99", "Chefsache", "editor A50 until quark", "reader and more"])
async def test_words_that_say_no_role_are_named(admin: Conversation, words: str) -> None:
    assert "verstehe ich nicht." in (await admin.says(f"/grant {GUEST} {words}")).splitlines()[0]


async def test_whoever_becomes_administrator_of_two_is_agreed_to_by_the_other(admin: Conversation) -> None:
    await admin.store.people.set_role(SECOND, Role.ADMIN)
    await have_written(admin, SECOND, GUEST)
    second = replace(admin, person=SECOND)
    await admin.says(f"/rolle {GUEST} Administration")
    assert await admin.taps("✓ Speichern") == (
        "Person 7009\nkein Zugang → Administration · bis So., 21.02.2027\n"
        "Eine zweite Person der Administration muss zustimmen. Ich habe die anderen gefragt.\n[Personen]"
    )
    assert await given(admin, GUEST) == Staff(number=GUEST)
    assert second.hears() == (
        "7001 bittet Sie als zweite Person der Administration um Zustimmung:\n"
        "Person 7009\nkein Zugang → Administration · bis So., 21.02.2027\n[✓ Zustimmen] [✕ So lassen]"
    )
    agree = second.shown
    assert agree is not None
    assert (await second.taps("✓ Zustimmen")).splitlines()[2:4] == ["✓ Gespeichert.", "Person 7009"]
    second.shown = agree

    assert await given(admin, GUEST) == Staff(number=GUEST, role=Role.ADMIN, until=date(2027, 2, 21))
    assert await second.taps("✓ Zustimmen") == "(Schon erledigt.)"
    assert replace(admin, person=GUEST).hears() == (
        "Sie haben Zugang.\nIhre Rolle: Administration · bis So., 21.02.2027\n[Was ist offen?] [Hilfe]"
    )


async def test_who_proposed_hears_that_the_second_does_not_agree(admin: Conversation) -> None:
    await admin.store.people.set_role(SECOND, Role.ADMIN)
    await have_written(admin, SECOND)
    second = replace(admin, person=SECOND)
    await admin.says(f"/rolle {GUEST} Administration")
    await admin.taps("✓ Speichern")
    second.hears()
    await second.taps("✕ So lassen")

    assert replace(admin).hears() == (
        "Person 7009\n7010 (Administration) stimmt nicht zu. Es wurde nichts geändert.\n"
        "Wer sonst noch gefragt wurde, kann weiterhin zustimmen.\n[Personen]"
    )


async def test_a_day_that_has_passed_is_asked_for_anew(admin: Conversation) -> None:
    told = await admin.says("/einladen Lesen bis 01.01.2020")

    assert told == (
        "Einladung\nDieser Tag ist vorbei.\nBis wann? Bitte schreiben Sie ein Datum, zum Beispiel 31.12.2026.\n"
        "Ich warte 15 Minuten darauf. /abbrechen beendet die Eingabe.\n[Abbrechen]"
    )
    assert "bis Do., 31.12.2026" in await admin.says("31.12.2026")


async def test_the_question_which_role_has_a_way_back(admin: Conversation) -> None:
    assert (await admin.says(f"/rolle {GUEST}")).endswith("\n[Abbrechen] [Personen]")


async def test_without_a_second_who_could_be_asked_nothing_happens(admin: Conversation) -> None:
    await admin.store.people.set_role(SECOND, Role.ADMIN)
    await admin.says(f"/rolle {GUEST} Administration")

    assert (await admin.taps("✓ Speichern")).splitlines()[1] == (
        "Eine zweite Person der Administration muss zustimmen, aber von den anderen hat mir noch niemand geschrieben."
    )
    assert await given(admin, GUEST) == Staff(number=GUEST)


async def test_a_second_who_is_administrator_no_more_cannot_agree(admin: Conversation) -> None:
    await admin.store.people.set_role(SECOND, Role.ADMIN)
    await have_written(admin, SECOND)
    second = replace(admin, person=SECOND)
    await admin.says(f"/rolle {GUEST} Administration")
    await admin.taps("✓ Speichern")
    second.hears()
    await admin.store.people.set_role(SECOND, Role.COORDINATOR)

    assert await second.taps("✓ Zustimmen") == "(Das darf nur die Administration.)"
    assert await given(admin, GUEST) == Staff(number=GUEST)


async def test_the_person_and_the_other_administrators_are_told(admin: Conversation) -> None:
    await admin.store.people.set_role(SECOND, Role.ADMIN)
    await have_written(admin, SECOND, GUEST)
    await admin.says(f"/rolle {GUEST} Lesen")
    await admin.taps("✓ Speichern")

    assert replace(admin, person=GUEST).hears() == (
        "Sie haben Zugang.\nIhre Rolle: Lesezugriff\n[Was ist offen?] [Hilfe]"
    )
    assert replace(admin, person=SECOND).hears() == (
        "7001 (Administration) hat das geändert:\nPerson 7009\nkein Zugang → Lesezugriff\n[Personen]"
    )


async def test_whoever_never_wrote_to_the_bot_is_not_written_to(admin: Conversation) -> None:
    await admin.says(f"/rolle {GUEST} Lesen")
    await admin.taps("✓ Speichern")

    assert admin.told == {}


async def test_revoking_is_asked_about_and_ends_everything(admin: Conversation) -> None:
    await have_written(admin, EDITOR)
    assert await admin.says(f"/entziehen {EDITOR}") == (
        "Person 7003\nBearbeitung für A50 → kein Zugang\n\nDiese Rolle entziehen?\n[✓ Entziehen]\n[✕ So lassen]"
    )
    await admin.taps("✓ Entziehen")

    assert await given(admin, EDITOR) == Staff(number=EDITOR)
    editor = replace(admin, person=EDITOR)
    assert editor.hears() == (
        "Ihr Zugang ist beendet.\nWenn Sie ihn weiter brauchen, sprechen Sie bitte mit Ihrer Administration.\n"
        "[Zugang anfragen] [Hilfe]"
    )
    assert (await editor.says("/offen A50")).startswith("Dieser Dienst ist für Beschäftigte")


async def test_what_was_changed_meanwhile_is_shown_anew(admin: Conversation) -> None:
    await admin.says(f"/entziehen {EDITOR}")
    await admin.store.people.set_role(EDITOR, Role.EDITOR, ("A51",))

    assert await admin.taps("✓ Entziehen") == (
        "⚠ Das wurde inzwischen geändert. So sähe es jetzt aus:\n\n"
        "Person 7003\nBearbeitung für A51 → kein Zugang\n\nDiese Rolle entziehen?\n[✓ Entziehen]\n[✕ So lassen]"
    )
    await admin.taps("✓ Entziehen")
    assert await given(admin, EDITOR) == Staff(number=EDITOR)


async def test_an_old_undo_does_not_overwrite_what_came_after(admin: Conversation) -> None:
    await admin.says(f"/rolle {EDITOR} Lesen")
    await admin.taps("✓ Speichern")
    await admin.store.people.set_role(EDITOR, Role.COORDINATOR)

    assert (await admin.taps("↶ Rückgängig")).startswith("⚠ Das wurde inzwischen geändert.")
    assert (await given(admin, EDITOR)).role is Role.COORDINATOR


async def test_an_undo_lasts_ten_minutes(admin: Conversation) -> None:
    await admin.says(f"/rolle {EDITOR} Lesen")
    await admin.taps("✓ Speichern")
    admin.now = NOW + timedelta(minutes=11)

    assert "abgelaufen" in await admin.taps("↶ Rückgängig")
    assert (await given(admin, EDITOR)).role is Role.READER


async def test_nobody_but_administrators_may(chat: Conversation) -> None:
    await chat.store.people.set_role(8_001, Role.COORDINATOR)
    for person in (READER, EDITOR, 8_001):
        other = replace(chat, person=person)
        for command in ("/rolle 7009 Lesen", "/entziehen 7002", "/einladen Lesen", "/personen", "/chats"):
            assert await other.says(command) == NOT_ALLOWED
        assert await other.sends(picked(GUEST)) == NOT_ALLOWED


async def test_a_role_that_was_revoked_between_preview_and_confirmation_does_nothing(chat: Conversation) -> None:
    await chat.store.people.set_role(SECOND, Role.ADMIN)
    second = replace(chat, person=SECOND)
    await second.says(f"/rolle {GUEST} Lesen")
    await chat.store.people.set_role(SECOND, Role.COORDINATOR)

    assert await second.taps("✓ Speichern") == "(Das darf nur die Administration.)"
    assert await given(chat, GUEST) == Staff(number=GUEST)


async def test_somebody_elses_button_does_nothing(chat: Conversation, admin: Conversation) -> None:
    await chat.store.people.set_role(SECOND, Role.ADMIN)
    group, theirs = replace(admin, chat=GROUP), replace(chat, person=SECOND, chat=GROUP)
    await group.says("/admit")
    await group.says(f"/rolle {GUEST} Lesen")
    theirs.shown = group.shown

    assert await theirs.taps("✓ Speichern") == "(Diese Schaltfläche ist für jemand anderen bestimmt.)"


async def test_in_a_group_the_person_is_the_one_whose_message_is_answered(admin: Conversation) -> None:
    group = replace(admin, chat=GROUP)
    await group.says("/admit")

    assert (await group.says("/rolle Lesen", reply_to_message=a_message_of(group, GUEST))).startswith("Person 7009\n")
    assert (await group.says("/entziehen", reply_to_message=a_message_of(group, EDITOR))).startswith("Person 7003\n")


@pytest.mark.parametrize(
    "sender",
    [BOT, {"id": 4343, "is_bot": True, "first_name": "Other"}, {"id": 777000, "is_bot": False, "first_name": "T"}],
)
async def test_bots_and_stand_ins_cannot_be_answered_into_a_role(admin: Conversation, sender: Json) -> None:
    group = replace(admin, chat=GROUP)
    await group.says("/admit")
    answered = {**a_message_of(group, 1), "from": sender}

    assert (await group.says("/rolle Lesen", reply_to_message=answered)).startswith("Welche Person?")


async def test_an_anonymous_administrators_message_names_nobody(admin: Conversation) -> None:
    group = replace(admin, chat=GROUP)
    await group.says("/admit")
    answered = {**a_message_of(group, GUEST), "sender_chat": group.place()}

    assert (await group.says("/rolle Lesen", reply_to_message=answered)).startswith("Welche Person?")


async def test_a_person_is_picked_from_the_messengers_list_in_private(admin: Conversation) -> None:
    assert await admin.says("/rolle") == (
        "Welche Person?\nSchreiben Sie die Nummer hinter den Befehl: /rolle 123456 Bearbeitung A50\n"
        "In einer Gruppe senden Sie /rolle als Antwort auf eine Nachricht dieser Person.\n"
        "Oder wählen Sie die Person mit der Schaltfläche unten."
    )
    assert admin.shown is not None
    assert admin.shown.payload["reply_markup"] == {
        "keyboard": [
            [{"text": "Person auswählen", "request_users": {"request_id": 1, "user_is_bot": False, "max_quantity": 1}}]
        ],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }
    assert (await admin.sends(picked(GUEST))).startswith("Person 7009\nWelche Rolle?")
    assert await admin.sends(picked(GUEST, request=2)) == ""
    assert await admin.sends(picked(GUEST, EDITOR)) == ""


async def test_oneself_the_settings_and_stand_ins_are_refused_before_anything_is_asked(admin: Conversation) -> None:
    assert (await admin.says(f"/rolle {ADMIN}")).splitlines()[1].startswith("Die eigene Rolle ändert niemand selbst.")
    for number in (777000, 1087968824, 136817688):
        assert (await admin.says(f"/rolle {number}")).splitlines()[1].startswith("Diese Nummer kann niemand haben")
    assert (
        (await admin.says(f"/entziehen {ADMIN}")).splitlines()[1].startswith("Diese Person gehört laut Einstellungen")
    )


async def test_the_last_administrator_cannot_leave(chat: Conversation) -> None:
    await chat.store.people.set_admins([], NOW)
    await chat.store.people.set_role(SECOND, Role.ADMIN)

    assert (await replace(chat, person=SECOND).says(f"/entziehen {SECOND}")).splitlines()[1] == (
        "Es bliebe niemand für die Administration. Bitte geben Sie diese Rolle zuerst einer anderen Person."
    )


async def test_a_deputy_acts_for_the_other_until_the_day_has_passed(admin: Conversation) -> None:
    await admin.store.people.set_role(READER, Role.READER)
    deputy = replace(admin, person=READER)
    assert (await deputy.says("/status 1.5.M1 teil")).splitlines()[0] == (
        "Ihre Rolle erlaubt das nicht. Bitte wenden Sie sich an Ihre Administration."
    )
    assert (await admin.says(f"/rolle {READER} Vertretung für {EDITOR} bis 30.11.2026")).splitlines()[1] == (
        "Lesezugriff → Lesezugriff · vertritt 7003 bis Mo., 30.11.2026"
    )
    await admin.taps("✓ Speichern")

    assert "1.5.M1" in (await deputy.says("/status 1.5.M1 teil Neuer Stand")).splitlines()[0]
    assert (await deputy.says("/meine")).splitlines()[0].startswith("A50")
    deputy.now = NOW + timedelta(days=8)
    assert (await deputy.says("/status 1.5.M1 teil Neuer Stand")).startswith("Ihre Rolle erlaubt das nicht.")


async def test_a_role_that_has_ended_is_no_role_anywhere(chat: Conversation) -> None:
    admin, editor = replace(chat, person=ADMIN), replace(chat, person=EDITOR)
    await admin.says(f"/rolle {EDITOR} Bearbeitung A50 bis 24.11.2026")
    await admin.taps("✓ Speichern")
    assert (await editor.says("/offen A50")).startswith("A50")
    editor.now = NOW + timedelta(days=2)

    assert (await editor.says("/offen A50")).startswith("Dieser Dienst ist für Beschäftigte")
    person, *_ = await chat.store.people.asking(EDITOR, EDITOR, ChatKind.PRIVATE, editor.now)
    assert (person.role, person.offices) == (Role.GUEST, ())
    assert "7003 · Bearbeitung für A50 · bis Di., 24.11.2026 · abgelaufen" in (
        await replace(admin, now=editor.now).says("/personen")
    )


async def test_the_list_is_paged_and_names_nobody(admin: Conversation) -> None:
    assert await admin.says("/personen") == (
        "3 Personen haben eine Rolle\n\n7001 · Administration · laut Einstellungen\n7003 · Bearbeitung für A50\n"
        "7002 · Lesezugriff für A50\n\n"
        "Namen werden nicht gespeichert: Eine Person ist an der Nummer ihres Telegram-Kontos zu erkennen.\n"
        "[7003: entziehen] [7002: entziehen]\n[Rolle geben] [Einladen]"
    )
    for number in range(8_000, 8_004):
        await admin.store.people.set_role(number, Role.READER)
    assert (await admin.says("/personen")).splitlines()[-2:] == ["[Weiter ›]", "[Rolle geben] [Einladen]"]
    assert (await admin.taps("Weiter ›")).splitlines()[2:4] == ["8002 · Lesezugriff", "8003 · Lesezugriff"]
    assert "7003 · Bearbeitung für A50" in await admin.taps("‹ Zurück")
    assert (await admin.taps("7003: entziehen")).startswith("Person 7003\n")
    assert await replace(admin, chat=GROUP).says("/admit")
    refused = "Bitte senden Sie mir /personen im privaten Chat.\n[Hilfe]"
    assert await replace(admin, chat=GROUP).says("/personen") == refused


async def test_rights_and_versions_are_checked_where_it_is_written(admin: Conversation) -> None:
    deed = GrantRole(person=GUEST, role=Role.READER)

    async def do(person: int, version: int, what: GrantRole = deed) -> None:
        change = Do(
            id="x",
            deed=what,
            person=person,
            chat=person,
            clearance=Clearance.PUBLIC,
            version=version,
            at=NOW,
            today=NOW.date(),
        )

        async def work(transaction: Transaction) -> None:

            await write_change(transaction, change)

        await admin.store.database.write(work)

    for person in (READER, EDITOR):
        with pytest.raises(NotAllowed):
            await do(person, 0)
    with pytest.raises(ChangedMeanwhile):
        await do(ADMIN, 0)
    at = await admin.store.register((await admin.request()).reader).directory.situation(
        deed, by=ADMIN, today=NOW.date()
    )
    for forbidden in (
        GrantRole(person=ADMIN, role=Role.READER),
        GrantRole(person=777000, role=Role.READER),
        GrantRole(person=GUEST, role=Role.READER, proposed_by=READER),
    ):
        with pytest.raises(ChangedMeanwhile):
            await do(ADMIN, at.version, forbidden)
    assert await trail(admin) == []
    await do(ADMIN, at.version)
    assert (await given(admin, GUEST)).role is Role.READER


async def test_the_trail_knows_pseudonyms_alone_and_is_never_edited(admin: Conversation) -> None:
    await admin.says(f"/rolle {READER} Vertretung für {EDITOR} bis 30.11.2026")
    await admin.taps("✓ Speichern")

    [row] = await admin.store.database.read(f"SELECT * FROM people_history WHERE {HERE}")
    pseudonyms = await admin.store.database.read(
        "SELECT pseudonym FROM people WHERE id IN (7001, 7002, 7003) ORDER BY id"
    )
    by, about, other = (one["pseudonym"] for one in pseudonyms)
    assert (row["pseudonym"], row["about"], json.loads(row["after"])["stands_in_for"]) == (by, about, other)
    assert not any(str(number) in str(tuple(row)) for number in (ADMIN, READER, EDITOR))
    for statement in ("DELETE FROM people_history", "UPDATE people_history SET pseudonym = ''"):
        with pytest.raises(Exception, match="append-only"):
            await admin.store.database.write(lambda transaction, sql=statement: transaction.fetch(sql))  # type: ignore[misc]


async def test_whatever_is_said_after_the_command_nothing_is_given_unasked(admin: Conversation) -> None:
    chance = random.Random(3)
    words = ["editor", "admin", "Lesen", "A50", "D05", "bis", "until", "31.12.2026", "Vertretung", "7003", "für", "<b>"]
    for _ in range(60):
        await admin.says(f"/rolle {GUEST} {' '.join(chance.choices(words, k=chance.randint(1, 6)))}")

    assert await given(admin, GUEST) == Staff(number=GUEST)


def picked(*people: int, request: int = 1) -> Json:
    return {"users_shared": {"request_id": request, "users": [{"user_id": person} for person in people]}}


def a_message_of(chat: Conversation, person: int) -> Json:
    sender = {"id": person, "is_bot": False, "first_name": "Lee"}
    return {"message_id": 3, "date": 1, "chat": chat.place(), "from": sender, "text": "x"}
