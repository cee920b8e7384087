"""Changes as values: decided by a handler, written by the register in one transaction."""

from datetime import date, datetime

from registry.deeds import Deed
from registry.prepared import Entry, Prepared
from registry.records import Record
from registry.visibility import Clearance


class SetPersonLanguage(Record):
    person: int
    language: str


class SetChatLanguage(Record):
    chat: int
    language: str


class AdmitChat(Record):
    """Admits a chat, or ends that. The right of ``by`` is read again in the transaction that writes it."""

    chat: int
    title: str
    by: int
    admitted: bool = True


class NoteChat(Record):
    """Notes a chat that is not admitted as told so; it is told once."""

    chat: int
    title: str


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


class Do(Record):
    """Does a deed. Rights, record and version are checked again in the transaction that writes it.

    ``id`` names the deed, ``token`` is the button pressed for it, ``clearance`` what the person could see here,
    ``version`` what the record was when it was shown, ``today`` the city's day, ``message`` what brought it.
    """

    id: str
    deed: Deed
    person: int
    chat: int
    clearance: Clearance
    version: int
    at: datetime
    today: date
    token: str = ""
    message: int | None = None


Change = SetPersonLanguage | SetChatLanguage | AdmitChat | NoteChat | KeepData | Prepare | UseButton | Await | Do
