"""What a handler is given and what it gives back."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.register import Register

from locales.translations import Language
from registry.changes import Change
from registry.offices import OfficeTree
from registry.people import Chat, Person, Reader
from views.message import Message


@dataclass(frozen=True)
class Request:
    """One thing somebody said or tapped, with everything needed to answer it.

    ``words`` is the text after the command (or the whole text of a free question), ``data`` what a button
    carried. ``register`` reads as ``reader``. ``today`` and ``now`` are the city's local date and time.
    """

    reader: Reader
    person: Person
    chat: Chat
    register: Register
    offices: OfficeTree
    say: Language
    now: datetime
    words: str = ""
    data: str = ""
    bot_name: str = ""
    sender_language: str | None = None
    chat_title: str = ""

    @property
    def today(self) -> date:
        return self.now.date()


@dataclass(frozen=True)
class Answer:
    """What to show: a message (which edits the tapped one after a button press) and a toast for the presser.

    ``changes`` are written in the transaction that records the answer. ``leave`` makes the bot leave the chat after answering.
    """

    message: Message | None = None
    toast: str = ""
    alert: bool = False
    changes: tuple[Change, ...] = ()
    leave: bool = False
