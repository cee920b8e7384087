"""Who asks, and where: persons by their numeric id alone, and chats."""

import json
from collections.abc import Collection
from typing import NamedTuple

from registry.people import Chat, ChatKind, Person, Role
from registry.visibility import Clearance
from storage.database import Database, Transaction
from storage.rows import to_json


class Asking(NamedTuple):
    """Who asks where, and as of which revision of the register."""

    person: Person
    chat: Chat
    revision: int


class People:
    """Persons and what they may do."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def asking(self, person: int, chat: int, chat_kind: ChatKind) -> Asking:
        """The person and the chat as they are now; unknown ones as the guests they are."""
        row = (await self._database.read(_ASKING, {"person": person, "chat": chat}))[0]
        return Asking(
            Person(
                id=person,
                role=Role.ADMIN if row["is_set"] else Role(row["role"] or 0),
                offices=tuple(json.loads(row["offices"] or "[]")),
                language=row["person_language"],
            ),
            Chat(
                id=chat,
                kind=chat_kind,
                is_known=bool(row["is_known"]),
                admitted=bool(row["admitted"]),
                clearance=Clearance(row["clearance"] or 0),
                language=row["chat_language"],
            ),
            row["revision"],
        )

    async def set_role(self, person: int, role: Role, offices: tuple[str, ...] = ()) -> None:
        values = {"id": person, "role": int(role), "offices": to_json(offices)}
        await self._database.write_rows((_SET_ROLE, [values]))

    async def set_admins(self, admins: Collection[int]) -> None:
        """Makes exactly these the admins by the settings, so that a change can check them in its transaction."""
        await self._database.write_rows(
            ("UPDATE people SET is_set = 0 WHERE is_set = 1", [{}]),
            (_SET_ADMIN, [{"id": admin} for admin in admins]),
        )


async def role_of(transaction: Transaction, person: int) -> Role:
    """What a person may do as of this transaction."""
    rows = await transaction.fetch("SELECT role, is_set FROM people WHERE id = :id", {"id": person})
    if not rows:
        return Role.GUEST
    return Role.ADMIN if rows[0]["is_set"] else Role(rows[0]["role"])


_ASKING = """
    SELECT p.role, p.is_set, p.offices, p.language AS person_language,
           c.id IS NOT NULL AS is_known, c.admitted, c.clearance, c.language AS chat_language,
           (SELECT revision FROM meta) AS revision
    FROM (SELECT :person AS person, :chat AS chat) a
    LEFT JOIN people p ON p.id = a.person
    LEFT JOIN chats c ON c.id = a.chat
"""
_SET_ROLE = """
    INSERT INTO people (id, role, offices) VALUES (:id, :role, :offices)
    ON CONFLICT (id) DO UPDATE SET role = excluded.role, offices = excluded.offices
"""
_SET_ADMIN = "INSERT INTO people (id, is_set) VALUES (:id, 1) ON CONFLICT (id) DO UPDATE SET is_set = 1"
