"""What a handler is given and what it gives back."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from handlers.intray import Intray
from handlers.members import Members, NoMembers
from handlers.shelf import Shelf
from handlers.understanding.wishes import Wish
from locales.translations import Language
from registry.changes import Change
from registry.offices import OfficeTree
from registry.people import Chat, ChatKind, Person, Reader, Role
from registry.prepared import Entry
from registry.queries import Query, Understanding
from registry.visibility import Clearance
from registry.workdays import Workdays
from storage.register import Register
from views.message import Message
from views.voice import Voice


@dataclass(frozen=True)
class Told:
    """A message to somebody else than who asked, in the chat they have with the bot; or a further one here."""

    chat: int
    message: Message
    thread: int | None = None


@dataclass(frozen=True)
class Answer:
    """What to show: a message (which edits the tapped one after a button press) and a toast for the presser.

    ``changes`` are written in the transaction that records the answer. ``leave`` makes the bot leave the chat
    after answering. ``told`` are messages to others. What stands ``below`` a tapped message leaves it as
    it is. What goes ``ahead`` stands in the place of a tapped message, and the message below it.
    """

    message: Message | None = None
    ahead: Message | None = None
    toast: str = ""
    alert: bool = False
    changes: tuple[Change, ...] = ()
    leave: bool = False
    below: bool = False
    told: tuple[Told, ...] = ()


class Said(NamedTuple):
    """All that the meaning of words depends on besides the register."""

    words: str
    clearance: Clearance
    own_offices: tuple[str, ...]
    today: date


class Wanted(NamedTuple):
    """All that the answer to a question depends on besides the register. Who differs in any of it shares none."""

    query: Query
    clearance: Clearance
    role: Role
    offices: tuple[str, ...]
    language: str
    today: date
    is_private: bool


@dataclass(frozen=True)
class Shelves:
    understood: Shelf[Said, Understanding] = field(default_factory=Shelf)
    wishes: Shelf[tuple[str, date], Wish | None] = field(default_factory=Shelf)
    answers: Shelf[Wanted, Answer] = field(default_factory=Shelf)


@dataclass(frozen=True)
class Request:
    """One thing somebody said or tapped, with everything needed to answer it.

    ``words`` is the text after the command (or the whole text of a free question), ``data`` what a button
    carried that was pressed. ``register`` reads as ``reader``. ``now`` is the city's local time. ``revision`` is
    the register's, read before anything else; where it is not known, nothing is taken from the shelves. ``entry`` is
    what the person is being asked to write here, ``message`` the message they wrote or tapped, ``replied``
    the message of ours it answers and whether that is ``numbered``, ``about`` the person whose message it answers.
    ``non_public`` is what the city shows on this messenger at all.
    """

    reader: Reader
    person: Person
    chat: Chat
    register: Register
    offices: OfficeTree
    say: Language
    now: datetime
    workdays: Workdays = field(default_factory=Workdays)
    words: str = ""
    data: str = ""
    is_press: bool = False
    bot_name: str = ""
    chat_title: str = ""
    revision: int | None = None
    entry: Entry | None = None
    message: int | None = None
    replied: int | None = None
    numbered: bool = False
    about: int | None = None
    intray: Intray | None = None
    members: Members = field(default_factory=NoMembers)
    non_public: Clearance = Clearance.PUBLIC
    thread: int | None = None
    shelves: Shelves = field(default_factory=Shelves)

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def is_private(self) -> bool:
        return self.chat.kind is ChatKind.PRIVATE

    @property
    def voice(self) -> Voice:
        return Voice(self.say, self.offices, self.now, self.workdays, in_group=not self.is_private)

    async def understood(self, words: str, understand: Callable[[], Awaitable[Understanding]]) -> Understanding:
        said = Said(words, self.reader.clearance, self.reader.offices, self.today)
        return await self.shelves.understood.take(said, self.revision, understand)

    async def answered(self, query: Query, compose: Callable[[], Awaitable[Answer]]) -> Answer:
        reader, say = self.reader, self.say
        wanted = Wanted(query, reader.clearance, reader.role, reader.offices, say.code, self.today, self.is_private)
        return await self.shelves.answers.take(wanted, self.revision, compose, may_stay=_is_for_everybody)


def _is_for_everybody(answer: Answer) -> bool:
    """An answer with changes, such as buttons made for one person, is no answer for the next."""
    return not answer.changes


Handler = Callable[[Request], Awaitable[Answer]]
