"""From what a call says to the text a message shows: parsed, cleaned, trimmed and measured."""

from bot.playground.entities import Entity, units, with_found
from bot.playground.payloads import Payload
from bot.playground.refusals import bad_request
from bot.playground.telegram_html import parse_html

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_RAW_BYTES = 32_768
MAX_ENTITIES = 100
BLANK = " \t\n\v\f\r\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u2800\u3000"
OPAQUE = frozenset({"code", "pre"})


def read_text(given: Payload, name: str = "text", *, limit: int = MAX_TEXT) -> tuple[str, tuple[Entity, ...]]:
    """Text and entities of a message, or Telegram's refusal; the limit counts code points after parsing."""
    raw = given.text(name)
    if len(raw.encode("utf-8", "surrogatepass")) > MAX_RAW_BYTES:
        raise bad_request("text is too long" if name == "text" else "caption is too long")
    try:
        raw.encode()
    except UnicodeEncodeError:
        raise bad_request("text must be encoded in UTF-8") from None
    text, entities = _parsed(raw, given.text("parse_mode"))
    text, entities = trimmed(cleaned(text), entities)
    if not text and name == "text":
        raise bad_request("message text is empty" if not raw else "text must be non-empty")
    if len(text) > limit:
        raise bad_request("message is too long" if name == "text" else "message caption is too long")
    return text, with_found(text, without_format_in_code(entities))[:MAX_ENTITIES]


def _parsed(raw: str, mode: str) -> tuple[str, tuple[Entity, ...]]:
    if not mode or mode.lower() == "none":
        return raw, ()
    if mode.lower() != "html":  # Telegram knows Markdown too; the bot speaks HTML only, and anything else is a slip
        raise bad_request("unsupported parse_mode")
    return parse_html(raw)


def cleaned(text: str) -> str:
    """Control characters become blanks one for one; Telegram drops carriage returns, which we never send."""
    return "".join(" " if ord(c) < 32 and c != "\n" else c for c in text)


def trimmed(text: str, entities: tuple[Entity, ...]) -> tuple[str, tuple[Entity, ...]]:
    bare = text.lstrip(BLANK)
    cut = units(text[: len(text) - len(bare)])
    bare = bare.rstrip(BLANK)
    end = units(bare)
    moved = (_within(entity, cut, end) for entity in entities)
    return bare, tuple(entity for entity in moved if entity.length > 0)


def _within(entity: Entity, cut: int, end: int) -> Entity:
    begin = max(0, entity.offset - cut)
    stop = min(end, entity.offset + entity.length - cut)
    return Entity(entity.type, begin, stop - begin, entity.url, entity.language, entity.extra)


def without_format_in_code(entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    opaque = [entity for entity in entities if entity.type in OPAQUE]
    return tuple(
        entity
        for entity in entities
        if entity.type in OPAQUE
        or not any(code.offset <= entity.offset < code.offset + code.length for code in opaque)
        or any(_contains(entity, code) for code in opaque)
    )


def _contains(outer: Entity, inner: Entity) -> bool:
    return outer.type in {"blockquote", "expandable_blockquote"} and outer.offset <= inner.offset
