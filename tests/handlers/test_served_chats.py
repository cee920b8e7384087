"""Which chats are served, and what may be seen in them."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from registry.administered import ServedChat
from registry.people import Role
from registry.visibility import Clearance
from storage import people_history, served_chats
from storage.clearances import Clearances
from storage.database import Transaction
from storage.outgoing import Outgoing
from tests.handlers.conversing import ADMIN, EDITOR, GROUP, NOW, Conversation, Json
from tests.handlers.test_people import HERE, have_written

SECOND = 7_010


@pytest.fixture
async def admin(chat_with_secrets: Conversation) -> Conversation:
    admin = replace(chat_with_secrets, person=ADMIN)
    await replace(admin, chat=GROUP).says("/admit")
    return admin


async def served(chat: Conversation, number: int = GROUP) -> ServedChat:
    return await served_chats.of(chat.store.database.read, number)


async def test_the_list_says_what_is_served_and_shown_where(admin: Conversation) -> None:
    assert await admin.says("/chats") == (
        "Ich antworte in 1 Gruppe\n\n1. Team Soziales · Sprache jeder Person · ganze Stadt · nur Öffentliches\n\n"
        "Eine Gruppe wird freigeschaltet, indem dort /freischalten gesendet wird; "
        "/sprache legt dort ihre Sprache fest.\n"
        "[Freigabe 1] [Ämter 1]"
    )
    assert await replace(admin, language="en").says("/chats") == (
        "I answer in 1 group\n\n1. Team Soziales · language of each person · the whole city · public only\n\n"
        "A group is admitted by sending /admit in it; /language sets its language there.\n[Clearance 1] [Offices 1]"
    )
    assert await replace(admin, chat=GROUP).says("/chats") == "Bitte senden Sie mir /chats im privaten Chat.\n[Hilfe]"


async def test_many_groups_stand_on_pages(admin: Conversation) -> None:
    for number in range(1, 8):
        await replace(admin, chat=-number).says("/admit")

    first = await admin.says("/chats")
    assert first.splitlines()[0] == "Ich antworte in 8 Gruppen"
    assert first.splitlines()[-1] == "[Weiter ›]"
    assert "[Freigabe 6] [Ämter 6]" in await admin.taps("Weiter ›")


async def test_no_more_is_offered_than_the_city_shows_at_all(admin: Conversation) -> None:
    await admin.says("/chats")

    assert await admin.taps("Freigabe 1") == (
        "Team Soziales\nWas darf in diesem Chat zu sehen sein?\n[nur Öffentliches]\n[dass es Nichtöffentliches gibt]\n"
        "[Abbrechen] [Chats]"
    )


async def test_a_single_administrator_clears_a_chat_and_takes_it_back(admin: Conversation) -> None:
    await clear(admin)
    assert await admin.taps("✓ Speichern") == (
        "(Gespeichert.)\n\n✓ Gespeichert.\nTeam Soziales\n"
        "Dort zu sehen: nur Öffentliches → dass es Nichtöffentliches gibt · bis So., 21.02.2027\n[↶ Rückgängig] [Chats]"
    )
    assert (await served(admin)).clearance is Clearance.REFERENCE
    await admin.taps("↶ Rückgängig")
    assert (await served(admin)).clearance is Clearance.PUBLIC


async def test_of_two_administrators_both_have_to_agree(admin: Conversation) -> None:
    await admin.store.people.set_role(SECOND, Role.ADMIN)
    await have_written(admin, SECOND)
    second = replace(admin, person=SECOND)
    await clear(admin)

    assert "Eine zweite Person der Administration muss zustimmen." in await admin.taps("✓ Speichern")
    assert (await served(admin)).clearance is Clearance.PUBLIC
    assert second.hears() == (
        "7001 bittet Sie als zweite Person der Administration um Zustimmung:\nTeam Soziales\n"
        "Dort zu sehen: nur Öffentliches → dass es Nichtöffentliches gibt · bis So., 21.02.2027\n"
        "[✓ Zustimmen] [✕ So lassen]"
    )
    await second.taps("✓ Zustimmen")
    assert (await served(admin)).clearance is Clearance.REFERENCE
    [row] = await admin.store.database.read(f"SELECT * FROM people_history WHERE {HERE}")
    mapping = await admin.store.database.read("SELECT pseudonym FROM people WHERE id IN (7001, 7010) ORDER BY id")
    assert [row["seconded"], row["pseudonym"]] == [one["pseudonym"] for one in mapping]


async def test_less_is_cleared_by_one_alone(admin: Conversation) -> None:
    await clear(admin)
    await admin.taps("✓ Speichern")
    await admin.store.people.set_role(SECOND, Role.ADMIN)
    await admin.says("/chats")
    await admin.taps("Freigabe 1")
    await admin.taps("nur Öffentliches")
    await admin.taps("✓ Speichern")

    assert (await served(admin)).clearance is Clearance.PUBLIC


async def test_a_group_that_becomes_public_loses_its_clearance_before_it_is_answered(admin: Conversation) -> None:
    await have_written(admin, ADMIN)
    await clear(admin)
    await admin.taps("✓ Speichern")
    editor = replace(admin, person=EDITOR, chat=GROUP)
    assert "nicht öffentlich" in await editor.says("/zeige 7.1.M1")

    answered = await editor.handle(named(editor, "/zeige 7.1.M1"))

    assert [call.payload["text"] for call in answered.outgoing if call.chat == GROUP] == [
        "<b>7.1.M1</b> finde ich im Register nicht."
    ]

    assert await served(admin) == ServedChat(
        id=GROUP, title="Team Soziales", admitted=True, clearance=Clearance.PUBLIC, suspended="public"
    )
    assert "ausgesetzt: Der Chat ist öffentlich geworden" in await admin.says("/chats")


async def test_the_administrators_are_told_that_a_group_became_public(admin: Conversation) -> None:
    await have_written(admin, ADMIN)
    await clear(admin)
    await admin.taps("✓ Speichern")
    editor = replace(admin, person=EDITOR, chat=GROUP)

    first, second = [await editor.handle(named(editor, "/offen")) for _ in range(2)]

    assert [call.payload["text"] for call in first.outgoing if call.chat == ADMIN] == [
        "<b>Die Gruppe „Team Soziales“ ist öffentlich geworden.</b>\nDort wird nichts Nichtöffentliches mehr gezeigt."
    ]
    assert [call for call in second.outgoing if call.chat == ADMIN] == []


async def test_a_group_that_moves_is_cleared_no_more(admin: Conversation) -> None:
    await clear(admin)
    await admin.taps("✓ Speichern")
    await admin.store.suspensions.move(GROUP, -100_600, at=NOW)

    assert await served(admin, -100_600) == ServedChat(
        id=-100_600, title="Team Soziales", admitted=True, suspended="moved"
    )
    assert "ausgesetzt: Der Chat hat eine neue Nummer" in await admin.says("/chats")


async def test_the_administrators_are_told_that_a_group_that_moves_is_cleared_no_more(admin: Conversation) -> None:
    await clear(admin)
    await admin.taps("✓ Speichern")
    told: list[str] = []

    def tell(title: str) -> tuple[Outgoing, ...]:
        told.append(title)
        return (Outgoing(ADMIN, "sendMessage", {"chat_id": ADMIN, "text": title}),)

    for _ in range(2):
        await admin.store.suspensions.move(GROUP, -100_600, tell, at=NOW)
    await admin.store.suspensions.move(-100_600, -100_700, tell, at=NOW)

    assert told == ["Team Soziales"]
    assert [row["chat"] for row in await admin.store.database.read("SELECT chat FROM outbox")] == [ADMIN]


async def test_the_question_what_may_be_seen_has_a_way_back(admin: Conversation) -> None:
    await admin.says("/chats")

    assert (await admin.taps("Freigabe 1")).endswith("\n[Abbrechen] [Chats]")
    assert "Team Soziales" in await admin.taps("Chats")


async def test_the_offices_of_a_chat_are_picked_and_taken_back(admin: Conversation) -> None:
    await admin.says("/chats")
    assert await admin.taps("Ämter 1") == (
        "Team Soziales\nFür welche Ämter? Was darunter liegt, gehört dazu.\n[D01 ›] [D05 ›] [Weiter ›]"
    )
    await admin.taps("D05 ›")
    await admin.taps("A50")
    assert await admin.taps("Weiter ›") == (
        "Team Soziales\nÄmter: ganze Stadt → A50\n\nSo speichern?\n[✓ Speichern]\n[✕ So lassen]"
    )
    await admin.taps("✓ Speichern")
    assert (await served(admin)).offices == ("A50",)
    await admin.taps("↶ Rückgängig")
    assert (await served(admin)).offices == ()


async def test_a_chat_that_is_not_served_is_not_cleared(admin: Conversation) -> None:
    for data in ("cchats clear -1", "cchats offices -1"):
        await admin.presses(data)
        if "offices" in data:
            assert "Dieser Chat ist nicht freigeschaltet." in await admin.taps("Weiter ›")
        else:
            assert "Dieser Chat ist nicht freigeschaltet." in await admin.taps("nur Öffentliches")


async def clear(admin: Conversation) -> None:
    await admin.says("/chats")
    await admin.taps("Freigabe 1")
    await admin.taps("dass es Nichtöffentliches gibt")


def named(chat: Conversation, text: str) -> Json:
    message = chat.message(text)
    return {"message": {**message, "chat": {**chat.place(), "username": "team_soziales"}, "date": int(NOW.timestamp())}}


async def test_every_change_of_a_chat_leaves_its_line_in_the_history(admin: Conversation) -> None:
    group = replace(admin, chat=GROUP)
    await group.says("/admit")
    await clear(admin)
    await admin.taps("✓ Speichern")
    await replace(admin, person=EDITOR, chat=GROUP).handle(named(replace(admin, person=EDITOR, chat=GROUP), "/offen"))
    await clear(admin)
    await admin.taps("✓ Speichern")
    await admin.store.suspensions.move(GROUP, -100_600, at=NOW)
    await replace(admin, chat=-100_600).presses("xy")

    rows = await admin.store.database.read("SELECT * FROM people_history WHERE deed <> 'set_by_settings' ORDER BY id")
    [mapping] = await admin.store.database.read("SELECT pseudonym FROM people WHERE id = 7001")

    assert [(row["deed"], row["about"], row["pseudonym"] == mapping["pseudonym"]) for row in rows] == [
        ("admit_chat", "-100500", True),
        ("clear_chat", "-100500", True),
        ("suspend_clearance", "-100500", False),
        ("clear_chat", "-100500", True),
        ("move_chat", "-100500 -100600", False),
        ("dismiss_chat", "-100600", True),
    ]
    assert {row["pseudonym"] for row in rows} == {mapping["pseudonym"], people_history.BOT}
    said = [(json.loads(row["before"]), json.loads(row["after"])) for row in rows]
    team = {"title": "Team Soziales", "admitted": True}
    assert said[0] == ({}, team)
    assert said[2] == ({**team, "clearance": 1, "cleared_until": "2027-02-21"}, {**team, "suspended": "public"})
    assert said[5] == ({**team, "suspended": "moved"}, {"title": "Team Soziales", "suspended": "moved"})


async def test_a_clearance_ends_after_ninety_days_and_is_renewed_like_it_was_given(admin: Conversation) -> None:
    await clear(admin)
    await admin.taps("✓ Speichern")
    editor = replace(admin, person=EDITOR, chat=GROUP)

    told = [
        "nicht öffentlich" in await replace(editor, now=NOW + timedelta(days=days)).says("/zeige 7.1.M1")
        for days in (90, 91)
    ]
    late = replace(admin, now=NOW + timedelta(days=91))
    listed = await late.says("/chats")
    await clear(late)
    renewed = await late.taps("✓ Speichern")

    assert told == [True, False]
    assert "Freigabe beendet am So., 21.02.2027" in listed.replace("\xa0", " ")
    assert "bis So., 23.05.2027" in renewed.replace("\xa0", " ")
    assert "nicht öffentlich" in await replace(editor, now=late.now).says("/zeige 7.1.M1")


async def test_what_was_decided_while_a_clearance_held_is_not_written_after_its_end(admin: Conversation) -> None:
    await clear(admin)
    await admin.taps("✓ Speichern")
    clearances = Clearances(Clearance.CONTENT, lambda: NOW.date() + timedelta(days=91))

    async def of(transaction: Transaction) -> Clearance:
        return await clearances.of(GROUP, transaction)

    assert await admin.store.database.write(of) is Clearance.PUBLIC
