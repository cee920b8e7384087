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
    Prepare,
    RequestAccess,
    SetChatLanguage,
    SetPersonLanguage,
    SuspendClearance,
    UseButton,
    UseInvitation,
)
from registry.people import Role
from storage import doing, drafts, invitations, prepared, privacy, served_chats
from storage.database import Transaction
from storage.errors import NotAllowed
from storage.people import role_of

_PERSON_LANGUAGE = """
    INSERT INTO people (id, language) VALUES (:person, :language)
    ON CONFLICT (id) DO UPDATE SET language = excluded.language
"""
_CHAT_LANGUAGE = """
    INSERT INTO chats (id, language) VALUES (:chat, :language)
    ON CONFLICT (id) DO UPDATE SET language = excluded.language
"""
# Who ends an admission ends what the chat might see with it.
_ADMISSION = """
    INSERT INTO chats (id, title, admitted, admitted_by) VALUES (:chat, :title, :admitted, :by)
    ON CONFLICT (id) DO UPDATE SET
        title = excluded.title, admitted = excluded.admitted, admitted_by = excluded.admitted_by,
        clearance = CASE WHEN excluded.admitted = 1 THEN clearance ELSE 0 END
"""
_NOTED = "INSERT INTO chats (id, title) VALUES (:chat, :title) ON CONFLICT (id) DO NOTHING"
_KEPT = "INSERT INTO kept (token, data) VALUES (:token, :data) ON CONFLICT (token) DO NOTHING"


async def write_change(transaction: Transaction, change: Change) -> None:
    """Raises ChangedMeanwhile (NotAllowed where a right has gone); the transaction then writes nothing."""
    match change:
        case SetPersonLanguage():
            await transaction.fetch(_PERSON_LANGUAGE, change.model_dump())
        case SetChatLanguage():
            await transaction.fetch(_CHAT_LANGUAGE, change.model_dump())
        case AdmitChat():
            await _admit(transaction, change)
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
        case Do():
            await doing.do(transaction, change)


async def _admit(transaction: Transaction, change: AdmitChat) -> None:
    if await role_of(transaction, change.by, change.on) < Role.ADMIN:
        raise NotAllowed(change.by)
    await transaction.fetch(_ADMISSION, {**change.model_dump(exclude={"on"}), "admitted": int(change.admitted)})
