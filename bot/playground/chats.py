"""People, chats and messages of the playground's small world."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.playground.entities import Entity
from bot.playground.keyboards import ForceReply, Keyboard, ReplyKeys, keyboard_json
from bot.playground.payloads import Json, compact


class RoomKind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


class Standing(StrEnum):
    """How a member stands in a chat."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    LEFT = "left"
    KICKED = "kicked"


PRESENT = frozenset({Standing.CREATOR, Standing.ADMINISTRATOR, Standing.MEMBER})


@dataclass(frozen=True)
class Someone:
    id: int
    first_name: str
    username: str = ""
    language: str = ""
    is_bot: bool = False

    def json(self) -> dict[str, Json]:
        details = compact({"username": self.username, "language_code": self.language})
        return {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name, **details}


@dataclass(frozen=True)
class Document:
    file_id: str
    name: str
    mime_type: str
    content: bytes = field(repr=False)

    def json(self) -> dict[str, Json]:
        return {
            "file_id": self.file_id,
            "file_unique_id": self.file_id[-16:],
            "file_name": self.name,
            "mime_type": self.mime_type,
            "file_size": len(self.content),
        }


@dataclass
class Message:
    id: int
    room: "Room" = field(repr=False)
    sent_at: datetime
    sender: Someone | None
    text: str = ""
    entities: tuple[Entity, ...] = ()
    keyboard: Keyboard = ()
    reply_to: "Message | None" = None
    thread: int | None = None
    document: Document | None = None
    service: dict[str, Json] = field(default_factory=dict)
    edited_at: datetime | None = None
    silent: bool = False
    prompt: ForceReply | None = None
    keys: ReplyKeys = ()
    picked: int = 0  # the person that a service message says was picked
    reactions: dict[int, str] = field(default_factory=dict)

    @property
    def asked(self) -> tuple[int, ...]:
        """The persons whose messenger opens a reply to this."""
        if self.prompt is None:
            return ()
        if not self.prompt.selective:
            return tuple(person for person in self.room.members if self.room.has(person))
        return (self.reply_to.sender.id,) if self.reply_to and self.reply_to.sender else ()

    @property
    def buttons(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(button.text for button in row) for row in self.keyboard)

    def json(self, *, with_reply: bool = True) -> dict[str, Json]:
        """The message as the Bot API shows it; one it replies to comes without its own reply."""
        replied = self.reply_to.json(with_reply=False) if self.reply_to and with_reply else None
        details = compact(
            {
                **self._from(),
                **self._content(),
                "reply_markup": keyboard_json(self.keyboard),
                "reply_to_message": replied,
                "message_thread_id": self.thread,
                "is_topic_message": self.thread is not None and self.room.is_forum,
                "edit_date": int(self.edited_at.timestamp()) if self.edited_at else None,
            }
        )
        sent = int(self.sent_at.timestamp())
        return {"message_id": self.id, "date": sent, "chat": self.room.json(), **details, **self.service}

    def _from(self) -> dict[str, Json]:
        if self.room.kind is RoomKind.CHANNEL:
            return {"sender_chat": self.room.json()}
        return {"from": self.sender.json()} if self.sender else {}

    def _content(self) -> dict[str, Json]:
        entities: list[Json] = [entity.json() for entity in self.entities]
        if self.document is None:
            return {"text": self.text, "entities": entities}
        return {"document": self.document.json(), "caption": self.text, "caption_entities": entities}


@dataclass
class Topic:
    id: int
    name: str
    closed: bool = False


@dataclass
class Room:
    """A chat. ``members`` says how each one stands in it, the bot included."""

    id: int
    kind: RoomKind
    title: str
    members: dict[int, Standing] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict, repr=False)
    is_forum: bool = False
    blocked: bool = False
    migrated_to: int | None = None
    pinned: list[int] = field(default_factory=list)  # the newest last
    username: str = ""  # of a group that everybody can read

    def json(self) -> dict[str, Json]:
        name = "first_name" if self.kind is RoomKind.PRIVATE else "title"
        more = compact({"is_forum": self.is_forum, "username": self.username})
        return {"id": self.id, "type": self.kind.value, name: self.title} | more

    def has(self, member: int) -> bool:
        return self.members.get(member, Standing.LEFT) in PRESENT

    @property
    def last(self) -> Message:
        return self.messages[max(self.messages)]
