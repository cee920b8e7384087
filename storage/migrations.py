"""Brings a register's file to the newest schema: numbered scripts, forward only, one transaction each."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import cache
from pathlib import Path

from storage.backup import copy_verified

APPLICATION_ID = 0x414D5442  # "AMTB": a file of ours, whatever its name
SCRIPTS = Path(__file__).with_name("migrations")


@cache
def scripts(folder: Path = SCRIPTS) -> dict[int, str]:
    """Every script by its number."""
    return {int(path.name[:4]): path.read_text(encoding="utf-8") for path in sorted(folder.glob("[0-9]*.sql"))}


def newest() -> int:
    return max(scripts())


def create(path: Path) -> None:
    """Makes a new register beside and then gives it its name, so that a file of that name is always a whole one."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    os.close(descriptor)
    beside = Path(name)
    try:
        _run_scripts(beside)
        # Another process may have been faster: then its file is the register.
        with suppress(FileExistsError):
            path.hardlink_to(beside)
    finally:
        beside.unlink()


def migrate(path: Path, *, found: int) -> None:
    """Applies what a file of an older schema lacks. A verified copy of it is kept first."""
    if found < newest():
        copy_verified(path, path.with_name(f"{path.name}.schema-{found}"))
        _run_scripts(path)


def _run_scripts(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None, timeout=60.0)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        for number, script in sorted(scripts().items()):
            _apply(connection, number, script)


def _apply(connection: sqlite3.Connection, number: int, script: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Read inside the transaction: another process may have migrated in the meantime.
        if int(connection.execute("PRAGMA user_version").fetchone()[0]) < number:
            for statement in statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def statements(script: str) -> Iterator[str]:
    """The statements of a script, triggers whole. (``executescript`` would commit before the first one.)"""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        raise ValueError(f"a script ends inside a statement: {statement.strip()[:60]}")
