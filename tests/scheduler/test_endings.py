"""Administrators hear a week before what they agreed to ends, once each."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from registry.people import Role
from scheduler.endings import Ends
from storage.inbox import Letter
from storage.store import Store

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
FIRST, SECOND, SILENT = 1, 2, 3
CHAT = """
    INSERT INTO chats (id, title, admitted, clearance, cleared_until) VALUES (-5, 'Team', 1, 2, '2026-12-01')
"""


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await Store.open(tmp_path / "register.db")
    await store.people.set_admins([FIRST, SILENT], NOW)
    await store.people.set_role(SECOND, Role.ADMIN)
    await store.inbox.receive([Letter(None, f"from {one}", one, "{}") for one in (FIRST, SECOND)], NOW)
    yield store
    await store.close()


async def told(store: Store) -> list[tuple[int, str]]:
    rows = await store.database.read("SELECT chat, json_extract(payload, '$.text') AS text FROM outbox ORDER BY id")
    return [(row["chat"], row["text"].replace("\xa0", " ")) for row in rows]


async def go_through(store: Store, *days: int) -> None:
    ends = Ends(store, lambda: None, default_language="de")
    for day in days:
        await ends(NOW + timedelta(days=day))


async def test_each_administrator_is_told_once_even_after_a_restart(store: Store) -> None:
    await store.database.write_rows((CHAT, [{}]))

    await go_through(store, 0)
    before = await told(store)
    await go_through(store, 1, 1, 2)
    await go_through(store, 3, 9)

    assert before == []
    assert [chat for chat, _ in await told(store)] == [FIRST, SECOND]
    assert (await told(store))[0][1] == (
        "<b>Am Di., 01.12.2026 endet die Freigabe von „Team“.</b>\n"
        "Danach wird dort nichts Nichtöffentliches mehr gezeigt. "
        "Zum Verlängern wählen Sie dieselbe Freigabe noch einmal."
    )


async def test_the_end_of_an_administrators_role_is_told_as_well(store: Store) -> None:
    await store.database.write_rows(("UPDATE people SET until = '2026-11-30' WHERE id = :id", [{"id": SECOND}]))

    await go_through(store, 0)

    assert [text.splitlines()[0] for _, text in await told(store)] == [
        "<b>Am Mo., 30.11.2026 endet eine Rolle in der Administration.</b>"
    ] * 2


async def test_what_was_renewed_is_told_again_before_its_next_end(store: Store) -> None:
    await store.database.write_rows((CHAT, [{}]))
    await go_through(store, 3)
    await store.database.write_rows(("UPDATE chats SET cleared_until = '2027-03-01'", [{}]))

    await go_through(store, 4, 92)

    assert [chat for chat, _ in await told(store)] == [FIRST, SECOND] * 2
