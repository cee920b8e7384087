"""Documents that were sent in the chat and are not applied yet."""

import hashlib
from datetime import datetime, timedelta

from registry.reading import Reading
from registry.records import Record

DRAFT_LASTS = timedelta(days=1)
LONGEST_TEXT = 1_000_000  # characters of a text that is sent in parts


class Field(Record):
    """One field of one record."""

    ref: str
    name: str


class Draft(Record):
    """A document of one person in one chat: the text as far as it was sent, then what was read of it.

    ``follows`` are the fields that are to say what the document says although they were changed here, ``stays``
    those that are not. ``has_head`` says that the first part was asked for piece by piece. ``shown`` is the
    fingerprint of what the person was last told it would do.
    """

    id: str
    person: int
    chat: int
    source: str = ""
    parts: tuple[str, ...] = ()
    has_head: bool = False
    reading: Reading | None = None
    public: bool = False
    follows: tuple[Field, ...] = ()
    stays: tuple[Field, ...] = ()
    shown: str = ""
    expires_at: datetime

    @property
    def characters(self) -> int:
        return sum(map(len, self.parts))

    @property
    def sent(self) -> tuple[str, ...]:
        """The parts that came as messages."""
        return self.parts[1:] if self.has_head else self.parts

    def with_part(self, text: str) -> "Draft":
        return self.model_copy(update={"parts": (*self.parts, text)})

    def decided(self, field: Field, *, follows: bool) -> "Draft":
        """With one conflict decided, maybe otherwise than before."""
        follow = tuple(one for one in self.follows if one != field)
        stay = tuple(one for one in self.stays if one != field)
        update = {"follows": (*follow, field) if follows else follow, "stays": stay if follows else (*stay, field)}
        return self.model_copy(update=update)


_FULL_PART = 4096  # Telegram cuts longer texts there, between lines if it can


def joined(parts: tuple[str, ...]) -> str:
    """The text that a messenger cut into messages. It drops the line break at which it cuts; a message that is full
    was cut within a line."""
    glued = (part if len(part) >= _FULL_PART else f"{part}\n" for part in parts)
    return "".join(glued).removesuffix("\n")


PASTED = "text-"  # how a text without a file is called, before its fingerprint


def source_of(text: str) -> str:
    """What a text without a file is called: the same for the same words however they were cut, so that a list without
    a head of its own is known again."""
    return f"{PASTED}{hashlib.sha256(''.join(text.split()).encode()).hexdigest()[:8]}"
