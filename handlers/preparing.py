"""What every way of a change is made of: buttons that work once, words that are awaited, and the doing itself."""

import secrets
from dataclasses import replace

from handlers.context import Answer, Request
from registry.changes import Await, Change, Do, Prepare, UseButton
from registry.deeds import Deed, Undo
from registry.prepared import BUTTON_LASTS, ENTRY_LASTS, UNDO_LASTS, Entry, Prepared, PreparedAct

_TOKEN_BYTES = 18  # 144 bits: nobody guesses a button
CONFIRM, CANCEL = "y", "n"


def new_token() -> str:
    return secrets.token_urlsafe(_TOKEN_BYTES)


def prepare(
    request: Request, deed: Deed, act: PreparedAct, *, record: str = "", version: int = 0, field: str = ""
) -> Prepare:
    """A button for the person who asks, here; ``record`` and ``version`` are what they were shown."""
    what = Prepared(
        act=act,
        deed=deed,
        field=field,
        person=request.person.id,
        chat=request.chat.id,
        record=record,
        version=version,
        expires_at=request.now + (UNDO_LASTS if isinstance(deed, Undo) else BUTTON_LASTS),
    )
    return Prepare(token=new_token(), what=what)


def lasting_for_undo(request: Request, back: Prepare, shown: Prepared) -> Prepare:
    """The button for the opposite of what the button ``shown`` did; it lasts as long as an undo.

    ``/undo`` finds it as well, but takes nothing back that took something back.
    """
    what = {"expires_at": request.now + UNDO_LASTS, "takes_back": not shown.takes_back}
    return back.model_copy(update={"what": back.what.model_copy(update=what)})


def using_up(request: Request, token: str, answer: Answer) -> Answer:
    """The answer to the press of a button that does nothing further, and works no more."""
    return replace(answer, changes=(UseButton(token=token, at=request.now), *answer.changes))


def is_preview(answer: Answer) -> bool:
    """Whether an answer only waits to be confirmed: nothing stands against what it shows."""
    return any(isinstance(change, Prepare) and change.what.act is PreparedAct.DO for change in answer.changes)


def await_words(request: Request, deed: Deed, field: str) -> Await:
    """Waits for the person's next words here: they say one field of the deed."""
    entry = Entry(deed=deed, field=field)
    return Await(person=request.person.id, chat=request.chat.id, entry=entry, expires_at=request.now + ENTRY_LASTS)


def stop_asking(request: Request) -> tuple[Change, ...]:
    if request.entry is None:
        return ()
    return (Await(person=request.person.id, chat=request.chat.id, entry=None, expires_at=request.now),)


def do(request: Request, deed_id: str, deed: Deed, token: str, *, record: str = "", version: int = 0) -> Do:
    return Do(
        id=deed_id,
        deed=deed,
        person=request.person.id,
        chat=request.chat.id,
        clearance=request.reader.clearance,
        record=record,
        version=version,
        at=request.now,
        today=request.today,
        token=token,
        message=request.message,
    )
