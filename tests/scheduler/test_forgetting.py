"""What is forgotten, and when."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.envelopes import seal
from scheduler.forgetting import PAUSE, Forgetting, forget
from storage.instants import written
from storage.invitations import hashed
from storage.outgoing import Outgoing
from storage.store import Store

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=ZoneInfo("Europe/Berlin"))
KNOWN, STRANGER, GROUP = 7, 8, -100


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await Store.open(tmp_path / "register.db")
    yield store
    await store.close()


async def received(store: Store, number: int, *, days_ago: int, settled: bool = True) -> None:
    at = NOW - timedelta(days=days_ago)
    message = {"message_id": number, "date": number, "chat": {"id": 7}, "text": "words of a person"}
    await store.inbox.receive([seal({"update_id": number, "message": message})], at)
    if settled:
        [waiting] = await store.inbox.waiting(limit=10)
        await store.inbox.settle(waiting.id, [Outgoing(7, "sendMessage", {"chat_id": 7, "text": "answer"})], at=at)


async def test_what_people_wrote_is_forgotten_after_a_week_and_known_for_ninety_days(store: Store) -> None:
    for number, days in enumerate((6, 8, 89, 91), start=1):
        await received(store, number, days_ago=days)

    await forget(store, NOW)

    rows = await store.database.read("SELECT update_id, raw IS NULL FROM inbox ORDER BY id")
    assert [tuple(row) for row in rows] == [(1, 0), (2, 1), (3, 1)]


async def test_an_update_that_still_waits_is_never_forgotten(store: Store) -> None:
    await received(store, 1, days_ago=100, settled=False)

    await forget(store, NOW)

    [waiting] = await store.inbox.waiting(limit=10)
    assert "words of a person" in waiting.raw


async def test_what_was_sent_is_forgotten_after_thirty_days_but_not_what_waits(store: Store) -> None:
    await put(store, "INSERT INTO people (id) VALUES (?)", (KNOWN,))
    for number, days in enumerate((29, 31, 32), start=1):
        await received(store, number, days_ago=days)
    for message in (1, 2):
        await store.outbox.sent(message, None, at=NOW)

    await forget(store, NOW)

    rows = await store.database.read("SELECT payload IS NULL FROM outbox ORDER BY id")
    assert [row[0] for row in rows] == [0, 1, 0]


@pytest.mark.parametrize(
    ("end", "is_blank"),
    [
        ("", False),
        ("used_by = 'somebody'", True),
        ("is_withdrawn = 1", True),
        (f"expires_at = '{written(NOW)}'", True),
    ],
)
async def test_a_link_is_forgotten_once_it_gives_nothing_any_more(store: Store, end: str, is_blank: bool) -> None:
    await put(store, "INSERT INTO people (id) VALUES (?)", (KNOWN,))
    [issuer] = await store.database.read("SELECT pseudonym FROM people")
    codes = ("a" * 32, "b-_" * 10 + "bb")
    issued = "INSERT INTO invitations (code_hash, role, offices, issuer, expires_at) VALUES (?, 1, '[]', ?, ?)"
    over = written(NOW + timedelta(days=7))
    await put(store, issued, *((hashed(code), issuer["pseudonym"], over) for code in codes))
    texts = (f"https://t.me/bot?start={codes[0]}", f"<code>/start {codes[0]}</code>", f"/start {codes[1]}", "start")
    letters = [Outgoing(7, "sendMessage", {"chat_id": 7, "text": text}) for text in (*texts, texts[0])]
    await store.outbox.add(letters, key="links", at=NOW)
    for message in (1, 2, 3, 4):
        await store.outbox.sent(message, message, at=NOW)
    if end:
        await put(store, f"UPDATE invitations SET {end} WHERE code_hash = ?", (hashed(codes[0]),))

    await forget(store, NOW)

    rows = await store.database.read("SELECT payload IS NULL FROM outbox ORDER BY id")
    assert [bool(row[0]) for row in rows] == [is_blank, is_blank, False, False, False]


async def test_what_a_button_says_is_forgotten_after_thirty_days(store: Store) -> None:
    kept = "INSERT INTO kept (token, data, kept_on) VALUES (:token, 'words of a person', :kept_on)"
    days = {"old": NOW.date() - timedelta(days=31), "new": NOW.date() - timedelta(days=30)}
    await store.database.write_rows((kept, [{"token": t, "kept_on": day.isoformat()} for t, day in days.items()]))

    await forget(store, NOW)

    assert await store.kept("old") is None
    assert await store.kept("new") == "words of a person"


async def put(store: Store, statement: str, *rows: tuple[object, ...]) -> None:
    await store.database.write_rows((statement, list(rows)))


async def ids(store: Store, column: str, table: str) -> list[object]:
    return [row[0] for row in await store.database.read(f"SELECT {column} FROM {table} ORDER BY 1")]


def ago(**span: float) -> str:
    return written(NOW - timedelta(**span))


async def test_which_record_went_where_is_known_for_a_year_but_of_strangers_for_thirty_days(store: Store) -> None:
    await put(store, "INSERT INTO people (id) VALUES (?)", (KNOWN,))
    sent = (
        "INSERT INTO outbox (key, chat, kind, method, label, state, created_at)"
        " VALUES (?, ?, 'reply', 'sendMessage', 'public', 'sent', ?)"
    )
    rows = [
        (f"{name} {days}", chat, ago(days=days))
        for name, chat in (("known", KNOWN), ("stranger", STRANGER), ("group", GROUP))
        for days in (29, 31, 364, 366)
    ]
    await put(store, sent, *rows)

    await forget(store, NOW)

    left = await ids(store, "key", "outbox")
    assert left == ["group 29", "group 31", "group 364", "known 29", "known 31", "known 364", "stranger 29"]


async def test_what_was_begun_is_forgotten_when_it_is_over(store: Store) -> None:
    entry = "INSERT INTO entries (person, chat, deed, field, expires_at) VALUES (?, 1, '{}', 'text', ?)"
    button = (
        "INSERT INTO prepared (token, act, deed, person, chat, version, expires_at) VALUES (?, 'do', '{}', 1, 1, 1, ?)"
    )
    draft = "INSERT INTO drafts (id, person, chat, draft, expires_at) VALUES (?, ?, 1, '{}', ?)"
    await put(store, entry, (1, ago(minutes=1)), (2, ago(minutes=-1)))
    await put(store, button, ("old", ago(hours=25)), ("expired", ago(hours=23)), ("new", ago(hours=-1)))
    await put(store, draft, ("old", 1, ago(minutes=1)), ("new", 2, ago(minutes=-1)))

    await forget(store, NOW)

    assert await ids(store, "person", "entries") == [2]
    assert await ids(store, "token", "prepared") == ["expired", "new"]
    assert await ids(store, "id", "drafts") == ["new"]


async def test_what_was_before_a_deed_is_forgotten_after_a_week_with_its_undo(store: Store) -> None:
    deed = "INSERT INTO deeds (id, deed, pseudonym, role, chat, done_at) VALUES (?, '{}', 'p', 2, 1, ?)"
    before = "INSERT INTO deed_records (deed, kind, record, version, before) VALUES (?, 'measure', 1, 2, '{}')"
    row = """INSERT INTO deed_rows (deed, place, "table", before) VALUES (?, 0, 'titles', '{}')"""
    await put(store, deed, ("old", ago(days=8)), ("its undo", ago(days=7)), ("new", ago(days=6)))
    await put(store, "UPDATE deeds SET undone_by = 'its undo' WHERE id = ?", ("old",))
    for statement in (before, row):
        await put(store, statement, ("old",), ("new",))

    await forget(store, NOW)

    assert await ids(store, "id", "deeds") == ["its undo", "new"]
    assert await ids(store, "deed", "deed_records") == ["new"]
    assert await ids(store, "deed", "deed_rows") == ["new"]


async def test_of_somebody_erased_nothing_stays_longer_than_telegram_may_repeat_it(store: Store) -> None:
    gone = "INSERT INTO inbox (fingerprint, chat, state, reason, received_at) VALUES (?, 0, 'done', 'forgotten', ?)"
    await put(store, gone, ("old", ago(days=3)), ("new", ago(days=1)))

    await forget(store, NOW)

    assert await ids(store, "fingerprint", "inbox") == ["new"]


async def test_it_is_done_at_once_and_then_every_hour(store: Store) -> None:
    forgetting = Forgetting(store)
    entry = "INSERT INTO entries (person, chat, deed, field, expires_at) VALUES (?, 1, '{}', 'text', ?)"
    left = []
    for minutes in (0, 59, 60):
        await put(store, entry, (minutes, ago(days=1)))
        await forgetting(NOW + timedelta(minutes=minutes))
        left.append(await ids(store, "person", "entries"))

    assert left == [[], [59], []]
    assert timedelta(hours=1) == PAUSE
