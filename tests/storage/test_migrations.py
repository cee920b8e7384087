"""From any older schema to the newest: whole, or not at all."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from storage import migrations
from storage.backup import copy_verified
from storage.errors import BackupFailed
from storage.inspection import inspect
from storage.migrations import create, migrate, newest, scripts, statements
from storage.store import Store

KILLS = 20


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


KILLED = """
import os, signal, sqlite3, sys
from pathlib import Path
from storage.migrations import migrate

connect, left = sqlite3.connect, int(sys.argv[2])


def tick():
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)


def watched(*arguments, **options):
    connection = connect(*arguments, **options)
    connection.set_progress_handler(tick, 50)
    return connection


sqlite3.connect = watched
migrate(Path(sys.argv[1]), found=1)
print(int(sys.argv[2]) - left)
"""


def migrated_apart(path: Path, *, killed_at: int) -> "subprocess.CompletedProcess[str]":
    """Migrates in a process of its own, which kills itself at that step of SQLite's work; 0 is never reached."""
    return subprocess.run(
        [sys.executable, "-c", KILLED, str(path), str(killed_at)],
        cwd=Path(migrations.__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )


async def test_a_register_whose_migration_was_killed_anywhere_opens_with_all_it_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    a_register_of(1, old, monkeypatch)
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.executemany("INSERT INTO concepts (name) VALUES (?)", [(f"Plan {n}",) for n in range(500)])
    create(new)
    steps = int(migrated_apart(Path(shutil.copy(old, tmp_path / "whole.db")), killed_at=0).stdout)
    seen = set()

    for turn in range(KILLS):
        path = Path(shutil.copy(old, tmp_path / f"{turn}.db"))
        run = migrated_apart(path, killed_at=1 + turn * steps // KILLS)
        assert run.returncode == -signal.SIGKILL, run.stderr
        seen.add((await inspect(path), path.with_name(f"{path.name}.schema-1").exists()))
        await (await Store.open(path)).close()

        assert (await inspect(path), schema(path)) == (newest(), schema(new))
        assert await inspect(path.with_name(f"{path.name}.schema-1")) == 1
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("SELECT count(*) FROM concepts").fetchone() == (500,)
    assert {(1, False), (1, True)} <= seen, "no kill came during the copy, or none during the migration"


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
