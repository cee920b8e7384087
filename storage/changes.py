"""Writes changes decided elsewhere; rights are read again in the transaction that writes them."""

from registry.changes import (
    AdmitChat,
    Await,
    Change,
    Do,
    DropDraft,
    Forget,
    KeepData,
    KeepDraft,
    NoteChat,
    NoteReminded,
    Prepare,
    RequestAccess,
    SetAway,
    SetChatLanguage,
    SetChatReminders,
    SetPersonLanguage,
    SetReminders,
    Snooze,
    SuspendClearance,
    UseButton,
    UseInvitation,
)
from storage import doing, drafts, invitations, prepared, privacy, reminded, served_chats
from storage.database import Transaction

_PERSON_LANGUAGE = """
    INSERT INTO people (id, language) VALUES (:person, :language)
    ON CONFLICT (id) DO UPDATE SET language = excluded.language
"""
_CHAT_LANGUAGE = """
    INSERT INTO chats (id, language) VALUES (:chat, :language)
    ON CONFLICT (id) DO UPDATE SET language = excluded.language
"""
_NOTED = """
    INSERT INTO chats (id, title, is_channel) VALUES (:chat, :title, :is_channel) ON CONFLICT (id) DO NOTHING
"""
_KEPT = "INSERT INTO kept (token, data) VALUES (:token, :data) ON CONFLICT (token) DO NOTHING"


async def write_change(transaction: Transaction, change: Change) -> None:
    """Raises ChangedMeanwhile (NotAllowed where a right has gone); the transaction then writes nothing."""
    match change:
        case SetPersonLanguage():
            await transaction.fetch(_PERSON_LANGUAGE, change.model_dump())
        case SetChatLanguage():
            await transaction.fetch(_CHAT_LANGUAGE, change.model_dump())
        case AdmitChat():
            await served_chats.admit(transaction, change)
        case NoteChat():
            await transaction.fetch(_NOTED, change.model_dump())
        case KeepData():
            await transaction.fetch(_KEPT, change.model_dump())
        case Prepare():
            await prepared.prepare(transaction, change)
        case UseButton():
            await prepared.use(transaction, change.token, change.at)
        case Await():
            await prepared.wait_for(transaction, change)
        case KeepDraft():
            await drafts.keep(transaction, change.draft)
        case DropDraft():
            await drafts.drop(transaction, change.id)
        case UseInvitation():
            await invitations.use(transaction, change)
        case RequestAccess():
            await invitations.ask(transaction, change)
        case SuspendClearance():
            await served_chats.suspend(transaction, change)
        case Forget():
            await privacy.forget(transaction, change)
        case SetReminders() | SetChatReminders() | SetAway() | Snooze() | NoteReminded():
            await reminded.write(transaction, change)
        case Do():
            await doing.do(transaction, change)
