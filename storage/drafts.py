"""Documents that were sent in the chat: kept until they are applied, given up, or a day old. Never longer."""

from datetime import datetime

from registry.drafts import Draft
from storage.database import Transaction
from storage.errors import ChangedMeanwhile
from storage.instants import written
from storage.rows import Fetch

_KEEP = """
    INSERT INTO drafts (id, person, chat, draft, expires_at) VALUES (:id, :person, :chat, :draft, :expires_at)
    ON CONFLICT (person, chat) DO UPDATE SET
        id = excluded.id, draft = excluded.draft, expires_at = excluded.expires_at
"""
_OF_PERSON = "SELECT draft FROM drafts WHERE id = :id AND person = :person AND chat = :chat AND expires_at > :at"
_TAKE = "DELETE FROM drafts WHERE id = :id AND person = :person AND chat = :chat RETURNING draft"


async def find(fetch: Fetch, of: str, *, person: int, chat: int, at: datetime) -> Draft | None:
    rows = await fetch(_OF_PERSON, {"id": of, "person": person, "chat": chat, "at": written(at)})
    return _read(rows[0]["draft"]) if rows else None


async def keep(transaction: Transaction, draft: Draft) -> None:
    """One person has one document on the way in a chat: a new one takes the place of the last."""
    values = {"id": draft.id, "person": draft.person, "chat": draft.chat}
    text = draft.model_dump_json(round_trip=True)
    await transaction.fetch(_KEEP, {**values, "draft": text, "expires_at": written(draft.expires_at)})


async def drop(transaction: Transaction, of: str) -> None:
    await transaction.fetch("DELETE FROM drafts WHERE id = :id", {"id": of})


async def take(transaction: Transaction, of: str, *, person: int, chat: int) -> Draft:
    """Uses a document up. Raises ChangedMeanwhile where that was done already."""
    rows = await transaction.fetch(_TAKE, {"id": of, "person": person, "chat": chat})
    draft = _read(rows[0]["draft"]) if rows else None
    if draft is None:
        raise ChangedMeanwhile(of)
    return draft


def _read(text: str) -> Draft | None:
    try:
        return Draft.model_validate_json(text)
    except ValueError:
        return None  # of another version of the program
