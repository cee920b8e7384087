"""Chats that cannot be reached, that came back, or that changed their id."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime

from registry.changes import SuspendClearance
from registry.visibility import Clearance
from storage import arrivals, served_chats
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
# Texts of the clock are bound to messages that stay behind; what is not on its way was taken back.
_UNSENT = f"""
SELECT id, payload FROM outbox WHERE chat = :old AND state IN ('new', 'leased', 'uncertain') AND NOT {arrivals.IS_TEXT}
"""
_READDRESS = "UPDATE outbox SET chat = :new, payload = :payload WHERE id = :id"


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

    async def expose(self, chat: int, told: Callable[[str], Sequence[Outgoing]], *, at: datetime) -> None:
        """Takes its clearance from a chat that has become public; ``told`` gives, for its title, what is said then."""

        async def take(transaction: Transaction) -> None:
            before = await served_chats.of(transaction.fetch, chat)
            if before.clearance is Clearance.PUBLIC:
                return
            await served_chats.suspend(transaction, SuspendClearance(chat=chat, reason="public", at=at))
            key = f"public {chat} {written(at)}"
            await transaction.run_each(ADD, rows_of(told(before.title), key=key, at=at))

        await self._database.write(take)

    async def resume(self, chat: int) -> None:
        await self._database.write_rows((_RESUME, [{"chat": chat}]))

    async def move(
        self, old: int, new: int, told: Callable[[str], Sequence[Outgoing]] = lambda _: (), *, at: datetime
    ) -> None:
        """Gives a chat its new id, with its admission and all that waits for it. Telling it twice changes nothing.

        ``told`` gives, for its title, what is said where it was cleared for more than the public.
        """
        ids = {"old": old, "new": new, "at": written(at)}

        async def readdress(transaction: Transaction) -> None:
            for statement in arrivals.MOVE:
                await transaction.run_each(statement, [ids])
            unsent = await transaction.fetch(_UNSENT, ids)
            rows = [{"id": row["id"], "new": new, "payload": _to(new, row["payload"])} for row in unsent]
            await transaction.run_each(_READDRESS, rows)
            before = await served_chats.of(transaction.fetch, old)
            await served_chats.move(transaction, old, new, at)
            await transaction.fetch(_RESUME, {"chat": old})
            if before.clearance is not Clearance.PUBLIC:
                await transaction.run_each(ADD, rows_of(told(before.title), key=f"moved {old} {new}", at=at))

        await self._database.write(readdress)


def _to(chat: int, payload: str) -> str:
    fields = json.loads(payload)
    return json.dumps({**fields, "chat_id": chat} if "chat_id" in fields else fields)
