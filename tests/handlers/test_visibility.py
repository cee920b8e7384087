"""Making a record public shows what exactly that is; hiding one takes its messages back."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from registry.papers import Consultation, Paper
from registry.people import Role
from registry.reading import Form, Reading
from registry.visibility import Clearance
from scheduler.recalling import Recalling
from storage.clearances import Clearances
from storage.outgoing import Outgoing
from tests.handlers.conversing import ADMIN, EDITOR, GROUP, NOW, READER, Conversation, a_city

COORDINATOR = 7_004
IN_PRIVATE_DE = (
    "Bitte sagen Sie mir das im privaten Chat.\n"
    "Wer einen Vorgang sehen darf, wird in unserem privaten Chat festgelegt, wo niemand mitliest.\n"
    "[Hilfe]"
)


@pytest.fixture
async def coordinator(tmp_path: Path) -> AsyncIterator[Conversation]:
    """Where people who work on records see in private what is not public."""
    async with a_city(tmp_path, with_secrets=True, non_public=Clearance.CONTENT) as city:
        await city.store.people.set_role(COORDINATOR, Role.COORDINATOR)
        await city.store.set_non_public(Clearance.CONTENT)
        await replace(city, person=ADMIN, chat=GROUP).says("/admit")
        yield replace(city, person=COORDINATOR)


async def sent(city: Conversation, chat: int, *refs: str, number: int, ago: timedelta) -> None:
    """A message that arrived in a chat some time ago."""
    at = NOW - ago
    message = Outgoing(chat, "sendMessage", {"chat_id": chat, "text": "…"}, refs=refs)
    await city.store.outbox.add([message], key=f"sent {chat} {number} {ago}", at=at)
    [row] = await city.store.database.read("SELECT max(id) AS id FROM outbox")
    await city.store.outbox.sent(row["id"], number, at=at)


async def queued(city: Conversation) -> list[tuple[str, int, int]]:
    """What was queued to withdraw messages: the method, the chat, and the message."""
    rows = await city.store.database.read("SELECT method, payload FROM outbox WHERE key LIKE 'recall%' ORDER BY id")
    calls = [(row["method"], json.loads(row["payload"])) for row in rows]
    return [(method, call["chat_id"], call["message_id"]) for method, call in calls]


async def tick(city: Conversation, now: datetime = NOW) -> None:
    await Recalling(city.store, lambda: None, default_language="de")(now)


async def test_the_preview_of_a_release_shows_exactly_what_becomes_public(coordinator: Conversation) -> None:
    assert await coordinator.says("/sichtbarkeit 7.1.M1 öffentlich") == (
        "7.1.M1 · Geheimer Grundstückskauf\n"
        "Sichtbarkeit: nicht öffentlich → öffentlich\n\n"
        "Das wird öffentlich:\n"
        "Nummer: 7.1.M1\n"
        "Konzept: Geheimkonzept\n"
        "Titel: Geheimer Grundstückskauf\n"
        "Englischer Titel: Secret purchase\n"
        "Text: Das Grundstück am Geheimweg wird gekauft.\n"
        "Federführung: A50\n"
        "Frist: „bis 01.12.2026“ – bis Di., 01.12.2026 (in 6 Arbeitstagen)\n"
        "Status: ◐ teilweise umgesetzt\n"
        "Stand: Di., 30.06.2026\n"
        "Dazu, was die Runde vom Di., 30.06.2026 darüber sagt.\n"
        "Nicht öffentlich bleiben der bisherige Verlauf, interne Notizen und was andere Runden dazu sagten.\n\n"
        "So speichern?\n[✓ Speichern]\n[✕ Nicht speichern]"
    )


async def test_a_released_inquiry_gets_the_next_public_number_and_its_list_comes_with_it(
    coordinator: Conversation,
) -> None:
    english = replace(coordinator, language="en")

    assert await english.says("/visibility QN1 public") == (
        "QN1 · Secret lease 1\n"
        "Number: QN1 → Q12\n"
        "Visibility: non-public → public\n\n"
        "This becomes public:\n"
        "Number: Q12\n"
        "Subject: 1.5.M1\n"
        "Title: Geheime Mietsache 1\n"
        "English title: Secret lease 1\n"
        "Text:\nGeheime Mietsache 1: Wie ist der Stand, und wann ist mit einem Ergebnis zu rechnen?\n"
        "Routing: V: A50; A50\n"
        "Contributions: A50 · ○ pending\n"
        "Status: ○ open\n"
        "Due date of contributions: Tue, 10 Nov 2026\n"
        "With it, its question list: Geheime Fragen · Fraktion Verborgen\n"
        "Its history up to now, internal notes and what other rounds said stay non-public.\n\n"
        "Save this?\n[✓ Save]\n[✕ Do not save]"
    )
    assert await english.taps("✓ Save") == (
        "(Saved.)\n\n✓ Saved.\nQ12 · Secret lease 1\nNumber: QN1 → Q12\nVisibility: non-public → public\n[↶ Undo] [Q12]"
    )
    assert (await replace(english, person=READER).says("Q12")).startswith("Q12 · Secret lease 1\n")


async def test_two_releases_never_give_one_number(coordinator: Conversation) -> None:
    second = replace(coordinator)
    await coordinator.says("/visibility QN1 public")
    await second.says("/visibility QN2 public")
    await coordinator.taps("✓ Speichern")

    assert "Nummer: QN2 → Q13" in await second.taps("✓ Speichern")


async def test_a_paper_with_a_step_behind_closed_doors_is_not_public_by_its_label(coordinator: Conversation) -> None:
    paper = Paper(number="0815/26", title="Vertrag", consultations=(Consultation(body="Hauptausschuss", public=False),))
    reading = Reading(source="0815.txt", form=Form.COUNCIL_PAPER, papers=(paper,))
    await coordinator.store.apply(reading, public=False, by="operator", at=NOW)

    shown = await coordinator.says("/visibility 0815/26 public")

    assert (
        "Damit wird noch nichts öffentlich.\n"
        "Diese Schritte sind nicht als öffentlich bekannt, und der strengste zählt: Hauptausschuss\n"
    ) in shown


async def test_in_a_group_nobody_is_told_whether_there_is_such_a_record(coordinator: Conversation) -> None:
    group = replace(coordinator, chat=GROUP)

    assert await group.says("/visibility 7.1.M1 public") == IN_PRIVATE_DE
    assert await group.says("/visibility 9.9.M9 public") == IN_PRIVATE_DE


async def test_hiding_deletes_what_is_young_and_writes_over_what_is_old_and_says_where(
    coordinator: Conversation,
) -> None:
    await sent(coordinator, GROUP, "Q1", "1.5.M1", number=501, ago=timedelta(hours=3))
    await sent(coordinator, GROUP, "1.5.M10", number=502, ago=timedelta(hours=3))
    await sent(coordinator, READER, "1.5.M1", number=503, ago=timedelta(hours=47))
    await sent(coordinator, READER, "1.5.M1", number=504, ago=timedelta(hours=49))
    await sent(coordinator, GROUP, "1.5.M1", number=505, ago=timedelta(days=9))
    await sent(coordinator, EDITOR, "1.5.M1", number=506, ago=timedelta(hours=1))  # may see it still
    told = (
        "2 Nachrichten, die den Vorgang enthalten, werden gelöscht.\n"
        "Älter als 48 Stunden, deshalb nur überschrieben:\n"
        "• Team Soziales, Sa., 14.11.2026\n"
        "• 1 privater Chat, seit Sa., 21.11.2026\n"
        "Was weitergeleitet, kopiert oder gelesen wurde, erreiche ich nicht."
    )

    shown = await coordinator.says("/sichtbarkeit 1.5.M1 nichtöffentlich")
    saved = await coordinator.taps("✓ Speichern")

    assert shown == (
        "1.5.M1 · WLAN in allen Unterkünften\n"
        "Sichtbarkeit: öffentlich → nicht öffentlich\n\n"
        f"{told}\n\n"
        "So speichern?\n[✓ Speichern]\n[✕ Nicht speichern]"
    )
    assert saved == (
        "(Gespeichert.)\n\n"
        "✓ Gespeichert.\n"
        "1.5.M1 · WLAN in allen Unterkünften\n"
        "Sichtbarkeit: öffentlich → nicht öffentlich\n"
        f"{told}\n"
        "[↶ Rückgängig] [1.5.M1]"
    )
    assert await queued(coordinator) == [("deleteMessage", GROUP, 501), ("deleteMessage", READER, 503)]
    await tick(coordinator)
    await tick(coordinator)
    assert (await queued(coordinator))[2:] == [("editMessageText", READER, 504), ("editMessageText", GROUP, 505)]


async def test_a_message_that_was_written_over_since_is_left_alone(coordinator: Conversation) -> None:
    await sent(coordinator, READER, "1.5.M1", number=501, ago=timedelta(hours=2))
    await sent(coordinator, READER, "2.1.M2", number=501, ago=timedelta(hours=1))

    await coordinator.says("/visibility 1.5.M1 nonpublic")
    await coordinator.taps("✓ Speichern")

    assert await queued(coordinator) == []


async def test_what_waits_to_be_sent_is_not_sent_and_what_is_on_its_way_is_deleted_on_arrival(
    coordinator: Conversation,
) -> None:
    outbox, read = coordinator.store.outbox, coordinator.store.database.read
    about = Outgoing(GROUP, "sendMessage", {"chat_id": GROUP, "text": "…"}, refs=("1.5.M1",))
    await outbox.add([about, about], key="late", at=NOW)
    waiting, leaving = [row["id"] for row in await read("SELECT id FROM outbox WHERE key LIKE 'late%' ORDER BY id")]
    await coordinator.store.database.write_rows(("UPDATE outbox SET state = 'leased' WHERE id = ?", [(leaving,)]))

    await coordinator.says("/visibility 1.5.M1 nonpublic")
    await coordinator.taps("✓ Speichern")
    await tick(coordinator)
    assert await queued(coordinator) == []
    await outbox.sent(leaving, 777, at=NOW)
    await tick(coordinator)

    assert await outbox.claim([waiting], Clearances(Clearance.CONTENT), NOW) == []
    assert await queued(coordinator) == [("deleteMessage", GROUP, 777)]


async def test_a_chat_that_is_out_of_reach_is_named(coordinator: Conversation) -> None:
    await sent(coordinator, GROUP, "1.5.M1", number=501, ago=timedelta(hours=1))
    await coordinator.store.suspensions.suspend(GROUP, "kicked", at=NOW)

    shown = await coordinator.says("/visibility 1.5.M1 nonpublic")

    assert "Bleibt stehen, weil ich den Chat nicht mehr erreiche:\n• Team Soziales, Mo., 23.11.2026\n" in shown


async def test_taking_a_release_back_withdraws_what_was_sent_of_it_meanwhile(coordinator: Conversation) -> None:
    await coordinator.says("/visibility 7.1.M1 public")
    await coordinator.taps("✓ Speichern")
    await sent(coordinator, GROUP, "7.1.M1", number=501, ago=timedelta())

    await coordinator.taps("↶ Rückgängig")

    assert await queued(coordinator) == [("deleteMessage", GROUP, 501)]
    assert "finde ich im Register nicht" in await replace(coordinator, person=READER).says("7.1.M1")


async def test_a_document_that_hides_a_record_withdraws_its_messages_too(coordinator: Conversation) -> None:
    await sent(coordinator, GROUP, "0112/23", number=501, ago=timedelta(hours=1))
    reading = Reading(
        source="secret.txt", form=Form.COUNCIL_PAPER, papers=(Paper(number="0112/23", title="Geheim", conclusion="…"),)
    )

    await coordinator.store.apply(reading, public=False, by="operator", at=NOW)

    assert await queued(coordinator) == [("deleteMessage", GROUP, 501)]


async def test_where_nobody_sees_the_non_public_hiding_says_that_it_cannot_be_released_here(tmp_path: Path) -> None:
    async with a_city(tmp_path) as city:
        await city.store.people.set_role(COORDINATOR, Role.COORDINATOR)
        coordinator = replace(city, person=COORDINATOR, language="en")
        await coordinator.says("/visibility 1.5.M1 nonpublic")

        assert await coordinator.taps("✓ Save") == (
            "(Saved.)\n\n"
            "✓ Saved.\n"
            "The record is no longer shown in this chat.\n"
            "No message of mine carries it where it may not be read.\n"
            "Nobody sees it here then. After ten minutes only an import can make it public again.\n"
            "[↶ Undo]"
        )


async def test_notes_are_for_those_who_work_on_records_and_for_no_group(coordinator: Conversation) -> None:
    await coordinator.says("/notiz 1.5.M1 Bitte noch niemandem sagen")
    await coordinator.taps("✓ Speichern")
    group, reader = replace(coordinator, chat=GROUP), replace(coordinator, person=READER)

    own = await replace(coordinator, person=EDITOR).says("/verlauf 1.5.M1")

    assert own.startswith(
        "1.5.M1: 3 Änderungen\n\nMo., 23.11.2026, 09:00 Uhr · interne Notiz · Bitte noch niemandem sagen"
    )
    for others in (group, reader):
        told = await others.says("/verlauf 1.5.M1")
        assert told.startswith("1.5.M1: 2 Änderungen\n")
        assert "niemandem" not in told


async def test_a_note_does_not_make_a_record_look_changed(coordinator: Conversation) -> None:
    reader = replace(coordinator, person=READER)
    before = await reader.says("was hat sich seit 21.11.2026 geändert")
    await coordinator.says("/notiz 1.5.M1 intern")
    await coordinator.taps("✓ Speichern")

    assert await reader.says("was hat sich seit 21.11.2026 geändert") == before
