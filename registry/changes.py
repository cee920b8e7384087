"""Changes as values: decided by a handler, written by the register in one transaction."""

from datetime import date, datetime

from registry.deeds import Deed
from registry.drafts import Draft
from registry.prepared import Entry, Prepared
from registry.records import Record
from registry.reminders import Key, Wish
from registry.visibility import Clearance


class SetPersonLanguage(Record):
    person: int
    language: str


class SetChatLanguage(Record):
    chat: int
    language: str


class AdmitChat(Record):
    """Admits a chat, or ends that. The right of ``by`` is read again in the transaction that writes it.

    ``on`` is the city's day.
    """

    chat: int
    title: str
    by: int
    on: date
    at: datetime
    admitted: bool = True


class NoteChat(Record):
    """Notes a chat that is not admitted as told so; it is told once."""

    chat: int
    title: str
    is_channel: bool = False


class KeepData(Record):
    """Keeps what a button says under a short token, where a messenger has no room for it."""

    token: str
    data: str


class Prepare(Record):
    """Keeps what a button will do. Whoever holds the ``token`` holds the button; only its hash is kept."""

    token: str
    what: Prepared


class UseButton(Record):
    """Uses up a button that does nothing further. It is an error if it was used before."""

    token: str
    at: datetime


class Await(Record):
    """Waits for words of a person in a chat, or, without an entry, does so no more."""

    person: int
    chat: int
    entry: Entry | None
    expires_at: datetime


class KeepDraft(Record):
    """Keeps a document that is not applied yet, in place of any other of that person in that chat."""

    draft: Draft


class DropDraft(Record):
    """Forgets a document that is not to be applied."""

    id: str


class Forget(Record):
    """Erases what is stored about a person; ``token`` is the button they pressed for it."""

    person: int
    token: str
    at: datetime
    today: date


class Do(Record):
    """Does a deed. Rights, record and version are checked again in the transaction that writes it.

    ``id`` names the deed, ``token`` is the button pressed for it, ``clearance`` what the person could see here,
    ``record`` and ``version`` what was shown (see registry/identity), ``today`` the city's day, ``message`` what
    brought it.
    """

    id: str
    deed: Deed
    person: int
    chat: int
    clearance: Clearance
    record: str = ""
    version: int
    at: datetime
    today: date
    token: str = ""
    message: int | None = None

    @property
    def shown(self) -> tuple[int, int] | None:
        return (self.chat, self.message) if self.message else None

    @property
    def through(self) -> str:
        """What brought it, for the history: that names no person, and a private chat's number is its person's."""
        if not self.message:
            return ""
        return f"{self.chat} {self.message}" if self.chat < 0 else f"private {self.message}"


class UseInvitation(Record):
    """Gives the one who used a link the role it was made for; the link is used up."""

    code_hash: str
    person: int
    at: datetime
    today: date


class RequestAccess(Record):
    """Notes that a guest asks for access."""

    person: int
    at: datetime


class SuspendClearance(Record):
    """Takes its clearance from a chat, and notes why."""

    chat: int
    reason: str
    at: datetime


class SetReminders(Record):
    """Says what a person wants to be reminded of."""

    person: int
    wish: Wish


class SetChatReminders(Record):
    """Says what a group is reminded of, and in which topic."""

    chat: int
    wish: Wish
    thread: int | None = None


class SetAway(Record):
    """Says when a person is away: from a day until another, or not any more."""

    person: int
    since: date | None = None
    until: date | None = None


class Snooze(Record):
    """Tells a chat of something again on a day and not before; without a day, as if that had not been said."""

    chat: int
    key: Key
    until: date | None


class NoteReminded(Record):
    """Notes what a chat is told on a day: what is due, when, and which stage of it that is."""

    chat: int
    on: date
    told: tuple[tuple[Key, date, int], ...]


Change = (
    SetPersonLanguage
    | SetChatLanguage
    | AdmitChat
    | NoteChat
    | KeepData
    | Prepare
    | UseButton
    | Await
    | KeepDraft
    | DropDraft
    | UseInvitation
    | RequestAccess
    | SuspendClearance
    | Forget
    | SetReminders
    | SetChatReminders
    | SetAway
    | Snooze
    | NoteReminded
    | Do
)
