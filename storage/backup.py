"""Verified copies: a copy counts once it was reopened and holds what the original held."""

import asyncio
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from storage.errors import BackupFailed
from storage.halt import Halt

_PAGES = 1000  # copied between two looks at whether to go on


async def back_up(source: Path, target: Path) -> None:
    """``copy_verified`` beside everything else; a cancelled caller ends it."""
    halt = Halt()
    try:
        await asyncio.to_thread(copy_verified, source, target, halt)
    finally:
        halt()


def copy_verified(source: Path, target: Path, halt: Halt | None = None) -> None:
    """Copies a register that may be in use. The target appears whole, or not at all."""
    halt = halt or Halt()
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    # Made before SQLite writes to it: a copy is as private as the register, whatever the umask says.
    part.touch(mode=0o600, exist_ok=False)
    try:
        counts = _copy(source, part, halt)
        _verify(part, counts, halt)
        halt.check()  # an interrupted check has found nothing, which is not the same as being sound
        part.replace(target)
        _sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)


def _copy(source: Path, part: Path, halt: Halt) -> dict[str, int]:
    """Counts and copies in one read transaction, so that both speak of the same moment."""
    with closing(_opened(source)) as connection, halt.watching(connection):
        connection.execute("BEGIN")
        counts = _counts(connection)
        with closing(sqlite3.connect(part)) as copy:
            connection.backup(copy, pages=_PAGES, progress=halt.check)
            copy.execute("PRAGMA journal_mode=DELETE")
        return counts


def _verify(part: Path, counts: dict[str, int], halt: Halt) -> None:
    with closing(_opened(part)) as connection, halt.watching(connection):
        finding = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
        if finding != "ok":
            raise BackupFailed(part, finding)
        if _counts(connection) != counts:
            raise BackupFailed(part, "the copy has other counts than the register")
    with part.open("rb") as file:
        os.fsync(file.fileno())


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables}


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
