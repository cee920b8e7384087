"""Chats that cannot be reached, that came back, or that changed their id."""

import json
from collections.abc import Sequence
from datetime import datetime

from storage.database import Database, Transaction
from storage.instants import written
from storage.outbox import ADD, rows_of
from storage.outgoing import Outgoing

_SUSPEND = """
INSERT INTO suspended_chat (chat, reason, since) VALUES (:chat, :reason, :at) ON CONFLICT (chat) DO NOTHING
RETURNING chat
"""
# Leaving is possible where writing is not.
_PURGE = """
UPDATE outbox SET state = 'cancelled', reason = 'chat suspended', settled_at = :at
WHERE chat = :chat AND kind <> 'act' AND state IN ('new', 'leased', 'uncertain')
RETURNING id
"""
_RESUME = "DELETE FROM suspended_chat WHERE chat = :chat"
_UNSENT = "SELECT id, payload FROM outbox WHERE chat = :old AND state IN ('new', 'leased', 'uncertain')"
_READDRESS = "UPDATE outbox SET chat = :new, payload = :payload WHERE id = :id"
# A chat that changed its id has to be cleared for the non-public anew: its members may have changed with it.
_TAKE_OVER = """
INSERT INTO chats (id, title, admitted, admitted_by, language, offices, suspended)
SELECT :new, title, admitted, admitted_by, language, offices, CASE WHEN clearance > 0 THEN 'moved' ELSE suspended END
FROM chats WHERE id = :old
ON CONFLICT (id) DO UPDATE SET
    admitted = excluded.admitted, admitted_by = excluded.admitted_by, offices = excluded.offices,
    suspended = excluded.suspended, clearance = 0
"""
_LEAVE = "DELETE FROM chats WHERE id = :old"


class Suspensions:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> frozenset[int]:
        return frozenset(row["chat"] for row in await self._database.read("SELECT chat FROM suspended_chat"))

    async def suspend(self, chat: int, reason: str, told: Sequence[Outgoing] = (), *, at: datetime) -> frozenset[int]:
        """Stops sending to a chat and gives what was cancelled with it. ``told`` goes out where that is news.

        A group in which nobody may write is heard of and tried again all day long; it is news once a day.
        """
        values = {"chat": chat, "reason": reason, "at": written(at)}

        async def stop(transaction: Transaction) -> frozenset[int]:
            if await transaction.fetch(_SUSPEND, values):
                await transaction.run_each(ADD, rows_of(told, key=f"gone {chat} {at.date()}", at=at))
            return frozenset(row["id"] for row in await transaction.fetch(_PURGE, values))

        return await self._database.write(stop)

    async def resume(self, chat: int) -> None:
        await self._database.write_rows((_RESUME, [{"chat": chat}]))

    async def move(self, old: int, new: int) -> None:
        """Gives a chat its new id, with its admission and all that waits for it. Telling it twice changes nothing."""
        ids = {"old": old, "new": new}

        async def readdress(transaction: Transaction) -> None:
            unsent = await transaction.fetch(_UNSENT, {"old": old})
            rows = [{"id": row["id"], "new": new, "payload": _to(new, row["payload"])} for row in unsent]
            await transaction.run_each(_READDRESS, rows)
            await transaction.fetch(_TAKE_OVER, ids)
            await transaction.fetch(_LEAVE, {"old": old})
            await transaction.fetch(_RESUME, {"chat": old})

        await self._database.write(readdress)


def _to(chat: int, payload: str) -> str:
    fields = json.loads(payload)
    return json.dumps({**fields, "chat_id": chat} if "chat_id" in fields else fields)
