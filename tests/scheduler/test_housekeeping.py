"""The nightly copy, and the clock."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from scheduler.housekeeping import COPIES_KEPT, Housekeeping
from scheduler.ticker import ticking
from storage.halt import Halt
from storage.store import Store

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await Store.open(tmp_path / "register.db")
    yield store
    await store.close()


def housekeeping(store: Store, backups: Path | None = None) -> Housekeeping:
    return Housekeeping(store, backups=backups)


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
