"""The digests that chats get, and how far their slots are settled."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from sqlite3 import Row

from registry.digests import Digest
from registry.slots import Rule
from storage.instants import read, written
from storage.rows import Fetch, from_row, insert, to_row

_WITHOUT = frozenset({"id"})
_FIELDS = tuple(Digest.model_fields)
_ONE = "SELECT * FROM digests WHERE id = :id AND is_ended = 0"
_THESE = "SELECT * FROM digests WHERE id IN (SELECT value FROM json_each(:numbers)) AND is_ended = 0"
_ANY = "SELECT * FROM digests WHERE id = :id"
_NEXT = "SELECT coalesce(max(seq), 0) + 1 AS id FROM sqlite_sequence WHERE name = 'digests'"
_TOLD = "SELECT told_to, told_on FROM digests WHERE id = :id"
_IN_CHAT = "SELECT * FROM digests WHERE chat = :chat AND is_ended = 0 ORDER BY id"
# A digest of a chat that cannot be reached waits: it is caught up when the chat is back.
_DUE = """
SELECT d.*, coalesce(d.language, c.language, p.language) AS spoken
FROM digests d LEFT JOIN chats c ON c.id = d.chat LEFT JOIN people p ON p.id = d.chat
WHERE d.next_at <= :now AND d.is_paused = 0 AND d.is_ended = 0 AND (d.chat > 0 OR c.admitted = 1)
  AND d.chat NOT IN (SELECT chat FROM suspended_chat)
ORDER BY d.next_at, d.id
"""
_HAS_OTHER_TIMES = """
SELECT 1 FROM digests WHERE id = :id
  AND (rule <> :rule OR is_paused <> :is_paused OR is_ended <> :is_ended OR chat <> :chat)
"""
# Slots that came before and are not settled are noted as skipped by the clock.
_LEAVE_OPEN = """
UPDATE digests SET past_rule = rule, past_from = settled_to, past_to = :since
WHERE id = :id AND past_rule IS NULL AND is_paused = 0 AND is_ended = 0 AND next_at <= :since
"""
_LEFT_OPEN = "SELECT * FROM digests WHERE past_rule IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Past:
    """The times that a digest had before, of which the slots after one instant and until another are open."""

    digest: Digest
    rule: Rule
    after: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """A digest that has something to settle, up to which instant that is done, and what its chat is like."""

    digest: Digest
    settled_to: datetime
    language: str | None
    told_to: int | None
    told_on: date | None


async def of(fetch: Fetch, number: int) -> Digest | None:
    rows = await fetch(_ONE, {"id": number})
    return _digest(rows[0]) if rows else None


async def these(fetch: Fetch, numbers: Iterable[int]) -> dict[int, Digest]:
    """The digests of those numbers that are not ended."""
    rows = await fetch(_THESE, {"numbers": json.dumps(list(numbers))})
    return {row["id"]: _digest(row) for row in rows}


async def known(fetch: Fetch, number: int) -> Digest | None:
    """The digest of that number, be it ended."""
    rows = await fetch(_ANY, {"id": number})
    return _digest(rows[0]) if rows else None


async def next_number(fetch: Fetch) -> int:
    """The number that the next new one gets."""
    return int((await fetch(_NEXT, {}))[0]["id"])


async def told(fetch: Fetch, number: int) -> tuple[int, date] | None:
    """How far the history went when a digest was last composed, and the day of that."""
    rows = await fetch(_TOLD, {"id": number})
    if not rows or rows[0]["told_on"] is None:
        return None
    return rows[0]["told_to"], date.fromisoformat(rows[0]["told_on"])


async def in_chat(fetch: Fetch, chat: int) -> tuple[Digest, ...]:
    return tuple(map(_digest, await fetch(_IN_CHAT, {"chat": chat})))


async def due(fetch: Fetch, now: datetime) -> list[Due]:
    """Whatever has a slot that is due by now, the oldest first."""
    return [_due(row) for row in await fetch(_DUE, {"now": written(now)})]


async def left_open(fetch: Fetch) -> list[Past]:
    """What is left of the times that digests had before, were they changed while a slot was open."""
    return [_past(row) for row in await fetch(_LEFT_OPEN, {})]


async def pinned(fetch: Fetch, number: int) -> int | None:
    """The message that is pinned for a digest."""
    rows = await fetch("SELECT pinned FROM digests WHERE id = :id", {"id": number})
    return rows[0]["pinned"] if rows else None


async def save(fetch: Fetch, digest: Digest, *, at: datetime, next_at: datetime | None) -> int:
    """Writes a digest and gives its number. A new one, or one at other times, has no slot to settle before ``at``.

    At the same times as before, a slot that is due and not settled yet still comes.
    """
    moment = written(at)
    fresh = {"since": moment, "settled_to": moment, "next_at": written(next_at) if next_at else None}
    row = to_row(digest, without=() if digest.id else _WITHOUT)
    if not digest.id or await known(fetch, digest.id) is None:
        return int((await fetch(f"{insert('digests', row | fresh)} RETURNING id", row | fresh))[0]["id"])
    if await fetch(_HAS_OTHER_TIMES, row):
        await fetch(_LEAVE_OPEN, row | fresh)
        row |= fresh
    await fetch(f"UPDATE digests SET {', '.join(f'{name} = :{name}' for name in row)} WHERE id = :id", row)
    return digest.id


def _digest(row: Row) -> Digest:
    return _parsed(tuple(row[name] for name in _FIELDS))


@lru_cache(maxsize=4096)
def _parsed(columns: tuple[object, ...]) -> Digest:
    """Read when it is announced and again for its text, and seldom changed."""
    return from_row(Digest, dict(zip(_FIELDS, columns, strict=True)))


def _past(row: Row) -> Past:
    rule = Rule.model_validate_json(row["past_rule"])
    return Past(_digest(row), rule, read(row["past_from"]), read(row["past_to"]))


def _due(row: Row) -> Due:
    return Due(
        digest=_digest(row),
        settled_to=read(row["settled_to"]),
        language=row["spoken"],
        told_to=row["told_to"],
        told_on=date.fromisoformat(row["told_on"]) if row["told_on"] else None,
    )
