"""Changes as values: decided by a handler, written by the register in one transaction."""

from registry.records import Record


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


Change = SetPersonLanguage | SetChatLanguage | AdmitChat | NoteChat | KeepData
