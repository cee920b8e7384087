"""Persons, chats and readers: who asks, where, and what the two together may see."""

from enum import IntEnum, StrEnum

from registry.records import Record
from registry.visibility import Clearance


class Role(IntEnum):
    """Each role may do what the ones before it may."""

    GUEST = 0
    READER = 1
    EDITOR = 2
    COORDINATOR = 3
    ADMIN = 4


class ChatKind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"
    CHANNEL = "channel"


class Person(Record):
    """Somebody known by their numeric Telegram id alone; ``offices`` are those an editor works for."""

    id: int
    role: Role = Role.GUEST
    offices: tuple[str, ...] = ()
    language: str | None = None


class Chat(Record):
    """A chat; only an admitted group or channel is served. ``clearance`` bounds what anybody may see in it.

    ``is_known`` says that the register has noted the chat, be it that it was told it is not admitted.
    """

    id: int
    kind: ChatKind
    is_known: bool = False
    admitted: bool = False
    clearance: Clearance = Clearance.PUBLIC
    language: str | None = None


class Reader(Record):
    """A person in a chat. Everything read from the register is read as one."""

    person: int
    chat: int
    role: Role
    offices: tuple[str, ...] = ()
    clearance: Clearance = Clearance.PUBLIC


def reader_in(chat: Chat, person: Person, *, non_public: Clearance) -> Reader:
    """The reader a person is in a chat.

    In a private chat an editor or above sees as much of the non-public as the city allows on this messenger;
    members of an admitted group read the public register there whoever they are; elsewhere a guest stays one.
    """
    private = chat.kind is ChatKind.PRIVATE
    cleared = non_public if person.role >= Role.EDITOR else Clearance.PUBLIC
    role = person.role if private or not chat.admitted else max(person.role, Role.READER)
    return Reader(
        person=person.id,
        chat=chat.id,
        role=role,
        offices=person.offices,
        clearance=cleared if private else min(cleared, chat.clearance),
    )
