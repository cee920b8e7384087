"""What a handler is given and what it gives back."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from locales.translations import Language
from registry.changes import Change
from registry.offices import OfficeTree
from registry.people import Chat, ChatKind, Person, Reader
from registry.workdays import Workdays
from storage.register import Register
from views.message import Message
from views.voice import Voice


@dataclass(frozen=True)
class Request:
    """One thing somebody said or tapped, with everything needed to answer it.

    ``words`` is the text after the command (or the whole text of a free question), ``data`` what a button
    carried that was pressed. ``register`` reads as ``reader``. ``now`` is the city's local time.
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

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def is_private(self) -> bool:
        return self.chat.kind is ChatKind.PRIVATE

    @property
    def voice(self) -> Voice:
        return Voice(say=self.say, offices=self.offices, now=self.now, workdays=self.workdays)


@dataclass(frozen=True)
class Answer:
    """What to show: a message (which edits the tapped one after a button press) and a toast for the presser.

    ``changes`` are written in the transaction that records the answer. ``leave`` makes the bot leave the chat
    after answering.
    """

    message: Message | None = None
    toast: str = ""
    alert: bool = False
    changes: tuple[Change, ...] = ()
    leave: bool = False


Handler = Callable[[Request], Awaitable[Answer]]
