"""The chain over the history: what was written cannot be changed, left out or cut off without being found."""

import os
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from registry.measures import Status
from storage import audit
from storage.audit import Broken
from storage.errors import KeyMissing, KeyUnusable
from storage.store import Store
from tests.storage.conftest import apply
from tests.storage.records import AT, PUBLIC, a_measure, a_reading

COLUMNS = [name for name in audit.CHAINS["history"] if name != "id"]


@pytest.fixture
async def register(tmp_path: Path) -> AsyncIterator[Path]:
    """A closed register with a history of several rows."""
    path = tmp_path / "city.db"
    store = await Store.open(path)
    await apply(store, a_reading(measures=(a_measure("1.1.M1"), a_measure("1.1.M2"))))
    await apply(
        store, a_reading(measures=(a_measure("1.1.M1", text="Anders."), a_measure("1.1.M2", status=Status.FULLY)))
    )
    await store.close()
    yield path


def key_of(register: Path) -> audit.Key:
    return audit.read_key(audit.key_beside(register))


def tamper(register: Path, statement: str, *values: object) -> None:
    """As somebody would who can write to the file: the triggers are no obstacle to them."""
    with closing(sqlite3.connect(register)) as connection, connection:
        for trigger in ("history_is_never_edited", "history_is_never_deleted"):
            connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        connection.execute(statement, values)


def rows(register: Path) -> list[int]:
    with closing(sqlite3.connect(register)) as connection:
        return [row[0] for row in connection.execute("SELECT id FROM history ORDER BY id")]


async def test_what_was_written_in_order_is_found_sound(register: Path) -> None:
    verdict = await audit.verify(register, key_of(register))

    assert (verdict.rows, verdict.broken) == (len(rows(register)), None)
    assert verdict.rows >= 5


@pytest.mark.parametrize("column", [*COLUMNS, "seal"])
async def test_any_changed_column_of_any_row_is_found_and_the_row_is_named(register: Path, column: str) -> None:
    for row in rows(register):
        copy = register.with_name(f"{row}.db")
        shutil.copy(register, copy)
        number = column in {"record", "version", "by_import"}
        change = f"1 - {column}" if column == "by_import" else f"{column} + 1" if number else f"'x' || {column}"
        tamper(copy, f"UPDATE history SET {column} = {change} WHERE id = ?", row)

        verdict = await audit.verify(copy, key_of(register))

        assert verdict.broken is not None
        assert (verdict.broken.chain, verdict.broken.row) == ("history", row)


async def test_a_row_that_was_taken_out_is_found_at_the_next(register: Path) -> None:
    tamper(register, "DELETE FROM history WHERE id = 3")

    verdict = await audit.verify(register, key_of(register))

    assert verdict.broken is not None
    assert verdict.broken.row == 4


async def test_rows_written_by_somebody_without_the_key_are_found(register: Path) -> None:
    last = rows(register)[-1]
    copied = ", ".join(COLUMNS)
    tamper(register, f"INSERT INTO history ({copied}, seal) SELECT {copied}, seal FROM history WHERE id = ?", last)

    verdict = await audit.verify(register, key_of(register))

    assert verdict.broken is not None
    assert verdict.broken.row == last + 1


async def test_an_end_that_was_cut_off_is_told_by_an_older_copy(register: Path, tmp_path: Path) -> None:
    copy, last = tmp_path / "amtsbote-2026-11-22.db", rows(register)[-1]
    shutil.copy(register, copy)
    tamper(register, "DELETE FROM history WHERE id = ?", last)

    alone = await audit.verify(register, key_of(register))
    beside_copy = await audit.verify(register, key_of(register), copies=[copy])

    assert alone.broken is None
    assert beside_copy.broken == Broken("history", last, AT)


async def test_another_key_fits_no_row(register: Path) -> None:
    verdict = await audit.verify(register, audit.Key(bytes(32)))

    assert verdict.broken is not None
    assert verdict.broken.row == 1


async def test_the_chain_goes_on_after_a_restart(register: Path) -> None:
    store = await Store.open(register)
    await apply(store, a_reading(measures=(a_measure("1.1.M3"),)))
    head = await store.audit_head()
    await store.close()

    assert head.row == rows(register)[-1]
    assert (await audit.verify(register, key_of(register))).broken is None


async def test_what_is_undone_leaves_no_row_and_no_gap(register: Path) -> None:
    store = await Store.open(register)
    await store.preview(a_reading(measures=(a_measure("1.1.M4"),)))
    await apply(store, a_reading(measures=(a_measure("1.1.M5"),)))
    await store.close()

    assert rows(register) == list(range(1, len(rows(register)) + 1))
    assert (await audit.verify(register, key_of(register))).broken is None


async def test_the_key_is_made_once_for_its_owner_alone_and_may_lie_elsewhere(tmp_path: Path) -> None:
    elsewhere = tmp_path / "keys" / "audit"
    elsewhere.parent.mkdir()
    for _ in range(2):
        await (await Store.open(tmp_path / "city.db", key_file=elsewhere)).close()

    assert not audit.key_beside(tmp_path / "city.db").exists()
    assert elsewhere.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in elsewhere.parent.iterdir()) == ["audit"]


_KEY = "ab" * 32


@pytest.mark.parametrize("content", ["", "no key", _KEY[2:], "ü" * 64, f"{_KEY}\nhistory", f"{_KEY}\nother 1 x"])
async def test_a_file_that_holds_no_key_is_left_as_it_is(tmp_path: Path, content: str) -> None:
    path = tmp_path / "city.db.key"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(KeyUnusable):
        await Store.open(tmp_path / "city.db")

    assert path.read_text(encoding="utf-8") == content


async def test_a_lost_key_is_not_replaced_unasked(register: Path) -> None:
    key = audit.key_beside(register)
    key.unlink()

    with pytest.raises(KeyMissing):
        await Store.open(register)

    assert not key.exists()


async def test_without_its_key_a_register_can_be_read_and_not_written(register: Path) -> None:
    audit.key_beside(register).unlink()

    store = await Store.open(register, only_to_read=True)
    with pytest.raises(AssertionError, match="nothing is sealed without a key"):
        await apply(store, a_reading(measures=(a_measure("1.1.M3"),)))
    measures = await store.register(PUBLIC).measures()
    await store.close()

    assert [measure.number for measure in measures] == ["1.1.M1", "1.1.M2"]
    assert not audit.key_beside(register).exists()


async def test_a_register_without_history_gets_its_key_silently(tmp_path: Path) -> None:
    path = tmp_path / "city.db"
    await (await Store.open(path)).close()
    first = key_of(path)
    audit.key_beside(path).unlink()
    await (await Store.open(path)).close()

    assert key_of(path) != first


async def begun_anew(register: Path) -> tuple[int, int]:
    """A new key, and two changes behind it: how many rows there were before and are now."""
    audit.key_beside(register).rename(register.with_name("lost"))
    older = len(rows(register))
    audit.begin_anew(audit.key_beside(register), register)
    store = await Store.open(register)
    await apply(store, a_reading(measures=(a_measure("1.1.M3"), a_measure("1.1.M4"))))
    await store.close()
    return older, len(rows(register))


async def test_a_chain_that_was_begun_anew_proves_what_came_since_and_says_what_it_cannot(register: Path) -> None:
    older, now = await begun_anew(register)

    verdict = await audit.verify(register, key_of(register))
    by_old_key = await audit.verify(register, audit.read_key(register.with_name("lost")))

    assert verdict == audit.Verdict(rows=now - older, unproven=older)
    assert by_old_key.broken is not None
    assert by_old_key.broken.row == older + 1
    assert audit.key_beside(register).stat().st_mode & 0o777 == 0o600


async def test_behind_a_new_beginning_every_change_is_found_and_so_is_another_end_of_the_old_part(
    register: Path,
) -> None:
    older, now = await begun_anew(register)
    for row in (older, older + 1, now):
        copy = register.with_name(f"{row}.db")
        shutil.copy(register, copy)
        tamper(copy, "UPDATE history SET seal = 'x' || seal WHERE id = ?", row)

        verdict = await audit.verify(copy, key_of(register))

        assert verdict.broken is not None
        assert verdict.broken.row == row


async def test_no_key_that_is_there_is_replaced_by_a_new_one(register: Path) -> None:
    before = audit.key_beside(register).read_text()

    with pytest.raises(FileExistsError):
        audit.begin_anew(audit.key_beside(register), register)

    assert audit.key_beside(register).read_text() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="to the superuser every file is open")
def test_a_key_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.touch(mode=0)

    with pytest.raises(KeyUnusable):
        audit.read_key(path)
