"""The chats the bot knows: whether they are served, and what may be seen in them. Each change leaves its history."""

import json
from datetime import date, datetime
from sqlite3 import Row

from registry.administered import ServedChat
from registry.changes import AdmitChat, SuspendClearance
from registry.people import Role
from registry.visibility import Clearance
from storage import people_history, reminded
from storage.database import Transaction
from storage.errors import NotAllowed
from storage.people import actor
from storage.rows import Fetch, Values

PAGE_SIZE = 5

_ONE = "SELECT * FROM chats WHERE id = :chat"
_PAGE = "SELECT * FROM chats WHERE admitted = 1 ORDER BY title, id LIMIT :limit OFFSET :skip"
_CHANNELS = "SELECT * FROM chats WHERE admitted = 1 AND is_channel = 1 ORDER BY title, id"
_COUNT = "SELECT count(*) AS count FROM chats WHERE admitted = 1"
_SAVE = """
    UPDATE chats SET clearance = :clearance, cleared_until = :cleared_until, offices = :offices, suspended = :suspended
    WHERE id = :id
"""
# Who ends an admission ends what the chat might see with it.
_ADMISSION = """
    INSERT INTO chats (id, title, admitted, admitted_by) VALUES (:chat, :title, :admitted, :by)
    ON CONFLICT (id) DO UPDATE SET
        title = excluded.title, admitted = excluded.admitted, admitted_by = excluded.admitted_by,
        clearance = CASE WHEN excluded.admitted = 1 THEN clearance ELSE 0 END,
        cleared_until = CASE WHEN excluded.admitted = 1 THEN cleared_until END
"""
_SUSPEND = (
    "UPDATE chats SET clearance = 0, cleared_until = NULL, suspended = :reason WHERE id = :chat AND clearance > 0"
)

_TAKE_OVER = """
INSERT INTO chats (id, title, admitted, admitted_by, language, offices, reminders, suspended)
SELECT :new, title, admitted, admitted_by, language, offices, reminders,
       CASE WHEN clearance > 0 THEN 'moved' ELSE suspended END
FROM chats WHERE id = :old
ON CONFLICT (id) DO UPDATE SET
    admitted = excluded.admitted, admitted_by = excluded.admitted_by, offices = excluded.offices,
    reminders = excluded.reminders, suspended = excluded.suspended, clearance = 0, cleared_until = NULL
WHERE excluded.admitted = 1  -- what was asked before the move and is answered after it knows of no admission
RETURNING id
"""
_LEAVE = "DELETE FROM chats WHERE id = :old"


def _chat(row: Row) -> ServedChat:
    return ServedChat(
        id=row["id"],
        title=row["title"],
        admitted=bool(row["admitted"]),
        clearance=Clearance(row["clearance"]),
        cleared_until=date.fromisoformat(row["cleared_until"]) if row["cleared_until"] else None,
        language=row["language"],
        offices=tuple(json.loads(row["offices"])),
        suspended=row["suspended"],
        is_channel=bool(row["is_channel"]),
    )


async def of(fetch: Fetch, chat: int) -> ServedChat:
    rows = await fetch(_ONE, {"chat": chat})
    return _chat(rows[0]) if rows else ServedChat(id=chat)


async def page(fetch: Fetch, number: int) -> tuple[tuple[ServedChat, ...], int]:
    """Some of the chats that are served, by title, and how many there are. The first page is 0."""
    rows = await fetch(_PAGE, {"limit": PAGE_SIZE, "skip": number * PAGE_SIZE})
    return tuple(map(_chat, rows)), int((await fetch(_COUNT, {}))[0]["count"])


async def channels(fetch: Fetch) -> tuple[ServedChat, ...]:
    """The channels that are served."""
    return tuple(map(_chat, await fetch(_CHANNELS, {})))


async def save(fetch: Fetch, chat: ServedChat) -> None:
    values: Values = {
        "id": chat.id,
        "clearance": int(chat.clearance),
        "cleared_until": chat.cleared_until.isoformat() if chat.cleared_until else None,
        "offices": json.dumps(chat.offices),
        "suspended": chat.suspended,
    }
    await fetch(_SAVE, values)


async def admit(transaction: Transaction, change: AdmitChat) -> None:
    """Raises NotAllowed for who is no administrator (any more)."""
    by = await actor(transaction, change.by, change.on)
    if by.role < Role.ADMIN:
        raise NotAllowed(change.by)
    before = await of(transaction.fetch, change.chat)
    await transaction.fetch(_ADMISSION, {**change.model_dump(exclude={"on", "at"}), "admitted": int(change.admitted)})
    name = "admit_chat" if change.admitted else "dismiss_chat"
    await _note(transaction, name, before, by=by.pseudonym, at=change.at)


async def suspend(transaction: Transaction, change: SuspendClearance) -> None:
    """What the bot does by itself, for the chat has changed."""
    before = await of(transaction.fetch, change.chat)
    await transaction.fetch(_SUSPEND, {"chat": change.chat, "reason": change.reason})
    await _note(transaction, "suspend_clearance", before, by=people_history.BOT, at=change.at)


async def _note(transaction: Transaction, name: str, before: ServedChat, *, by: str, at: datetime) -> None:
    """Nothing where nothing changed: a group is admitted again at every press of an old button."""
    after = await of(transaction.fetch, before.id)
    if after != before:
        told = people_history.Told(name, str(before.id), before, after)
        await people_history.append(transaction, told, by=by, at=at)


async def move(transaction: Transaction, old: int, new: int, at: datetime) -> None:
    """Gives a chat its new id; what it was cleared for, it is no longer, for its members may have changed with it."""
    before = await of(transaction.fetch, old)
    ids: dict[str, object] = {"old": old, "new": new}
    moved = await transaction.fetch(_TAKE_OVER, ids)
    await transaction.fetch(_LEAVE, ids)
    await reminded.move(transaction.fetch, old, new)
    if moved:
        told = people_history.Told("move_chat", f"{old} {new}", before, await of(transaction.fetch, new))
        await people_history.append(transaction, told, by=people_history.BOT, at=at)
