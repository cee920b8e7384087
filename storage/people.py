"""Who asks, and where: persons by their numeric id alone, and chats."""

import json
from collections.abc import Collection, Iterable
from datetime import date, datetime
from sqlite3 import Row
from typing import NamedTuple

from registry.people import Chat, ChatKind, Person, Role
from registry.prepared import Entry
from registry.visibility import Clearance
from storage import people_history
from storage.database import Database, Transaction
from storage.errors import NotAllowed
from storage.instants import written
from storage.prepared import entry
from storage.rows import to_json
from storage.staff import GIVEN, STANDING_IN, given, in_force, of


class Asking(NamedTuple):
    """Who asks where, as of which revision of the register, and what they are being asked to write there."""

    person: Person
    chat: Chat
    revision: int
    entry: Entry | None = None


class People:
    """Persons and what they may do."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def asking(self, person: int, chat: int, chat_kind: ChatKind, at: datetime) -> Asking:
        """The person and the chat as they are on the day of ``at``; unknown ones as the guests they are."""
        values = {"person": person, "chat": chat, "at": written(at), "today": at.date().isoformat()}
        row = (await self._database.read(_ASKING, values))[0]
        role, offices = in_force(row, at.date())
        return Asking(
            Person(
                id=person,
                role=role,
                offices=offices,
                language=row["person_language"],
            ),
            _chat(row, chat, chat_kind),
            row["revision"],
            entry(row["entry_deed"], row["entry_field"]),
        )

    async def places(self, chats: Iterable[int], at: datetime) -> dict[int, tuple[Chat, int]]:
        """Groups and channels by themselves, as they are on the day of ``at``, and the revision of the register."""
        values = {"chats": json.dumps(list(chats)), "today": at.date().isoformat()}
        rows = await self._database.read(_PLACES, values)
        return {row["chat"]: (_chat(row, row["chat"], ChatKind.GROUP), row["revision"]) for row in rows}

    async def set_role(self, person: int, role: Role, offices: tuple[str, ...] = ()) -> None:
        values = {"id": person, "role": int(role), "offices": to_json(offices)}
        await self._database.write_rows((_SET_ROLE, [values]))

    async def set_admins(self, admins: Collection[int], at: datetime) -> None:
        """Makes exactly these the admins by the settings, so that a change can check them in its transaction."""

        async def work(transaction: Transaction) -> None:
            fetch = transaction.fetch
            were = {row["id"] for row in await fetch("SELECT id FROM people WHERE is_set = 1", {})}
            for person in sorted(were ^ set(admins)):
                before = await of(fetch, person)
                await fetch(_SET_ADMIN if person in admins else _UNSET_ADMIN, {"id": person})
                after = await of(fetch, person)
                told = people_history.Told("set_by_settings", after.pseudonym, before, after)
                await people_history.append(transaction, told, by=people_history.OPERATOR, at=at)

        await self._database.write(work)


class Actor(NamedTuple):
    """Who does something, as of the transaction that does it."""

    role: Role
    offices: tuple[str, ...]
    pseudonym: str


async def actor(transaction: Transaction, person: int, today: date) -> Actor:
    """Raises NotAllowed for somebody nobody has given a role."""
    row = await given(transaction.fetch, person)
    if row is None:
        raise NotAllowed(person)
    role, offices = in_force(row, today)
    return Actor(role, offices, row["pseudonym"])


async def role_of(transaction: Transaction, person: int, today: date) -> Role:
    """What a person may do on a day, as of this transaction."""
    row = await given(transaction.fetch, person)
    return in_force(row, today)[0] if row else Role.GUEST


def _chat(row: Row, number: int, kind: ChatKind) -> Chat:
    return Chat(
        id=number,
        kind=kind,
        is_known=bool(row["is_known"]),
        admitted=bool(row["admitted"]),
        clearance=Clearance(row["clearance"] or 0),
        language=row["chat_language"],
    )


_CHAT = """
    c.id IS NOT NULL AS is_known, c.admitted,
    CASE WHEN c.cleared_until IS NULL OR c.cleared_until >= :today THEN c.clearance ELSE 0 END AS clearance,
    c.language AS chat_language, (SELECT revision FROM meta) AS revision
"""
_PLACES = f"SELECT a.value AS chat, {_CHAT} FROM json_each(:chats) a LEFT JOIN chats c ON c.id = a.value"
_ASKING = f"""
    SELECT {GIVEN}, p.language AS person_language, {_CHAT}, e.deed AS entry_deed, e.field AS entry_field
    FROM (SELECT :person AS person, :chat AS chat) a
    LEFT JOIN people p ON p.id = a.person
    {STANDING_IN}
    LEFT JOIN chats c ON c.id = a.chat
    LEFT JOIN entries e ON e.person = a.person AND e.chat = a.chat AND e.expires_at > :at
"""
_SET_ROLE = """
    INSERT INTO people (id, role, offices) VALUES (:id, :role, :offices)
    ON CONFLICT (id) DO UPDATE SET role = excluded.role, offices = excluded.offices
"""
_SET_ADMIN = "INSERT INTO people (id, is_set) VALUES (:id, 1) ON CONFLICT (id) DO UPDATE SET is_set = 1"
_UNSET_ADMIN = "UPDATE people SET is_set = 0 WHERE id = :id"
