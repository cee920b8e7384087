"""A register on disk for each test, with the offices of a small city."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from registry.applied import Applied
from registry.reading import Form, Reading
from storage.store import Store
from tests.storage.records import AT, OFFICES


async def apply(store: Store, reading: Reading, *, public: bool = True) -> Applied:
    return await store.apply(reading, public=public, by="coordinator", at=AT)


@pytest.fixture
async def empty_store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await Store.open(tmp_path / "register.db")
    yield store
    await store.close()


@pytest.fixture
async def store(empty_store: Store) -> Store:
    await apply(empty_store, Reading(source="offices.toml", form=Form.OFFICES, offices=OFFICES))
    return empty_store
