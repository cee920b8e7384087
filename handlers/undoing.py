"""Taking back what oneself did, for ten minutes: by the button under it, or by ``/undo``."""

from handlers.context import Answer, Request
from handlers.preparing import CANCEL, CONFIRM, do, new_token, prepare
from registry.changes import UseButton
from registry.deeds import ImportDocument, Undo
from registry.prepared import UNDO_LASTS, Done, PreparedAct
from registry.visibility import Visibility, label_of, may_read
from views import deeds as deed_views
from views import dry_run
from views import undoing as views

_MOST_NAMED = 4


async def undo_last(request: Request) -> Answer:
    """The last deed of one's own, shown before it is taken back."""
    last = await request.register.last_deed(request.now - UNDO_LASTS)
    if last is None or not last.is_allowed:
        return Answer(views.nothing_to_undo(request.say))
    undo = prepare(request, Undo(of=last.id), PreparedAct.DO)
    refs, label = _told(request, last)
    confirm, cancel = CONFIRM + undo.token, CANCEL + undo.token
    return Answer(views.really_undo(refs, label, confirm=confirm, cancel=cancel, say=request.say), changes=(undo,))


async def take_back(request: Request, undo: Undo, token: str) -> Answer:
    last = await request.register.deed(undo.of)
    used = UseButton(token=token, at=request.now)
    if last is None or request.now - last.done_at > UNDO_LASTS:
        return Answer(toast=deed_views.expired(request.say), alert=True, changes=(used,))
    if last.is_undone:
        return Answer(toast=deed_views.done_already(request.say), changes=(used,))
    if not last.is_allowed:
        return Answer(toast=views.may_no_longer(request.say), alert=True, changes=(used,))
    refs, label = _told(request, last)
    if any(one.version_now != one.version for one in last.records):
        return Answer(views.cannot_undo(refs, label, request.say), changes=(used,))
    undoing = do(request, new_token(), undo, token)
    if isinstance(last.deed, ImportDocument):
        name, labelled = _document(request, last.deed)
        message = dry_run.taken_back(name, label_of((label, labelled)), request.say)
        return Answer(message, toast=views.undone_briefly(request.say), changes=(undoing,))
    return Answer(views.undone(refs, label, request.say), toast=views.undone_briefly(request.say), changes=(undoing,))


def _told(request: Request, last: Done) -> tuple[tuple[str, ...], Visibility]:
    """The records as far as they may be named here, and what the naming is labelled."""
    if isinstance(last.deed, ImportDocument):
        return _told_of_document(request, last, last.deed)
    told = [one for one in last.records if may_read(request.reader.clearance, one.label)]
    return tuple(one.ref for one in told), label_of(one.label for one in told)


def _told_of_document(request: Request, last: Done, deed: ImportDocument) -> tuple[tuple[str, ...], Visibility]:
    """A document by its name, and then those of its records that were changed again since: they are in the way."""
    told = [one for one in last.records if may_read(request.reader.clearance, one.label)]
    changed = tuple(one.ref for one in told if one.version_now != one.version)[:_MOST_NAMED]
    name, label = _document(request, deed)
    return (changed or (name,)), label_of((label, *(one.label for one in told)))


def _document(request: Request, deed: ImportDocument) -> tuple[str, Visibility]:
    """The title of a pasted list that is not public is told to nobody who may not read it."""
    label = Visibility.PUBLIC if deed.public or not deed.title else Visibility.NONPUBLIC
    if deed.title and may_read(request.reader.clearance, label):
        return deed.title, label
    return deed.source, Visibility.PUBLIC
