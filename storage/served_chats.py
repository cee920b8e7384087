"""The chats the bot knows: whether they are served, and what may be seen in them."""

import json
from sqlite3 import Row

from registry.administered import ServedChat
from registry.changes import SuspendClearance
from registry.visibility import Clearance
from storage.database import Transaction
from storage.rows import Fetch

PAGE_SIZE = 5

_ONE = "SELECT * FROM chats WHERE id = :chat"
_PAGE = "SELECT * FROM chats WHERE admitted = 1 ORDER BY title, id LIMIT :limit OFFSET :skip"
_COUNT = "SELECT count(*) AS count FROM chats WHERE admitted = 1"
_SAVE = "UPDATE chats SET clearance = :clearance, offices = :offices, suspended = :suspended WHERE id = :id"
_SUSPEND = "UPDATE chats SET clearance = 0, suspended = :reason WHERE id = :chat AND clearance > 0"


def _chat(row: Row) -> ServedChat:
    return ServedChat(
        id=row["id"],
        title=row["title"],
        admitted=bool(row["admitted"]),
        clearance=Clearance(row["clearance"]),
        language=row["language"],
        offices=tuple(json.loads(row["offices"])),
        suspended=row["suspended"],
    )


async def of(fetch: Fetch, chat: int) -> ServedChat:
    rows = await fetch(_ONE, {"chat": chat})
    return _chat(rows[0]) if rows else ServedChat(id=chat)


async def page(fetch: Fetch, number: int) -> tuple[tuple[ServedChat, ...], int]:
    """Some of the chats that are served, by title, and how many there are. The first page is 0."""
    rows = await fetch(_PAGE, {"limit": PAGE_SIZE, "skip": number * PAGE_SIZE})
    return tuple(map(_chat, rows)), int((await fetch(_COUNT, {}))[0]["count"])


async def save(fetch: Fetch, chat: ServedChat) -> None:
    values = {
        "id": chat.id,
        "clearance": int(chat.clearance),
        "offices": json.dumps(chat.offices),
        "suspended": chat.suspended,
    }
    await fetch(_SAVE, values)


async def suspend(transaction: Transaction, change: SuspendClearance) -> None:
    await transaction.fetch(_SUSPEND, {"chat": change.chat, "reason": change.reason})
