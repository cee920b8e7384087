"""Formatted parts of a text; offsets and lengths count UTF-16 units, as Telegram's do."""

import re
from dataclasses import dataclass

from bot.playground.payloads import Json, compact

COMMAND = re.compile(r"(?<![\w/@#<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")
MENTION = re.compile(r"(?<![\w/@])@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w)")
LINK = re.compile(r"https?://[^\s<>]+[^\s<>.,;:!?)\]'\"]")
FOUND = (("bot_command", COMMAND), ("mention", MENTION), ("url", LINK))


@dataclass(frozen=True, slots=True)
class Entity:
    type: str
    offset: int
    length: int
    url: str = ""
    language: str = ""
    extra: str = ""  # custom emoji id, instant of a date or id of a mentioned person

    def json(self) -> dict[str, Json]:
        details = compact({"url": self.url, "language": self.language, **self._extra()})
        return {"type": self.type, "offset": self.offset, "length": self.length, **details}

    def _extra(self) -> dict[str, Json]:
        if self.type == "date_time":
            return {"unix_time": int(self.extra)}
        if self.type == "text_mention":
            return {"user": {"id": int(self.extra), "is_bot": False, "first_name": ""}}
        return {"custom_emoji_id": self.extra}


def units(text: str) -> int:
    """Length in UTF-16 units; an emoji usually is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def part(text: str, entity: Entity) -> str:
    coded = text.encode("utf-16-le", "surrogatepass")
    return coded[entity.offset * 2 : (entity.offset + entity.length) * 2].decode("utf-16-le", "surrogatepass")


def found_in(text: str) -> tuple[Entity, ...]:
    """Commands, mentions and links as Telegram finds them by itself in anybody's text."""
    entities = [
        Entity(kind, units(text[: match.start()]), units(match.group()))
        for kind, pattern in FOUND
        for match in pattern.finditer(text)
    ]
    return tuple(sorted(entities, key=lambda entity: (entity.offset, -entity.length)))


def with_found(text: str, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Adds what Telegram finds by itself outside of code and links."""
    closed = [e for e in entities if e.type in {"code", "pre", "text_link", "text_mention"}]
    extra = [
        new
        for new in found_in(text)
        if not any(new.offset < e.offset + e.length and e.offset < new.offset + new.length for e in closed)
    ]
    return tuple(sorted((*entities, *extra), key=lambda entity: (entity.offset, -entity.length)))
