"""Which files become a register, and which are left exactly as they were found."""

import asyncio
import random
import sqlite3
from pathlib import Path

import pytest

from storage.errors import DamagedDatabase, ForeignDatabase, NewerSchema, NotADatabase, RegisterUnusable
from storage.inspection import inspect
from storage.migrations import APPLICATION_ID, newest
from storage.store import Store
from tests.storage.conftest import apply
from tests.storage.records import a_measure, a_reading


async def a_closed_register(path: Path) -> None:
    store = await Store.open(path)
    await apply(store, a_reading(measures=tuple(a_measure(f"1.{n}.M1") for n in range(1, 40))))
    await store.close()


async def test_a_new_register_has_the_newest_schema_and_only_the_audit_key_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "register.db"

    await (await Store.open(path)).close()

    assert sorted(file.name for file in tmp_path.iterdir()) == ["register.db", "register.db.key"]
    assert await inspect(path) == newest()


async def test_two_that_make_the_same_register_at_once_share_one(tmp_path: Path) -> None:
    path = tmp_path / "register.db"

    one, other = await asyncio.gather(Store.open(path), Store.open(path))
    await apply(one, a_reading(measures=(a_measure("1.1.M1"),)))
    found = await other.database.read("SELECT number FROM measures")
    await asyncio.gather(one.close(), other.close())

    assert [row["number"] for row in found] == ["1.1.M1"]


async def test_an_empty_file_is_refused_and_stays_empty(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    path.touch()

    with pytest.raises(NotADatabase):
        await Store.open(path)

    assert path.read_bytes() == b""


async def test_a_file_that_is_no_database_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    path.write_text("not a database, but somebody's notes")

    with pytest.raises(NotADatabase):
        await Store.open(path)

    assert path.read_text() == "not a database, but somebody's notes"


async def test_another_programs_database_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE measures (id INTEGER)")
        connection.execute("PRAGMA application_id = 7")
    connection.close()
    before = path.read_bytes()

    with pytest.raises(ForeignDatabase) as refused:
        await Store.open(path)

    assert refused.value.application_id == 7
    assert path.read_bytes() == before


async def test_a_register_of_a_newer_program_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    await a_closed_register(path)
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {newest() + 1}")
    connection.close()
    before = path.read_bytes()

    with pytest.raises(NewerSchema) as refused:
        await Store.open(path)

    assert (refused.value.found, refused.value.known) == (newest() + 1, newest())
    assert path.read_bytes() == before


@pytest.mark.parametrize("seed", range(40))
async def test_a_register_with_an_overwritten_or_cut_page_is_refused_or_read_as_it_was(
    tmp_path: Path, seed: int
) -> None:
    """SQLite cannot notice a changed byte inside a text; whatever it notices is refused, and nothing is written."""
    path, chance = tmp_path / "register.db", random.Random(seed)
    await a_closed_register(path)
    content = bytearray(path.read_bytes())
    if seed % 2:
        del content[4096 * chance.randrange(1, len(content) // 4096) :]
    else:
        page = 4096 * chance.randrange(len(content) // 4096)
        content[page : page + 4096] = chance.randbytes(4096)
    path.write_bytes(content)

    try:
        await (await Store.open(path)).close()
    except RegisterUnusable as refused:
        assert isinstance(refused, DamagedDatabase | NotADatabase | ForeignDatabase | NewerSchema)
        assert path.read_bytes() == content
    else:
        assert seed % 2 == 0, "a register that lacks pages was opened"


async def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    path.mkdir()

    with pytest.raises(RegisterUnusable) as refused:
        await Store.open(path)

    assert refused.value.path == path


def test_the_application_id_reads_as_the_programs_initials() -> None:
    assert APPLICATION_ID.to_bytes(4).decode() == "AMTB"
