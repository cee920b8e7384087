"""How updates are handled: each chat's in order, each one settled, and none able to stop the others."""

import asyncio
import sqlite3
import time
from datetime import UTC, date, datetime

import pytest

from registry.changes import AdmitChat, SetPersonLanguage
from tests.bot.office import ADMIN, KIM, Office, eventually, failing_once


async def test_the_updates_of_a_chat_are_handled_in_order(office: Office) -> None:
    async with office.opened():
        office.write(*(f"{n}" for n in range(50)))
        await office.settled()

    assert office.said() == [f"echo {n}" for n in range(50)]


async def test_a_slow_chat_does_not_hold_up_the_others(office: Office) -> None:
    rooms = [office.api.town.private(office.api.town.person(f"P{n}")) for n in range(20)]
    office.router.pause = 0.1
    async with office.opened():
        started = time.monotonic()
        for room in rooms:
            office.write("hello", room=room)
        await office.settled()
        seconds = time.monotonic() - started

    assert [office.said(room) for room in rooms] == [["echo hello"]] * 20
    assert seconds < 20 * office.router.pause


async def test_the_change_the_answer_and_the_mark_are_written_together(office: Office) -> None:
    office.router.changes["english"] = SetPersonLanguage(person=KIM, language="en")
    async with office.opened():
        office.write("english")
        await office.settled()

    assert [tuple(row) for row in await office.rows(f"SELECT language FROM people WHERE id = {KIM}")] == [("en",)]
    assert await office.states("inbox") == ["done"]
    assert office.said() == ["echo english"]


async def test_a_change_whose_right_has_gone_writes_nothing_at_all(office: Office) -> None:
    office.router.changes["admit"] = AdmitChat(
        chat=-5, title="Team", by=KIM, on=date(2026, 11, 23), at=datetime(2026, 11, 23, tzinfo=UTC)
    )
    async with office.opened():
        office.write("admit")
        await office.settled()

    assert await office.rows("SELECT 1 FROM chats") == []
    assert office.router.seen == ["admit"] * 3
    assert await office.states("inbox") == ["quarantined"]
    assert office.said() == ["Das hat nicht geklappt. Wenn es wieder geschieht, melden Sie es bitte mit der Nummer 1."]


async def test_a_handler_that_fails_once_is_tried_again(office: Office) -> None:
    office.router.failures["hello"] = [ValueError()]
    async with office.opened():
        office.write("hello")
        await office.settled()

    assert office.said() == ["echo hello"]
    assert [tuple(row) for row in await office.rows("SELECT state, tries FROM inbox")] == [("done", 1)]


async def test_a_handler_that_always_fails_gives_up_after_three_tries_and_says_so(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.router.failures["secret words"] = [ValueError("secret words")] * 99
    async with office.opened():
        office.write("secret words", "next")
        await office.settled()

    assert office.router.seen == ["secret words"] * 3 + ["next"]
    assert office.said() == [
        "Das hat nicht geklappt. Wenn es wieder geschieht, melden Sie es bitte mit der Nummer 1.",
        "echo next",
    ]
    assert office.said(office.api.town.private(office.admin)) == [
        "Nachricht Nr. 1 konnte nicht bearbeitet werden und wurde beiseitegelegt (ValueError)."
    ]
    assert "update 1 put aside: ValueError" in caplog.text


async def test_a_failure_in_a_group_is_told_to_the_admins_only(office: Office) -> None:
    group = office.api.town.group("Team", office.kim())
    office.router.failures["/fail"] = [ValueError()] * 99
    async with office.opened():
        office.write("/fail", room=group)
        await office.settled()

    assert office.said(group) == []
    assert len(office.said(office.api.town.private(office.admin))) == 1


async def test_whoever_makes_the_bot_stumble_does_not_flood_the_admins(office: Office) -> None:
    for n in range(8):
        office.router.failures[f"/fail {n}"] = [ValueError()] * 3
    async with office.opened():
        for n in range(7):  # at the same time, each in a chat of its own
            office.write(f"/fail {n}", room=office.api.town.group(f"Team {n}", office.kim()))
        await office.settled()
        told = office.said(office.api.town.private(office.admin))
        office.passes(minutes=61)
        office.write("/fail 7")
        await office.settled()

    assert len(told) == 5
    assert told[-1].endswith("\n\nDavon gibt es gerade viele: Eine Stunde lang stehen weitere nur im Protokoll.")
    assert len(office.said(office.api.town.private(office.admin))) == 6
    assert await office.states("inbox") == ["quarantined"] * 8


async def test_tries_are_counted_across_restarts(office: Office) -> None:
    office.router.failures["hello"] = [ValueError()] * 99
    office.write("hello")
    async with office.opened() as bot:
        await eventually(lambda: office.router.seen)
        bot.stop()
    async with office.opened():
        await office.settled()

    assert len(office.router.seen) == 3


async def test_a_database_held_by_another_process_is_waited_for_and_counts_as_no_try(office: Office) -> None:
    other = sqlite3.connect(office.store.database.path, isolation_level=None, check_same_thread=False)
    await office.store.database.write(lambda open_: open_.fetch("PRAGMA busy_timeout = 50"))
    async with office.opened(poll_seconds=1):
        office.router.pause = 0.2
        office.write("hello")
        await eventually(lambda: office.rows("SELECT 1 FROM inbox"))
        await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
        await asyncio.sleep(0.6)
        other.execute("COMMIT")
        other.close()
        await office.settled()

    assert office.said() == ["echo hello"]
    assert [tuple(row) for row in await office.rows("SELECT state, tries FROM inbox")] == [("done", 0)]


async def test_a_passing_failure_of_the_database_while_an_update_is_put_aside_ends_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing_once(office, monkeypatch)
    office.router.failures["hello"] = [ValueError()] * 3
    async with office.opened():
        office.write("hello", "next")
        await office.settled()

    assert office.said()[-1] == "echo next"
    assert await office.states("inbox") == ["quarantined", "done"]


async def test_a_thousand_updates_from_an_outage_are_all_answered_in_order(office: Office) -> None:
    rooms = [office.api.town.private(office.api.town.person(f"P{n}")) for n in range(10)]
    for n in range(1000):
        office.write(f"{n // 10}", room=rooms[n % 10])

    async with office.opened():
        await office.settled()

    assert [office.said(room) for room in rooms] == [[f"echo {n}" for n in range(100)]] * 10
    assert ADMIN not in {room.id for room in rooms}
