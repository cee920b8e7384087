"""Takes back what was sent of a record, in the transaction that hides it.

What can be deleted is queued to be; what is too old for that, or on its way just now, is noted for the bot to see to.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from registry.people import Role
from registry.queries import Kind
from registry.recall import Carrier, Fate, fate_of
from registry.visibility import Clearance
from storage import staff
from storage.database import Database, Transaction
from storage.instants import read, written
from storage.outbox import ADD, rows_of
from storage.outgoing import Outgoing
from storage.rows import Fetch


class Waiting(NamedTuple):
    """A message that is still to be withdrawn: one that was late can be deleted, one that is old written over."""

    outbox: int
    chat: int
    message: int
    is_late: bool


Hidden = tuple[str, int]  # kind and number of a record's rows
Shown = tuple[int, int]  # chat and message

_REFS = "SELECT DISTINCT ref FROM listed WHERE owner = :kind AND record = :record"
# A programme's modules are shown under names of their own.
_CARRIES = """
    EXISTS (
        SELECT 1 FROM json_each(:refs) r
        WHERE instr(char(10) || o.refs || char(10), char(10) || r.value || char(10)) > 0
           OR (:modules AND instr(char(10) || o.refs, char(10) || r.value || '.') > 0)
    )
"""
# What stands in a chat now is what was written there last.
_CARRIERS = f"""
    SELECT o.id, o.chat, o.message_id,
           (SELECT min(f.settled_at) FROM outbox f WHERE f.chat = o.chat AND f.message_id = o.message_id) AS sent_at,
           coalesce(c.title, '') AS title, coalesce(c.admitted, 0) AS admitted,
           CASE WHEN c.cleared_until < :today THEN 0 ELSE coalesce(c.clearance, 0) END AS clearance,
           s.chat IS NOT NULL AS suspended
    FROM outbox o LEFT JOIN chats c ON c.id = o.chat LEFT JOIN suspended_chat s ON s.chat = o.chat
    WHERE o.state = 'sent' AND o.message_id IS NOT NULL AND {_CARRIES}
      AND o.id = (SELECT max(n.id) FROM outbox n WHERE n.chat = o.chat AND n.message_id = o.message_id)
      AND NOT EXISTS (SELECT 1 FROM recalls x WHERE x.outbox = o.id)
    ORDER BY o.id
"""
_ON_THE_WAY = f"""
    UPDATE outbox AS o SET label = 'nonpublic'
    WHERE o.state IN ('new', 'leased', 'uncertain') AND o.label = 'public' AND {_CARRIES} RETURNING id, state
"""
_NOTE = "INSERT INTO recalls (outbox, message_id, fate, at) VALUES (:outbox, :message, :fate, :at)"
_DELETE = """
    INSERT INTO outbox (key, chat, kind, method, payload, label, created_at)
    VALUES ('recall ' || :outbox, :chat, 'act', 'deleteMessage', :payload, 'public', :at) ON CONFLICT (key) DO NOTHING
"""
_MOST = "SELECT non_public FROM meta"

# Those that were on their way, once they have arrived, and those that can only be written over.
_WAITING = """
    SELECT r.outbox, r.fate, o.chat, coalesce(r.message_id, o.message_id) AS message
    FROM recalls r JOIN outbox o ON o.id = r.outbox
    WHERE r.settled_at IS NULL AND (r.fate = 'overwritten' OR (r.fate = 'late' AND o.message_id IS NOT NULL))
    ORDER BY r.outbox
"""
_SETTLED = "UPDATE recalls SET settled_at = :at WHERE outbox = :outbox"


async def withdraw(transaction: Transaction, hidden: Sequence[Hidden], *, at: datetime, but: Shown | None) -> None:
    """``but`` is the message that the answer to this takes the place of."""
    fetch = transaction.fetch
    for kind, record in hidden:
        refs = [row["ref"] for row in await fetch(_REFS, {"kind": kind, "record": record})]
        if not refs:
            continue
        found = [one for one in await carriers(fetch, kind, refs, at) if (one.chat, one.message) != but]
        await transaction.run_each(_NOTE, [_noted(one, at) for one in found])
        young = [one for one in found if one.fate is Fate.DELETED]
        await transaction.run_each(_DELETE, [_deletion(one, at) for one in young])
        leaving = await fetch(_ON_THE_WAY, _carrying(kind, refs))
        late = [row["id"] for row in leaving if row["state"] == "leased"]
        await transaction.run_each(
            _NOTE, [{"outbox": one, "message": None, "fate": "late", "at": written(at)} for one in late]
        )


async def carriers(fetch: Fetch, kind: str, refs: Sequence[str], now: datetime) -> tuple[Carrier, ...]:
    """The messages that carry a record where not everybody may read what is not public, oldest first."""
    most = Clearance((await fetch(_MOST, {}))[0]["non_public"])
    found = []
    for row in await fetch(_CARRIERS, {**_carrying(kind, refs), "today": now.date().isoformat()}):
        if most is Clearance.CONTENT and await _is_cleared(fetch, row["chat"], row["clearance"], now):
            continue
        sent_at, is_group = read(row["sent_at"]), row["chat"] < 0
        is_reached = not row["suspended"] and (bool(row["admitted"]) or not is_group)
        found.append(
            Carrier(
                outbox=row["id"],
                chat=row["chat"],
                title=row["title"] if is_group else "",
                message=row["message_id"],
                sent_at=sent_at,
                fate=fate_of(sent_at, now, is_reached=is_reached),
            )
        )
    return tuple(found)


async def _is_cleared(fetch: Fetch, chat: int, clearance: int, now: datetime) -> bool:
    if chat < 0:
        return Clearance(clearance) is Clearance.CONTENT
    given = await staff.of(fetch, chat)  # a private chat has the number of its person
    return given.role_on(now.date()) >= Role.EDITOR


def _carrying(kind: str, refs: Iterable[str]) -> dict[str, object]:
    return {"refs": json.dumps(list(refs)), "modules": int(kind == Kind.PROGRAMME)}


def _noted(one: Carrier, at: datetime) -> dict[str, object]:
    return {"outbox": one.outbox, "message": one.message, "fate": one.fate.value, "at": written(at)}


def _deletion(one: Carrier, at: datetime) -> dict[str, object]:
    payload = json.dumps({"chat_id": one.chat, "message_id": one.message})
    return {"outbox": one.outbox, "chat": one.chat, "payload": payload, "at": written(at)}


class Recalls:
    """What the bot still has to see to."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def waiting(self) -> tuple[Waiting, ...]:
        rows = await self._database.read(_WAITING)
        return tuple(Waiting(row["outbox"], row["chat"], row["message"], row["fate"] == "late") for row in rows)

    async def settle(self, one: Waiting, outgoing: Outgoing, at: datetime) -> None:
        """Queues what becomes of a message, and notes that it was."""
        rows = rows_of([outgoing], key=f"recall {one.outbox}", at=at)
        settled = {"outbox": one.outbox, "at": written(at)}
        await self._database.write_rows((_SETTLED, [settled]), (ADD, rows))
