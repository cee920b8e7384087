"""A copy counts once it was reopened and holds what the register held."""

import asyncio
import os
import stat
from pathlib import Path

import pytest

from storage.audit import key_beside
from storage.inspection import inspect
from storage.migrations import newest
from storage.store import Store
from tests.storage.conftest import apply
from tests.storage.records import PUBLIC, a_measure, a_reading, an_inquiry


async def test_a_backup_opens_as_the_same_register(store: Store, tmp_path: Path) -> None:
    await apply(store, a_reading(measures=(a_measure("1.1.M1"),), inquiries=(an_inquiry(1),)))
    expected = (await store.register(PUBLIC).measures(), await store.register(PUBLIC).inquiries())

    await store.backup(tmp_path / "copy.db")

    copy = await Store.open(tmp_path / "copy.db", key_file=key_beside(store.database.path))
    found = (await copy.register(PUBLIC).measures(), await copy.register(PUBLIC).inquiries())
    await copy.close()
    assert found == expected


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
async def test_a_backup_is_for_its_owner_alone_whatever_the_umask_says(
    store: Store, tmp_path: Path, umask: int
) -> None:
    before = os.umask(umask)
    try:
        await store.backup(tmp_path / "copy.db")
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600


async def test_a_backup_under_writing_holds_whole_documents(store: Store, tmp_path: Path) -> None:
    async def write() -> None:
        for n in range(20):
            pair = (a_measure(f"{n + 1}.1.M1"), a_measure(f"{n + 1}.1.M2"))
            await apply(store, a_reading(measures=pair))

    async def copy(n: int) -> int:
        await asyncio.sleep(n / 50)
        target = tmp_path / f"copy-{n}.db"
        await store.backup(target)
        assert await inspect(target) == newest()
        kept = await Store.open(target, key_file=key_beside(store.database.path))
        measures = await kept.register(PUBLIC).measures()
        await kept.close()
        return len(measures)

    writing = asyncio.create_task(write())
    sizes = await asyncio.gather(*(copy(n) for n in range(6)))
    await writing

    assert [size % 2 for size in sizes] == [0] * 6
    assert not list(tmp_path.glob("*.part"))
