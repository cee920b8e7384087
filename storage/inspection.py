"""Looks at a file before it is used as the register; changes nothing."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from storage.errors import DamagedDatabase, ForeignDatabase, NewerSchema, NotADatabase, RegisterUnusable
from storage.migrations import APPLICATION_ID, newest

__all__ = ["RegisterUnusable", "inspect"]

_MAGIC = b"SQLite format 3\0"


_ALWAYS_CHECKED = 64 * 1024 * 1024  # bytes; SQLite looks through them in about half a second


async def inspect(path: Path) -> int:
    """The file's schema version, after looking at every page of it. Raises RegisterUnusable with the facts."""
    return await asyncio.to_thread(_inspect, path, thorough=True)


async def inspect_at_start(path: Path) -> int:
    """Like ``inspect``, but a big file that was closed in order is taken to be as it was left then."""
    log = path.with_name(f"{path.name}-wal")
    was_closed = not log.exists() or log.stat().st_size == 0
    thorough = not was_closed or path.stat().st_size <= _ALWAYS_CHECKED
    return await asyncio.to_thread(_inspect, path, thorough=thorough)


def _inspect(path: Path, *, thorough: bool) -> int:
    if not path.is_file():
        raise NotADatabase(path, "is no file")
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise NotADatabase(path, "is empty" if path.stat().st_size == 0 else "is no SQLite database")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return _look_into(connection, path, thorough=thorough)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise RegisterUnusable(path, f"cannot be read ({error})") from error
        raise DamagedDatabase(path, str(error)) from error


def _look_into(connection: sqlite3.Connection, path: Path, *, thorough: bool) -> int:
    application_id = int(connection.execute("PRAGMA application_id").fetchone()[0])
    if application_id != APPLICATION_ID:
        raise ForeignDatabase(path, application_id)
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > newest():
        raise NewerSchema(path, version, newest())
    if not thorough:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return version
    finding = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    if finding != "ok":
        raise DamagedDatabase(path, finding)
    return version
