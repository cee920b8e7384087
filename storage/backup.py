"""Verified copies: a copy counts once it was reopened and holds what the original held."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from storage.errors import BackupFailed


def copy_verified(source: Path, target: Path) -> None:
    """Copies a register that may be in use. The target appears whole, or not at all."""
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        counts = _copy(source, part)
        _verify(part, counts)
        part.replace(target)
        _sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)


def _copy(source: Path, part: Path) -> dict[str, int]:
    """Counts and copies in one read transaction, so that both speak of the same moment."""
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        connection.execute("BEGIN")
        counts = _counts(connection)
        with closing(sqlite3.connect(part)) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        return counts


def _verify(part: Path, counts: dict[str, int]) -> None:
    with closing(sqlite3.connect(f"{part.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        finding = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
        if finding != "ok":
            raise BackupFailed(part, finding)
        if _counts(connection) != counts:
            raise BackupFailed(part, "the copy has other counts than the register")
    with part.open("rb") as file:
        os.fsync(file.fileno())


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables}


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
