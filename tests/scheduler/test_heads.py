"""The log learns once an hour how far the history goes."""

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.heads import Heads
from storage.store import Store
from tests.handlers.a_register import fill, lay_offices

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


async def test_the_head_is_logged_once_an_hour_where_it_moved(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    store = await Store.open(tmp_path / "register.db")
    await lay_offices(store)
    heads, told = Heads(store), []
    for minutes in (0, 30, 60, 120):
        if minutes == 30:
            await fill(store, with_secrets=False)
        await heads(NOW + timedelta(minutes=minutes))
        told.append([record.getMessage() for record in caplog.records if record.name == "scheduler.heads"])
    head = await store.audit_head()
    await store.close()

    assert [len(lines) for lines in told] == [1, 1, 2, 2]
    assert told[-1][-1] == f"the history goes to entry {head.row}, sealed {head.seal}"
