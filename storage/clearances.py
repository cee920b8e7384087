"""What may be seen in a chat at this moment: the second check, made when a message is about to leave."""

from dataclasses import dataclass

from registry.people import Chat, ChatKind, Person, reader_in
from registry.visibility import Clearance
from storage.database import Transaction
from storage.people import role_of

_CHAT = "SELECT clearance FROM chats WHERE id = :chat AND admitted = 1"


@dataclass(frozen=True)
class Clearances:
    """``non_public`` is the city's own setting; the rest is read anew each time, in the transaction that asks."""

    non_public: Clearance = Clearance.PUBLIC

    async def of(self, chat: int, transaction: Transaction) -> Clearance:
        if chat < 0:
            rows = await transaction.fetch(_CHAT, {"chat": chat})
            return min(self.non_public, Clearance(rows[0]["clearance"])) if rows else Clearance.PUBLIC
        # A private chat has the id of its person.
        person = Person(id=chat, role=await role_of(transaction, chat))
        return reader_in(Chat(id=chat, kind=ChatKind.PRIVATE), person, non_public=self.non_public).clearance
