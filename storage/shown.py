"""What a message in a chat speaks of, as it stands there now."""

from storage.rows import Fetch


async def refs(fetch: Fetch, chat: int, message: int) -> tuple[str, ...]:
    """The references of the records that a message of ours lists, in its order; an edit is what stands there."""
    rows = await fetch(_REFS, {"chat": chat, "message": message})
    return tuple(str(rows[0]["refs"]).splitlines()) if rows else ()


_REFS = "SELECT refs FROM outbox WHERE chat = :chat AND message_id = :message ORDER BY id DESC LIMIT 1"
