"""Telling a database that cannot be used just now from a mistake in what it was asked."""

import sqlite3

_OUTAGES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    }
)


def is_outage(error: BaseException) -> bool:
    """Whether trying again later may help: a full disk, a lock held elsewhere, a failing device."""
    if isinstance(error, ConnectionError):
        return True
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in _OUTAGES
