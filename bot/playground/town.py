"""The small world the local Bot API serves: who is there, which chats there are, and what was said in them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.playground.bell import Bell
from bot.playground.chats import Message, Room, RoomKind, Someone, Standing, Topic
from bot.playground.entities import Entity
from bot.playground.keyboards import Keyboard
from bot.playground.payloads import Json, Payload
from bot.playground.refusals import bad_request, forbidden
from bot.playground.updates import UpdateQueue

FIRST_PERSON = 7_000_001
FIRST_GROUP = -4_000_001
FIRST_SUPERGROUP = -1_002_000_000_001
SHARED = 0  # private chats and basic groups count their messages together


@dataclass(frozen=True)
class Press:
    """A tapped button, waiting for its answer."""

    id: str
    person: Someone
    message: Message
    data: str


@dataclass(frozen=True)
class Event:
    """Something the page shows: a message posted, edited or deleted, a toast, a menu, a call."""

    kind: str
    room: int = 0
    message: int = 0
    person: int = 0
    text: str = ""
    alert: bool = False


@dataclass
class Menu:
    scope: str
    language: str
    commands: tuple[tuple[str, str], ...]


@dataclass
class Town:
    bot: Someone
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    people: dict[int, Someone] = field(default_factory=dict)
    rooms: dict[int, Room] = field(default_factory=dict)
    updates: UpdateQueue = field(default_factory=UpdateQueue)
    presses: dict[str, Press] = field(default_factory=dict)
    menus: dict[tuple[str, str], Menu] = field(default_factory=dict)
    profile: dict[tuple[str, str], str] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    bell: Bell = field(default_factory=Bell)
    closed: bool = False
    reads_all_groups: bool = False  # privacy mode is on, as it is by default
    _counts: Counter[int] = field(default_factory=Counter)

    def person(self, first_name: str, *, language: str = "de", username: str = "", number: int = 0) -> Someone:
        someone = Someone(number or FIRST_PERSON + len(self.people), first_name, username, language)
        self.people[someone.id] = someone
        return someone

    def speaks(self, person: Someone, language: str) -> Someone:
        """The same person with another language in their settings."""
        changed = self.people[person.id] = replace(person, language=language)
        return changed

    def private(self, person: Someone) -> Room:
        room = self.rooms.get(person.id)
        return room or self._add(Room(person.id, RoomKind.PRIVATE, person.first_name), person)

    def group(self, title: str, *members: Someone, forum: bool = False, basic: bool = False) -> Room:
        """A supergroup, or a basic group, or one with topics; the first member created it."""
        kind = RoomKind.GROUP if basic else RoomKind.SUPERGROUP
        return self._add(Room(self._free(kind), kind, title, is_forum=forum), *members)

    def channel(self, title: str, owner: Someone) -> Room:
        room = self._add(Room(self._free(RoomKind.CHANNEL), RoomKind.CHANNEL, title), owner)
        room.members[self.bot.id] = Standing.ADMINISTRATOR
        return room

    def topic(self, room: Room, name: str) -> Topic:
        opened = self.post(room, None, service={"forum_topic_created": {"name": name, "icon_color": 7322096}})
        opened.thread = opened.id
        topic = room.topics[opened.id] = Topic(opened.id, name)
        return topic

    def post(
        self,
        room: Room,
        sender: Someone | None,
        text: str = "",
        *,
        entities: tuple[Entity, ...] = (),
        keyboard: Keyboard = (),
        reply_to: Message | None = None,
        thread: int | None = None,
        service: dict[str, Json] | None = None,
    ) -> Message:
        message = Message(
            self._next_message(room), room, self.now(), sender, text, entities, keyboard, reply_to, thread
        )
        message.service = service or {}
        room.messages[message.id] = message
        self.tell(Event("message", room.id, message.id))
        return message

    def tell(self, event: Event) -> None:
        self.events.append(event)
        self.bell.ring()

    def close(self) -> None:
        """Lets everybody go who waits for something to happen."""
        self.closed = True
        self.updates.close()
        self.bell.ring()

    def find_room(self, given: Payload) -> Room:
        """The chat a call speaks of, as far as the bot may write there."""
        if not given.has("chat_id"):
            raise bad_request("chat_id is empty")
        room = self.rooms.get(given.number("chat_id"))
        if room is None:
            raise bad_request("chat not found")
        if room.migrated_to is not None:
            raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=room.migrated_to)
        if room.blocked:
            raise forbidden("bot was blocked by the user")
        if room.members.get(self.bot.id) is Standing.KICKED:
            raise forbidden(f"bot was kicked from the {room.kind} chat")
        if not room.has(self.bot.id):
            raise forbidden(f"bot is not a member of the {room.kind} chat")
        return room

    def _add(self, room: Room, *members: Someone) -> Room:
        room.members = {member.id: Standing.MEMBER for member in members}
        if room.kind is not RoomKind.PRIVATE and members:
            room.members[members[0].id] = Standing.CREATOR
        room.members[self.bot.id] = Standing.MEMBER
        self.rooms[room.id] = room
        self.tell(Event("room", room.id))
        return room

    def _free(self, kind: RoomKind) -> int:
        first = FIRST_GROUP if kind is RoomKind.GROUP else FIRST_SUPERGROUP
        return first - len(self.rooms)

    def _next_message(self, room: Room) -> int:
        count = room.id if room.kind in {RoomKind.SUPERGROUP, RoomKind.CHANNEL} else SHARED
        self._counts[count] += 1
        return self._counts[count]
