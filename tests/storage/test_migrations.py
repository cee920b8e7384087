"""From any older schema to the newest: whole, or not at all."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage import migrations
from storage.backup import copy_verified
from storage.errors import BackupFailed
from storage.inspection import inspect
from storage.migrations import create, migrate, newest, scripts, statements


def schema(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()


def a_register_of(version: int, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = {number: script for number, script in scripts().items() if number <= version}
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "scripts", lambda: known)
        create(path)


def test_scripts_are_numbered_without_gaps() -> None:
    assert sorted(scripts()) == list(range(1, newest() + 1))


@pytest.mark.parametrize("version", range(1, newest() + 1))
async def test_a_register_of_an_older_schema_becomes_like_a_new_one(
    version: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    a_register_of(version, old, monkeypatch)
    create(new)

    migrate(old, found=version)

    assert schema(old) == schema(new)
    assert await inspect(old) == newest()


async def test_a_verified_copy_of_the_old_schema_is_kept_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "register.db"
    a_register_of(1, path, monkeypatch)
    before = schema(path)

    migrate(path, found=1)

    assert schema(tmp_path / "register.db.schema-1") == before


async def test_a_script_that_fails_half_way_leaves_the_schema_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "register.db"
    create(path)
    before = schema(path)
    broken = scripts() | {newest() + 1: "CREATE TABLE half (id INTEGER) STRICT;\nCREATE TABLE half (id INTEGER);"}

    with monkeypatch.context() as patch, pytest.raises(sqlite3.OperationalError):
        patch.setattr(migrations, "scripts", lambda: broken)
        migrate(path, found=len(broken) - 1)

    assert schema(path) == before
    assert await inspect(path) == newest()


def test_a_new_register_whose_scripts_fail_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "scripts", lambda: {1: "CREATE TABLE one (;\n"})

    with pytest.raises((sqlite3.OperationalError, ValueError)):
        create(tmp_path / "register.db")

    assert list(tmp_path.iterdir()) == []


def test_statements_keep_triggers_whole() -> None:
    trigger = "CREATE TRIGGER t AFTER INSERT ON a\nBEGIN\n    DELETE FROM b;\n    DELETE FROM c;\nEND;\n"

    assert list(statements(f"CREATE TABLE a (x);\n{trigger}")) == ["CREATE TABLE a (x);\n", trigger]


def test_a_script_that_ends_inside_a_statement_is_refused() -> None:
    with pytest.raises(ValueError, match="CREATE TABLE a"):
        list(statements("CREATE TABLE a (x)"))


def test_a_copy_with_other_counts_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "register.db"
    create(path)
    counts = iter([{"measures": 1}, {"measures": 0}])
    monkeypatch.setattr("storage.backup._counts", lambda _: next(counts))

    with pytest.raises(BackupFailed):
        copy_verified(path, tmp_path / "copy.db")

    assert {file.name for file in tmp_path.iterdir()} <= {"register.db", "register.db-wal", "register.db-shm"}
