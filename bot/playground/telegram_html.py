"""Telegram's HTML: what it accepts, what it makes of it, and the words it refuses the rest with."""

import re
from dataclasses import dataclass, field

from bot.playground.entities import Entity
from bot.playground.refusals import Refusal, bad_request

PLAIN_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler",
}  # fmt: skip
TAGS = frozenset({*PLAIN_TAGS, "a", "code", "pre", "blockquote", "tg-emoji", "tg-time"})
ARGUMENTS = {  # the one attribute of a tag that counts, and what its value has to begin with
    "a": ("href", ""),
    "code": ("class", "language-"),
    "span": ("class", "tg-"),
    "tg-emoji": ("emoji-id", ""),
    "tg-time": ("unix", ""),
    "blockquote": ("expandable", ""),
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
SPACE = " \t\r\n\0\v"
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
TAG_NAME = re.compile(rf"[^{SPACE}>]*")
ATTRIBUTE_NAME = re.compile(rf"[^{SPACE}=>/\"']*")
TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
BLANKS = re.compile(rf"[{SPACE}]*")
MAX_REFERENCE = 10  # a numeric reference longer than this is left as typed
PERSON = re.compile(r"tg://user\?id=([1-9]\d*)")
WEB = re.compile(
    r"(?P<scheme>https?://|ftp://)?(?P<user>[^/?#@\s]*@)?(?P<host>[^\s<>\"/?#:@]+)(?P<port>:\d+)?(?P<path>(?:[/?#].*)?)",
    re.IGNORECASE,
)
# Which of two entities over the same text comes first.
PRIORITIES = {
    "blockquote": 0, "expandable_blockquote": 0, "pre": 10, "code": 20, "date_time": 48, "text_link": 49,
    "text_mention": 49, "bold": 90, "italic": 91, "underline": 92, "strikethrough": 93, "spoiler": 94,
    "custom_emoji": 99,
}  # fmt: skip


@dataclass
class OpenTag:
    name: str
    offset: int
    text_begins: int
    argument: str = ""


@dataclass
class Parser:
    source: str
    at: int = 0
    out: list[str] = field(default_factory=list)
    offset: int = 0  # in UTF-16 units
    open: list[OpenTag] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def parse(self) -> tuple[str, tuple[Entity, ...]]:
        while self.at < len(self.source):
            if self.source[self.at] == "<":
                self._tag()
            elif not self._reference():
                self._emit(self.source[self.at])
                self.at += 1
        if self.open:
            raise refused(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return "".join(self.out), tuple(sorted(self.entities, key=_order))

    def _emit(self, character: str) -> None:
        self.out.append(character)
        self.offset += 2 if ord(character) > 0xFFFF else 1

    def _reference(self) -> bool:
        match = REFERENCE.match(self.source, self.at)
        character = match and _referred(match)
        if not match or not character:
            return False
        self._emit(character)
        self.at = match.end()
        return True

    def _tag(self) -> None:
        begin = self.at
        self.at += 1
        if self._now() == "/":
            self._close(begin)
        else:
            self._open(begin)

    def _open(self, begin: int) -> None:
        name = self._take(TAG_NAME).lower()
        if not self._now():
            raise refused(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        if name not in TAGS:
            raise refused(f'Unsupported start tag "{name}" at byte offset {self._bytes(begin)}')
        tag = OpenTag(name, self.offset, len(self.out))
        while self._attribute(tag, begin):
            pass
        self.at += 1
        if name == "span" and tag.argument != "spoiler":
            raise refused(f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}')
        self.open.append(tag)

    def _attribute(self, tag: OpenTag, begin: int) -> bool:
        """Reads one attribute; False at the end of the tag."""
        self._take(BLANKS)
        if self._now() == ">":
            return False
        name = self._take(ATTRIBUTE_NAME)
        if not name:
            raise refused(f'Empty attribute name in the tag "{tag.name}" at byte offset {self._bytes(begin)}')
        self._take(BLANKS)
        value = ""
        if self._now() == "=":
            self.at += 1
            self._take(BLANKS)
            value = self._value(begin)
        if not self._now():
            raise refused(f'Unclosed start tag "{tag.name}" at byte offset {self._bytes(begin)}')
        wanted, prefix = ARGUMENTS.get(tag.name, ("", ""))
        if name.lower() == wanted and value.startswith(prefix):
            tag.argument = value.removeprefix(prefix) or ("1" if tag.name == "blockquote" else "")
        return True

    def _value(self, begin: int) -> str:
        quote = self._now()
        if not quote:
            raise refused(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        if quote not in "'\"":
            started = self.at
            token = self._take(TOKEN).lower()
            if self._now() not in (*SPACE, ">"):
                raise refused(f"Unexpected end of name token at byte offset {self._bytes(started)}")
            return token
        end = self.source.find(quote, self.at + 1)
        if end < 0:
            raise refused(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        raw = self.source[self.at + 1 : end]
        self.at = end + 1
        return REFERENCE.sub(lambda match: _referred(match) or match.group(), raw)

    def _close(self, begin: int) -> None:
        if not self.open:
            raise refused(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        self.at += 1
        name = self._take(TAG_NAME).lower()
        self._take(BLANKS)
        if self._now() != ">":
            raise refused(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        self.at += 1
        tag = self.open.pop()
        if name and name != tag.name:
            expected = f'expected "</{tag.name}>", found "</{name}>"'
            raise refused(f"Unmatched end tag at byte offset {self._bytes(begin)}, {expected}")
        if self.offset > tag.offset:
            self._add(tag)

    def _add(self, tag: OpenTag) -> None:
        length = self.offset - tag.offset
        covered = "".join(self.out[tag.text_begins :])
        entity = _entity(tag, length, covered)
        last = self.entities[-1] if self.entities else None
        nested = last and entity and {last.type, entity.type} == {"code", "pre"}
        if last and entity and nested and (last.offset, last.length) == (entity.offset, length):
            language = last.language or entity.language
            if language:
                self.entities[-1] = Entity("pre", entity.offset, length, language=language)
                return
        if entity:
            self.entities.append(entity)

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.source, self.at)
        taken = match.group() if match else ""
        self.at += len(taken)
        return taken

    def _now(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else ""

    def _bytes(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))


def parse_html(source: str) -> tuple[str, tuple[Entity, ...]]:
    """The text without its tags, and the entities, as TDLib's ``parseTextEntities`` gives them."""
    text, entities = Parser(source).parse()
    plain = tuple(
        Entity(e.type, e.offset, e.length, e.url, "" if e.type == "code" else e.language, e.extra) for e in entities
    )
    return text, plain


def refused(reason: str) -> Refusal:
    return bad_request(f"can't parse entities: {reason}")


def _referred(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return NAMED.get(name, "")
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    too_long = len(match.group().rstrip(";")) >= MAX_REFERENCE
    return chr(number) if 0 < number < 0x10FFFF and not too_long else ""


def _entity(tag: OpenTag, length: int, covered: str) -> Entity | None:
    if tag.name in PLAIN_TAGS:
        return Entity(PLAIN_TAGS[tag.name], tag.offset, length)
    if tag.name == "a":
        return _link(tag, length, tag.argument or covered)
    if tag.name == "blockquote":
        return Entity("expandable_blockquote" if tag.argument else "blockquote", tag.offset, length)
    if tag.name == "tg-emoji":
        if not tag.argument.isdecimal() or int(tag.argument) == 0:
            raise refused("Invalid custom emoji identifier specified")
        return Entity("custom_emoji", tag.offset, length, extra=tag.argument)
    if tag.name == "tg-time":
        return Entity("date_time", tag.offset, length, extra=tag.argument) if tag.argument.isdecimal() else None
    return Entity(tag.name, tag.offset, length, language=tag.argument)


def _link(tag: OpenTag, length: int, url: str) -> Entity | None:
    """A link; one to a host without a dot is dropped without a word."""
    person = PERSON.fullmatch(url)
    if person:
        return Entity("text_mention", tag.offset, length, extra=person.group(1))
    if url.lower().startswith("tg://"):
        return Entity("text_link", tag.offset, length, url=url)
    match = WEB.fullmatch(url.strip(" "))
    if match is None or "." not in match["host"].strip("."):
        return None
    full = f"{(match['scheme'] or 'http://').lower()}{match['user'] or ''}{match['host'].lower()}{match['port'] or ''}"
    return Entity("text_link", tag.offset, length, url=full + _path(match["path"]))


def _path(path: str) -> str:
    return path if path.startswith("/") else f"/{path}"


def _order(entity: Entity) -> tuple[int, int, int]:
    return entity.offset, -entity.length, PRIORITIES[entity.type]
