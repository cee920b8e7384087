"""The outside of an update, read without opening it: what it is known by, and whose lane it takes."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from storage.inbox import Letter

# What the bot is sent at all; Telegram keeps the rest to itself.
KINDS = ("message", "edited_message", "channel_post", "callback_query", "my_chat_member", "chat_member")
_NOWHERE = 0
_TOO_LARGE = 2**63


def seal(update: object) -> Letter:
    """Never fails: what cannot be understood is kept as it came, and the worker puts it aside."""
    raw = json.dumps(update)
    fields: Mapping[str, object] = update if isinstance(update, dict) else {}
    update_id = fields.get("update_id")
    kind = next((name for name in fields if name != "update_id"), "")
    content = fields.get(kind)
    return Letter(
        update_id=_whole(update_id),
        fingerprint=_fingerprint(kind, content) or _digest(fields, raw),
        chat=_chat(content),
        raw=raw,
    )


def confirming(updates: Sequence[object]) -> int | None:
    """The offset that confirms these updates: one more than the id of the last that has one."""
    ids = [_whole(update.get("update_id")) for update in updates if isinstance(update, dict)]
    return next((number + 1 for number in reversed(ids) if number is not None), None)


def _fingerprint(kind: str, content: object) -> str:
    """Known by what it is, because Telegram may begin its update ids anew; the date tells equal message ids apart."""
    if not isinstance(content, dict):
        return ""
    if kind == "callback_query" and isinstance(content.get("id"), str):
        return f"{kind} {content['id']}"
    chat, message, sent = _chat(content), _whole(content.get("message_id")), content.get("date")
    if chat == _NOWHERE or message is None:
        return ""
    return f"{kind} {chat} {message} {sent} {content.get('edit_date', 0)}"


def _digest(fields: Mapping[str, object], raw: str) -> str:
    rest = {name: value for name, value in fields.items() if name != "update_id"}
    return hashlib.sha256((json.dumps(rest, sort_keys=True) if rest else raw).encode()).hexdigest()


def _chat(content: object) -> int:
    if not isinstance(content, dict):
        return _NOWHERE
    chat = content.get("chat")
    if isinstance(chat, dict):
        return _whole(chat.get("id")) or _NOWHERE
    message = content.get("message")
    return _chat({"chat": message.get("chat")}) if isinstance(message, dict) else _NOWHERE


def _whole(value: object) -> int | None:
    """The value where it is a number that the database can hold."""
    return value if isinstance(value, int) and abs(value) < _TOO_LARGE else None
