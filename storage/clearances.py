"""What may be seen in a chat at this moment: the second check, made when a message is about to leave."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from registry.people import Chat, ChatKind, Person, reader_in
from registry.visibility import Clearance
from storage.database import Transaction
from storage.people import role_of

_CHAT = """
    SELECT CASE WHEN cleared_until IS NULL OR cleared_until >= :today THEN clearance ELSE 0 END AS clearance
    FROM chats WHERE id = :chat AND admitted = 1
"""


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True)
class Clearances:
    """``non_public`` is the city's own setting; the rest is read anew each time, in the transaction that asks.

    ``today`` is the city's day: a role may end.
    """

    non_public: Clearance = Clearance.PUBLIC
    today: Callable[[], date] = _today

    async def of(self, chat: int, transaction: Transaction) -> Clearance:
        if chat < 0:
            cleared = await clearance_of_group(transaction, chat, self.today())
            return Clearance.PUBLIC if cleared is None else min(self.non_public, cleared)
        # A private chat has the id of its person.
        person = Person(id=chat, role=await role_of(transaction, chat, self.today()))
        return reader_in(Chat(id=chat, kind=ChatKind.PRIVATE), person, non_public=self.non_public).clearance


async def clearance_of_group(transaction: Transaction, chat: int, today: date) -> Clearance | None:
    """What a group or channel is cleared for on a day; None where it is not served."""
    rows = await transaction.fetch(_CHAT, {"chat": chat, "today": today.isoformat()})
    return Clearance(rows[0]["clearance"]) if rows else None
