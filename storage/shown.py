"""What a message in a chat speaks of, as it stands there now."""

import re
from itertools import zip_longest

from storage.rows import Fetch

# Of a line or a text that the clock brought; see storage/bulletins.
_PART = re.compile(r"(?P<bulletin>digest .+?) \d+(?: text \d+)?\.0")


async def refs(fetch: Fetch, chat: int, message: int) -> tuple[str, ...]:
    """The references of the records that a message of ours lists, in its order; an edit is what stands there.

    Where several messages count their items as one, a number in another of them is known as well.
    """
    rows = await fetch(_REFS, {"chat": chat, "message": message})
    if not rows:
        return ()
    listed = str(rows[0]["refs"]).splitlines()
    part = _PART.fullmatch(rows[0]["key"])
    others = await fetch(_PARTS, {"chat": chat, "bulletin": part["bulletin"]}) if part else []
    lists = (listed, *(str(row["refs"] or "").splitlines() for row in others))
    return tuple(next(filter(None, places), "") for places in zip_longest(*lists, fillvalue=""))


async def asks(fetch: Fetch, chat: int, message: int) -> bool:
    """Whether a message of ours asked somebody in a group for words."""
    return bool(await fetch(_ASKS, {"chat": chat, "message": message}))


_ASKS = """
    SELECT 1 FROM outbox
    WHERE chat = :chat AND message_id = :message AND json_extract(payload, '$.reply_markup.force_reply')
"""
_REFS = "SELECT key, refs FROM outbox WHERE chat = :chat AND message_id = :message ORDER BY id DESC LIMIT 1"
_PARTS = """
SELECT (SELECT refs FROM outbox WHERE chat = :chat AND message_id = line.message_id ORDER BY id DESC LIMIT 1) AS refs
FROM bulletin_parts p JOIN outbox line ON line.key = p.bulletin || ' ' || p.part || '.0'
WHERE p.bulletin = :bulletin ORDER BY p.part
"""
