"""What is forgotten and when, and the nightly copy."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.envelopes import seal
from scheduler.housekeeping import COPIES_KEPT, Housekeeping
from scheduler.ticker import ticking
from storage.halt import Halt
from storage.outgoing import Outgoing
from storage.store import Store

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await Store.open(tmp_path / "register.db")
    yield store
    await store.close()


def housekeeping(store: Store, backups: Path | None = None) -> Housekeeping:
    return Housekeeping(store, backups=backups)


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

    await housekeeping(store)(NOW)

    rows = await store.database.read("SELECT update_id, raw IS NULL FROM inbox ORDER BY id")
    assert [tuple(row) for row in rows] == [(1, 0), (2, 1), (3, 1)]


async def test_an_update_that_still_waits_is_never_forgotten(store: Store) -> None:
    await received(store, 1, days_ago=100, settled=False)

    await housekeeping(store)(NOW)

    [waiting] = await store.inbox.waiting(limit=10)
    assert "words of a person" in waiting.raw


async def test_what_was_sent_is_forgotten_after_thirty_days_but_not_what_waits(store: Store) -> None:
    for number, days in enumerate((29, 31, 32), start=1):
        await received(store, number, days_ago=days)
    for message in (1, 2):
        await store.outbox.sent(message, None, at=NOW)

    await housekeeping(store)(NOW)

    rows = await store.database.read("SELECT payload IS NULL FROM outbox ORDER BY id")
    assert [row[0] for row in rows] == [0, 1, 0]


async def test_what_a_button_says_is_forgotten_after_thirty_days(store: Store) -> None:
    kept = "INSERT INTO kept (token, data, kept_on) VALUES (:token, 'words of a person', :kept_on)"
    days = {"old": NOW.date() - timedelta(days=31), "new": NOW.date() - timedelta(days=30)}
    await store.database.write_rows((kept, [{"token": t, "kept_on": day.isoformat()} for t, day in days.items()]))

    await housekeeping(store)(NOW)

    assert await store.kept("old") is None
    assert await store.kept("new") == "words of a person"


async def test_a_copy_is_made_once_a_day_and_old_ones_go(store: Store, tmp_path: Path) -> None:
    keeping = housekeeping(store, tmp_path / "copies")
    for day in range(COPIES_KEPT + 2):
        await keeping(NOW + timedelta(days=day))
        await keeping(NOW + timedelta(days=day, hours=5))

    copies = sorted(path.name for path in (tmp_path / "copies").iterdir())
    assert len(copies) == COPIES_KEPT
    assert copies[-1] == f"amtsbote-{(NOW + timedelta(days=COPIES_KEPT + 1)).date()}.db"
    connection = sqlite3.connect(tmp_path / "copies" / copies[-1])
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


async def test_a_copy_that_fails_is_tried_again_ever_more_rarely(store: Store, tmp_path: Path) -> None:
    tries: list[Path] = []

    async def fail(copy: Path) -> None:
        tries.append(copy)
        raise OSError("no space left")

    keeping = Housekeeping(store, copy=fail, backups=tmp_path / "copies")
    for tick in range(3 * 60 * 6):  # six hours
        with suppress(OSError):
            await keeping(NOW + timedelta(seconds=20 * tick))

    assert len(tries) == 11  # at once, after 1, 2, 4 … 32 minutes, and then every hour


async def test_a_cancelled_copy_ends_at_once_and_leaves_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = Halt.check

    def check_slowly(halt: Halt, *left: int) -> None:
        time.sleep(0.02)
        check(halt, *left)

    monkeypatch.setattr("storage.backup._PAGES", 1)
    monkeypatch.setattr(Halt, "check", check_slowly)

    copying = asyncio.create_task(store.backup(tmp_path / "copy.db"))
    while not list(tmp_path.glob(".copy.db.part")):  # noqa: ASYNC110  a file system rings no bell
        await asyncio.sleep(0.01)
    copying.cancel()
    await asyncio.sleep(0.3)

    assert sorted(path.name for path in tmp_path.iterdir() if "copy" in path.name) == []


async def test_the_check_of_a_copy_is_interrupted_too(tmp_path: Path) -> None:
    halt = Halt()
    with (
        closing(sqlite3.connect(tmp_path / "long.db", check_same_thread=False)) as connection,
        halt.watching(connection),
    ):
        endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
        counting = asyncio.create_task(asyncio.to_thread(connection.execute, endless))
        await asyncio.sleep(0.05)
        halt()
        with pytest.raises(sqlite3.OperationalError, match="interrupted"):
            await asyncio.wait_for(counting, 2)


async def test_the_clock_ticks_at_once_and_again_and_a_failing_duty_stops_no_other() -> None:
    ticks: list[datetime] = []

    async def fails(now: datetime) -> None:
        raise ValueError

    async def counts(now: datetime) -> None:
        ticks.append(now)

    async with ticking([fails, counts], lambda: NOW, seconds=0.05):
        await asyncio.sleep(0.3)

    assert len(ticks) >= 3
    assert set(ticks) == {NOW}
