"""What is due, as far as a reader sees it, and what each chat was told."""

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from registry.changes import NoteReminded, SetAway, Snooze
from registry.people import Reader, Role
from registry.reminders import Due, Key, Memory, What
from registry.visibility import Clearance, Visibility
from storage import reminded, served_chats
from storage.changes import write_change
from storage.store import Store
from tests.handlers.a_register import fill

TODAY = date(2026, 11, 24)
LATER = date(2027, 12, 31)
NOW = datetime(2026, 11, 24, 7, 30, tzinfo=ZoneInfo("Europe/Berlin"))
Q8 = Key("Q8", What.CONTRIBUTION, 0)
CHAT = -100


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await Store.open(tmp_path / "register.db")
    try:
        await fill(opened, with_secrets=True)
        yield opened
    finally:
        await opened.close()


async def due_for(store: Store, clearance: Clearance) -> dict[str, list[Due]]:
    reader = Reader(person=0, chat=CHAT, role=Role.READER, clearance=clearance)
    due = store.register(reader).due
    return {
        "of places": [*await due.of_places(("A50", "D05"), today=TODAY, until=LATER)],
        "of coordination": [*await due.of_coordination(today=TODAY, until=LATER)],
        "one": [
            found
            for ref in ("Q1", "Q2", "Q8", "QN1", "QN2", "1.5.M1", "7.1.M1", "0112/23", "0731/26")
            for what in What
            for position in (0, 1, 2)
            if (found := await due.one(Key(ref, what, position), today=TODAY))
        ],
    }


async def test_who_is_not_cleared_reads_what_is_due_as_if_there_were_no_secrets(store: Store, tmp_path: Path) -> None:
    found = await due_for(store, Clearance.PUBLIC)
    cleared = await due_for(store, Clearance.CONTENT)
    plain = await Store.open(tmp_path / "plain.db")
    try:
        await fill(plain, with_secrets=False)
        assert found == await due_for(plain, Clearance.PUBLIC)
    finally:
        await plain.close()

    for way, everything in cleared.items():
        assert {one.label for one in found[way]} == {Visibility.PUBLIC}, way
        assert {one.label for one in everything} == set(Visibility), way


async def test_what_is_due_waits_for_the_places_it_is_open_for(store: Store) -> None:
    found = await due_for(store, Clearance.PUBLIC)

    told = {(one.key.ref, one.what.value, one.position): (one.on, one.places) for one in found["of places"]}

    assert told["1.5.M1", "measure", 0] == (date(2025, 12, 31), ("A50",))
    assert told["2.1.M2", "review", 0] == (date(2026, 12, 30), ("A51",))
    assert told["Q9", "contribution", 0] == (date(2026, 12, 16), ("D05",))
    assert told["0112/23", "mandate", 1] == (date(2026, 12, 31), ("A50",))
    assert told["0112/23", "milestone", 1] == (date(2026, 12, 4), ("A50",))
    assert told["0112/23", "event", 2] == (date(2026, 11, 26), ("A50",))


async def test_coordination_has_what_is_due_in_the_whole_city_and_its_own(store: Store) -> None:
    found = await due_for(store, Clearance.PUBLIC)

    [late] = [one for one in found["of coordination"] if one.what is What.LATE_RESULT]
    [unrouted] = [one for one in found["of coordination"] if one.what is What.UNROUTED]

    assert (late.on, late.step and late.step.body) == (date(2026, 12, 4), "Stadtrat")
    assert (unrouted.line.ref, unrouted.on, unrouted.places) == ("Q10", date(2026, 11, 20), ())
    assert {one.key for one in found["of places"]} <= {one.key for one in found["of coordination"]}


async def note(store: Store, chat: int = CHAT, *, on: date = TODAY, stage: int = 10) -> None:
    told = NoteReminded(chat=chat, on=on, told=((Q8, date(2026, 12, 16), stage),))
    await store.database.write(lambda transaction: write_change(transaction, told))


async def memory(store: Store, chat: int = CHAT, *, days: int = 0) -> Memory:
    now = NOW + timedelta(days=days)
    return await reminded.memory(store.database.read, chat, now, until=now, tree=await store.offices())


async def test_what_is_told_today_may_be_composed_anew_and_is_known_tomorrow(store: Store) -> None:
    await note(store)

    assert (await memory(store)).told == {}
    assert (await memory(store, days=1)).told == {(Q8, date(2026, 12, 16)): 10}


async def test_what_was_put_off_is_so_until_it_was_told_again(store: Store) -> None:
    snooze = Snooze(chat=CHAT, key=Q8, until=TODAY + timedelta(days=1))
    await store.database.write(lambda transaction: write_change(transaction, snooze))

    before = [(await memory(store, days=day)).snoozed for day in (0, 1)]
    await note(store, on=TODAY + timedelta(days=1))
    after = [(await memory(store, days=day)).snoozed for day in (1, 2)]

    assert before == [{Q8: TODAY + timedelta(days=1)}] * 2
    assert after == [{Q8: TODAY + timedelta(days=1)}, {}]


async def test_a_chat_with_a_new_number_was_told_what_the_old_one_was(store: Store) -> None:
    await store.database.write(
        lambda t: t.fetch("INSERT INTO chats (id, admitted, reminders) VALUES (-7, 1, 'coordination')")
    )
    await note(store, -7)

    await store.database.write(lambda transaction: served_chats.move(transaction, -7, -1007, NOW))

    assert (await memory(store, -1007, days=1)).told == {(Q8, date(2026, 12, 16)): 10}
    assert (await memory(store, -7, days=1)).told == {}
    assert (await reminded.wanted(store.database.read, -1007)).wish == "coordination"


async def test_whoever_is_away_is_no_recipient_on_the_days_of_it(store: Store) -> None:
    await store.people.set_role(7, Role.EDITOR, ("A50",))
    await store.database.write(
        lambda t: t.fetch(
            "INSERT INTO outbox (key, chat, kind, method, label, message_id, created_at, state)"
            " VALUES ('x', 7, 'reply', 'sendMessage', 'public', 1, '2026-11-01', 'sent')"
        )
    )
    days = {"since": TODAY + timedelta(days=1), "until": TODAY + timedelta(days=2)}
    away = SetAway(person=7, **days)
    await store.database.write(lambda transaction: write_change(transaction, away))

    here = {
        day: [
            one.chat
            for one in await reminded.recipients(
                store.database.read, TODAY + timedelta(days=day), non_public=Clearance.PUBLIC
            )
        ]
        for day in range(4)
    }

    assert here == {0: [7], 1: [], 2: [], 3: [7]}
