"""Messages on their way out: queued with the change they report, claimed, sent, and never lost."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from sqlite3 import Row

from registry.visibility import Visibility, may_read
from storage import arrivals
from storage.clearances import Clearances
from storage.database import Database, Transaction
from storage.instants import read, written
from storage.outgoing import Outgoing, OutgoingKind

TOAST_LASTS = timedelta(seconds=60)  # nobody looks at the button any longer
# The bot joins the supergroup that a group of its own becomes, maybe before it is told so; then it must not go.
LEAVING_WAITS = timedelta(seconds=5)
LEAVE = "leaveChat"

ADD = """
INSERT INTO outbox (key, chat, thread, kind, method, payload, label, refs, not_before, created_at)
VALUES (:key, :chat, :thread, :kind, :method, :payload, :label, :refs, :not_before, :created_at)
ON CONFLICT (key) DO NOTHING
"""
_RECLAIM = "UPDATE outbox SET state = 'uncertain' WHERE state = 'leased'"
_QUEUED = """
SELECT id, chat, kind, not_before FROM outbox
WHERE state IN ('new', 'leased', 'uncertain') AND id > :after ORDER BY id LIMIT :limit
"""
# What nothing stands against, which is nearly all of it, is leased by one statement.
_LEASE_FREELY = """
UPDATE outbox SET state = 'leased'
WHERE state = 'new' AND id IN (SELECT value FROM json_each(:ids)) AND label = 'public' AND not_before IS NULL
  AND (kind <> 'toast' OR created_at >= :fresh) AND chat NOT IN (SELECT chat FROM suspended_chat)
RETURNING id, chat, kind, method, payload, label, attempt, 'new' AS state
"""
_CANDIDATES = """
SELECT outbox.id, key, outbox.chat, kind, method, payload, label, state, attempt, not_before, created_at,
       suspended_chat.chat AS suspended
FROM outbox LEFT JOIN suspended_chat ON suspended_chat.chat = outbox.chat
WHERE state IN ('new', 'uncertain') AND outbox.id IN (SELECT value FROM json_each(?)) ORDER BY outbox.id
"""
_LEASE = "UPDATE outbox SET state = 'leased' WHERE id = :id"
_SETTLE = """
UPDATE outbox SET state = :state, message_id = :message_id, reason = :reason, settled_at = :settled_at WHERE id = :id
"""
# One that was cancelled while it was on its way stays so.
_RETURN = """
UPDATE outbox SET state = :state, attempt = attempt + :unanswered, not_before = :not_before, reason = :reason
WHERE id = :id AND state = 'leased'
"""
_THREAD = "SELECT thread FROM outbox WHERE chat = :chat AND message_id = :message_id ORDER BY id LIMIT 1"
_STAYS = f"""
SELECT 1 FROM outbox JOIN chats ON chats.id = outbox.chat AND admitted = 1
WHERE outbox.chat = :chat AND method = '{LEAVE}' AND key >= :answer || '.' AND key < :answer || '/'
"""
_STANDING = """
SELECT (SELECT created_at FROM outbox WHERE state IN ('new', 'leased', 'uncertain') ORDER BY id LIMIT 1) AS oldest,
       (SELECT count(*) FROM outbox WHERE state IN ('new', 'leased', 'uncertain')) AS waiting,
       (SELECT count(*) FROM outbox WHERE state = 'dead') AS dead
"""
_LANGUAGE = """
SELECT language FROM people WHERE id = :chat AND language IS NOT NULL
UNION ALL SELECT language FROM chats WHERE id = :chat AND language IS NOT NULL
"""
_BLANK = """
UPDATE outbox SET payload = NULL
WHERE payload IS NOT NULL AND state IN ('sent', 'dead', 'cancelled') AND created_at < :before
"""


@dataclass(frozen=True, slots=True)
class Queued:
    """A message that waits: enough to decide when it may go, without its text."""

    id: int
    chat: int
    kind: OutgoingKind
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed message: what is handed to the messenger. ``is_repeated`` says it may have arrived before.

    ``attempt`` counts the tries that were not answered.
    """

    id: int
    chat: int
    kind: OutgoingKind
    method: str
    payload: str
    attempt: int
    is_repeated: bool
    label: Visibility = Visibility.NONPUBLIC


@dataclass(frozen=True, slots=True)
class OutboxStanding:
    oldest_at: datetime | None
    waiting: int
    dead: int


class Outbox:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, outgoing: Sequence[Outgoing], *, key: str, at: datetime) -> None:
        """Queues messages that answer no update. What was queued under this key before is not queued again."""
        await self._database.write_rows((ADD, rows_of(outgoing, key=key, at=at)))

    async def reclaim(self) -> None:
        """At start: what was leased when the last run ended may have been sent, or not."""
        await self._database.write_rows((_RECLAIM, [()]))

    async def queued(self, *, after: int = 0, limit: int) -> list[Queued]:
        rows = await self._database.read(_QUEUED, {"after": after, "limit": limit})
        return [Queued(row[0], row[1], OutgoingKind(row[2]), read(row[3]) if row[3] else None) for row in rows]

    async def claim(self, ids: Sequence[int], clearances: Clearances, at: datetime) -> list[Parcel]:
        """Leases what may be sent; what may not (any more) is cancelled in the same transaction, with its reason."""
        free = {"ids": json.dumps(ids), "fresh": written(at - TOAST_LASTS)}
        parcels = [_parcel(row) for row in await self._database.take(_LEASE_FREELY, free)]
        leased = {parcel.id for parcel in parcels}
        doubtful = [message for message in ids if message not in leased]
        return parcels + (await self._lease(doubtful, clearances, at) if doubtful else [])

    async def _lease(self, ids: Sequence[int], clearances: Clearances, at: datetime) -> list[Parcel]:
        async def lease(transaction: Transaction) -> list[Parcel]:
            parcels: list[Parcel] = []
            cancelled: list[dict[str, object]] = []
            candidates = await transaction.fetch(_CANDIDATES, [json.dumps(ids)])
            for row in candidates:
                if objection := await _objection(row, clearances, at, transaction):
                    cancelled.append(_mark(row["id"], "cancelled", at=at, reason=objection))
                else:
                    parcels.append(_parcel(row))
            await transaction.run_each(_LEASE, [{"id": parcel.id} for parcel in parcels])
            if cancelled:
                await transaction.run_each(_SETTLE, cancelled)
            return parcels

        return await self._database.write(lease)

    async def sent(self, message: int, message_id: int | None, *, at: datetime) -> None:
        await self._database.write_rows((_SETTLE, [_mark(message, "sent", at=at, message_id=message_id)]))

    async def cancel(self, message: int, reason: str, *, at: datetime) -> None:
        await self._database.write_rows((_SETTLE, [_mark(message, "cancelled", at=at, reason=reason)]))

    async def bury(self, message: int, reason: str, told: Sequence[Outgoing] = (), *, at: datetime) -> None:
        """Gives a message up; ``told`` says so to those who have to look at it."""
        grave = _mark(message, "dead", at=at, reason=reason)
        await self._database.write_rows((_SETTLE, [grave]), (ADD, rows_of(told, key=f"dead {message}", at=at)))

    async def give_back(self, parcel: Parcel, reason: str, *, not_before: datetime, unanswered: bool = False) -> None:
        """Returns a lease, to be tried again later; ``unanswered`` when the message may have arrived after all."""
        row = {
            "id": parcel.id,
            "state": "uncertain" if unanswered or parcel.is_repeated else "new",
            "unanswered": int(unanswered),
            "not_before": written(not_before),
            "reason": reason,
        }
        await self._database.write_rows((_RETURN, [row]))

    async def thread_of(self, chat: int, message_id: int) -> int | None:
        """The topic a message of ours was sent to."""
        rows = await self._database.read(_THREAD, {"chat": chat, "message_id": message_id})
        return rows[0]["thread"] if rows else None

    async def is_text(self, message: int) -> bool:
        """Whether it is written into a line of the clock's, and into no other message."""
        return bool(await self._database.read(arrivals.ONE_IS_TEXT, {"id": message}))

    async def standing(self) -> OutboxStanding:
        [row] = await self._database.read(_STANDING)
        return OutboxStanding(read(row["oldest"]) if row["oldest"] else None, row["waiting"], row["dead"])

    async def language_of(self, chat: int) -> str | None:
        """The language a chat was set to; a private chat has the id of its person."""
        rows = await self._database.read(_LANGUAGE, {"chat": chat})
        return str(rows[0]["language"]) if rows else None

    async def blank(self, *, before: datetime) -> None:
        """Forgets what settled messages said."""
        await self._database.write_rows((_BLANK, [{"before": written(before)}]))


def rows_of(outgoing: Sequence[Outgoing], *, key: str, at: datetime) -> list[dict[str, object]]:
    """Rows for ``ADD``; the n-th message of an update is called ``<key>.<n>``."""
    created_at = written(at)
    leaves = any(message.method == LEAVE for message in outgoing)
    return [
        {
            "key": f"{key}.{n}",
            "chat": message.chat,
            "thread": message.payload.get("message_thread_id"),
            "kind": message.kind.value,
            "method": message.method,
            "payload": json.dumps(message.payload),
            "label": message.label.value,
            "refs": "\n".join(message.refs),
            "not_before": written(at + LEAVING_WAITS) if leaves else None,
            "created_at": created_at,
        }
        for n, message in enumerate(outgoing)
    ]


async def _objection(row: Row, clearances: Clearances, at: datetime, transaction: Transaction) -> str:
    """Why a message must not go out after all, or nothing."""
    if row["suspended"] is not None and row["kind"] != OutgoingKind.ACT:
        return "chat suspended"
    if row["not_before"] is not None and await _stays(row, transaction):
        return "chat admitted"
    if row["kind"] == OutgoingKind.TOAST and read(row["created_at"]) < at - TOAST_LASTS:
        return "too late"
    label = Visibility(row["label"])
    if label is Visibility.PUBLIC or may_read(await clearances.of(row["chat"], transaction), label):
        return ""
    return "not cleared"


async def _stays(row: Row, transaction: Transaction) -> bool:
    """Whether this is part of an answer that leaves a chat, which has been admitted since."""
    answer = str(row["key"]).rpartition(".")[0]
    return bool(await transaction.fetch(_STAYS, {"chat": row["chat"], "answer": answer}))


def _parcel(row: Row) -> Parcel:
    return Parcel(
        id=row["id"],
        chat=row["chat"],
        kind=OutgoingKind(row["kind"]),
        method=row["method"],
        payload=row["payload"],
        attempt=row["attempt"],
        is_repeated=row["state"] == "uncertain",
        label=Visibility(row["label"]),
    )


def _mark(
    message: int, state: str, *, at: datetime, message_id: int | None = None, reason: str = ""
) -> dict[str, object]:
    return {"id": message, "state": state, "message_id": message_id, "reason": reason, "settled_at": written(at)}
