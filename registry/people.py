"""Persons, chats and readers: who asks, where, and what the two together may see."""

from collections.abc import Iterator
from datetime import date
from enum import IntEnum, StrEnum

from registry.records import Record
from registry.visibility import Clearance

# Telegram's stand-ins for "nobody in particular": service messages, anonymous administrators, "send as channel".
PSEUDO_SENDERS = frozenset({777000, 1087968824, 136817688})
_LARGEST_ID = 2**52  # Telegram's numbers have at most 52 significant bits


def is_person(number: int) -> bool:
    """Whether somebody can have that number; groups have negative ones, and nobody is a stand-in."""
    return 0 < number < _LARGEST_ID and number not in PSEUDO_SENDERS


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


class Staff(Record):
    """What somebody was given: a role until a day, if it ends, and whom they stand in for.

    ``is_set`` is an administrator by the settings, whatever else was given. ``is_last`` is one after whom there would
    be none: for them the day does not count. ``number`` is Telegram's.
    """

    number: int
    pseudonym: str = ""
    role: Role = Role.GUEST
    offices: tuple[str, ...] = ()
    until: date | None = None
    is_set: bool = False
    is_last: bool = False
    stands_in_for: int | None = None
    stands_in_until: date | None = None

    def role_on(self, day: date) -> Role:
        if self.is_set:
            return Role.ADMIN
        return Role.GUEST if self.until is not None and self.until < day and not self.is_last else self.role

    def offices_on(self, day: date, stood_in_for: "Staff | None") -> tuple[str, ...]:
        """Their own offices, and those of whom they stand in for; of no role, none."""
        if self.role_on(day) is Role.GUEST:
            return ()
        return tuple(dict.fromkeys((*self.offices, *self._lent(day, stood_in_for))))

    def acting_role_on(self, day: date, stood_in_for: "Staff | None") -> Role:
        """Who stands in for office staff may do at least as much as they."""
        own = self.role_on(day)
        return max(own, Role.EDITOR) if own and any(self._lent(day, stood_in_for)) else own

    def _lent(self, day: date, stood_in_for: "Staff | None") -> Iterator[str]:
        if stood_in_for is None or self.stands_in_until is None or self.stands_in_until < day:
            return
        if stood_in_for.role_on(day) >= Role.EDITOR:
            yield from stood_in_for.offices


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

    @property
    def reads_notes(self) -> bool:
        """Internal notes are for those who work on records; in a group everybody would read along."""
        return self.role >= Role.EDITOR and self.chat == self.person  # a private chat has the number of its person


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
