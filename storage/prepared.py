"""What buttons do and what people are being asked to write: kept until done, withdrawn, or too old."""

import hashlib
from datetime import datetime
from sqlite3 import Row

from registry.changes import Await, Prepare
from registry.deeds import Deed, read, written
from registry.prepared import Entry, Prepared, PreparedAct
from storage.database import Transaction
from storage.errors import ChangedMeanwhile
from storage.instants import read as read_instant
from storage.instants import written as written_instant
from storage.rows import Fetch

_PREPARE = """
    INSERT INTO prepared (token, act, deed, field, person, chat, record, version, expires_at, takes_back)
    VALUES (:token, :act, :deed, :field, :person, :chat, :record, :version, :expires_at, :takes_back)
"""
_USE = "UPDATE prepared SET used_at = :at WHERE token = :token AND used_at IS NULL AND expires_at > :at RETURNING token"
# What was done in a group may be spoken of in private, and nowhere else.
_WAYS_BACK = """
    SELECT * FROM prepared
    WHERE person = :person AND :chat IN (chat, person) AND takes_back = 1 AND used_at IS NULL AND expires_at > :at
    ORDER BY expires_at DESC
"""
_AWAIT = """
    INSERT INTO entries (person, chat, deed, field, expires_at) VALUES (:person, :chat, :deed, :field, :expires_at)
    ON CONFLICT (person, chat) DO UPDATE SET
        deed = excluded.deed, field = excluded.field, expires_at = excluded.expires_at
"""
_STOP_AWAITING = "DELETE FROM entries WHERE person = :person AND chat = :chat"


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def prepared(fetch: Fetch, token: str) -> Prepared | None:
    """What the button with this token does."""
    rows = await fetch("SELECT * FROM prepared WHERE token = :token", {"token": _hashed(token)})
    return _prepared(rows[0]) if rows else None


async def ways_back(fetch: Fetch, *, person: int, chat: int, at: datetime) -> tuple[Prepared, ...]:
    """What would take back what somebody did just now, besides deeds that met records; the last one first."""
    rows = await fetch(_WAYS_BACK, {"person": person, "chat": chat, "at": written_instant(at)})
    return tuple(found for row in rows if (found := _prepared(row)))


def _prepared(row: Row) -> Prepared | None:
    deed = _read(row["deed"])
    if deed is None:
        return None
    return Prepared(
        act=PreparedAct(row["act"]),
        deed=deed,
        field=row["field"],
        person=row["person"],
        chat=row["chat"],
        record=row["record"],
        version=row["version"],
        expires_at=read_instant(row["expires_at"]),
        is_used=row["used_at"] is not None,
        takes_back=bool(row["takes_back"]),
    )


def entry(deed: str | None, field: str | None) -> Entry | None:
    """What a row of ``entries`` holds; a deed that this version no longer knows is none."""
    known = _read(deed) if deed and field else None
    return Entry(deed=known, field=field or "") if known else None


def _read(text: str) -> Deed | None:
    try:
        return read(text)
    except ValueError:
        return None


async def prepare(transaction: Transaction, change: Prepare) -> None:
    what = change.what
    await transaction.fetch(
        _PREPARE,
        {
            "token": _hashed(change.token),
            "act": what.act.value,
            "deed": written(what.deed),
            "field": what.field,
            "person": what.person,
            "chat": what.chat,
            "record": what.record,
            "version": what.version,
            "expires_at": written_instant(what.expires_at),
            "takes_back": int(what.takes_back),
        },
    )


async def use(transaction: Transaction, token: str, at: datetime) -> None:
    """Raises ChangedMeanwhile where somebody was quicker."""
    if not await transaction.fetch(_USE, {"token": _hashed(token), "at": written_instant(at)}):
        raise ChangedMeanwhile(token)


async def wait_for(transaction: Transaction, change: Await) -> None:
    """Asks for one thing at a time: what was awaited before from this person here is given up."""
    if change.entry is None:
        await transaction.fetch(_STOP_AWAITING, {"person": change.person, "chat": change.chat})
        return
    await transaction.fetch(
        _AWAIT,
        {
            "person": change.person,
            "chat": change.chat,
            "deed": written(change.entry.deed),
            "field": change.entry.field,
            "expires_at": written_instant(change.expires_at),
        },
    )
