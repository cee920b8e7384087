"""Taking back what oneself did, for ten minutes: by the button under it, or by ``/undo``."""

from dataclasses import replace

from handlers import round_deeds
from handlers.context import Answer, Request
from handlers.preparing import CANCEL, CONFIRM, do, is_preview, new_token, prepare
from registry import rights
from registry.administered import NotGranted
from registry.administration import outcome
from registry.changes import Prepare, UseButton
from registry.deeds import AdminDeed, CloseRound, ImportDocument, RoundDeed, Undo
from registry.people import Role
from registry.prepared import UNDO_LASTS, Done, Prepared, PreparedAct
from registry.rounds import EvaluationRound
from registry.visibility import Visibility, label_of, may_read, strictest_readable
from views import administration as administration_views
from views import deeds as deed_views
from views import dry_run, taking_back
from views import undoing as views
from views.html import Html

_MOST_NAMED = 4


async def undo_last(request: Request) -> Answer:
    """The last deed of one's own, of whatever kind, shown before it is taken back."""
    last = await request.register.own.last_deed(request.now - UNDO_LASTS)
    last = last if last and last.is_allowed else None
    for way in await request.register.own.ways_back(request.now):
        if last is not None and last.done_at >= way.expires_at - UNDO_LASTS:
            break
        if answer := await _way_back(request, way):
            return answer
    if last is None:
        return Answer(views.nothing_to_undo(request.say))
    return _stands_against(request, last) or _really(request, last)


def _really(request: Request, last: Done) -> Answer:
    undo = prepare(request, Undo(of=last.id), PreparedAct.DO)
    refs, label = _told(request, last)
    told = [one for one in last.records if may_read(request.reader.clearance, one.label)]
    if isinstance(last.deed, ImportDocument):
        line = views.document(refs[0], request.say)
    else:
        line = taking_back.record_line(last.deed, told, request.voice) if told else Html("")
    return _asked(request, line, undo, label, refs)


def _asked(request: Request, line: Html, undo: Prepare, label: Visibility, refs: tuple[str, ...] = ()) -> Answer:
    confirm, cancel = CONFIRM + undo.token, CANCEL + undo.token
    message = views.really_undo(line, refs, label, confirm=confirm, cancel=cancel, say=request.say)
    return Answer(message, changes=(undo,))


async def _way_back(request: Request, way: Prepared) -> Answer | None:
    """The opposite of what an administrator did, or coordination to a round, as long as it still fits."""
    match way.deed:
        case deed if isinstance(deed, AdminDeed):
            return await _admin_way_back(request, way, deed)
        case deed if isinstance(deed, RoundDeed):
            return await _round_way_back(request, way, deed)
    return None


async def _admin_way_back(request: Request, way: Prepared, deed: AdminDeed) -> Answer | None:
    at = await request.register.directory.situation(deed, by=request.person.id, today=request.today)
    if at.version != way.version or not rights.may(request.person.role, (), deed, None, request.offices):
        return None
    try:
        was = outcome(deed, at)
    except NotGranted:
        return None
    heading = administration_views.heading(deed, at, request.voice)
    line = taking_back.admin_line(deed, was, at.before, heading, request.voice)
    return _asked(request, line, _again(request, way), Visibility.PUBLIC)


async def _round_way_back(request: Request, way: Prepared, deed: RoundDeed) -> Answer | None:
    if not is_preview(await round_deeds.propose(request, deed)):
        return None
    was_reopened = False
    if isinstance(deed, CloseRound):
        found = EvaluationRound(concept=deed.concept, as_of=deed.as_of)
        was_reopened = any(event.what == "round_reopened" for event in await request.register.round_events(found))
        if not was_reopened and any(one.is_reported for one in await request.register.asked(found)):
            return None  # closing would not take it back any more
    line = taking_back.round_line(deed, request.say, was_reopened=was_reopened)
    way = way.model_copy(update={"version": await round_deeds.shown_version(request, deed)})
    return _asked(request, line, _again(request, way), strictest_readable(request.reader.clearance))


def _again(request: Request, way: Prepared) -> Prepare:
    """A further button that does the same, here, and lasts no longer."""
    return Prepare(token=new_token(), what=way.model_copy(update={"chat": request.chat.id}))


async def take_back(request: Request, undo: Undo, token: str) -> Answer:
    last = await request.register.own.deed(undo.of)
    used = UseButton(token=token, at=request.now)
    if last is None or request.now - last.done_at > UNDO_LASTS:
        return Answer(toast=deed_views.expired(request.say), alert=True, changes=(used,))
    if last.is_undone:
        return Answer(toast=deed_views.done_already(request.say), changes=(used,))
    if not last.is_allowed:
        return Answer(toast=views.may_no_longer(request.say), alert=True, changes=(used,))
    if against := _stands_against(request, last):
        return replace(against, changes=(used,))
    refs, label = _told(request, last)
    undoing = do(request, new_token(), undo, token)
    if isinstance(last.deed, ImportDocument):
        name, labelled = _document(request, last.deed)
        message = dry_run.taken_back(name, label_of((label, labelled)), request.say)
        return Answer(message, toast=views.undone_briefly(request.say), changes=(undoing,))
    return Answer(views.undone(refs, label, request.say), toast=views.undone_briefly(request.say), changes=(undoing,))


def _stands_against(request: Request, last: Done) -> Answer | None:
    """All of a deed is taken back or nothing: not where anything came after it, nor what a closed round says."""
    refs, label = _told(request, last)
    if any(one.is_changed for one in last.records):
        return Answer(views.cannot_undo(refs, label, request.say))
    if not last.closed:
        return None
    seen = may_read(request.reader.clearance, label_of(one.label for one in last.records))
    message = views.round_is_closed(
        last.closed[0] if seen else None,
        label_of((label, *(one.label for one in last.records if seen))),
        request.voice,
        may_lead=request.reader.role >= Role.COORDINATOR,
    )
    return Answer(message)


def _told(request: Request, last: Done) -> tuple[tuple[str, ...], Visibility]:
    """The records as far as they may be named here, and what the naming is labelled."""
    if isinstance(last.deed, ImportDocument):
        return _told_of_document(request, last, last.deed)
    told = [one for one in last.records if may_read(request.reader.clearance, one.label)]
    return tuple(one.ref for one in told), label_of(one.label for one in told)


def _told_of_document(request: Request, last: Done, deed: ImportDocument) -> tuple[tuple[str, ...], Visibility]:
    """A document by its name, and then those of its records that were changed again since: they are in the way."""
    told = [one for one in last.records if may_read(request.reader.clearance, one.label)]
    changed = tuple(one.ref for one in told if one.is_changed)[:_MOST_NAMED]
    name, label = _document(request, deed)
    return (changed or (name,)), label_of((label, *(one.label for one in told)))


def _document(request: Request, deed: ImportDocument) -> tuple[str, Visibility]:
    """The title of a pasted list that is not public is told to nobody who may not read it."""
    label = Visibility.PUBLIC if deed.public or not deed.title else Visibility.NONPUBLIC
    if deed.title and may_read(request.reader.clearance, label):
        return deed.title, label
    return deed.source, Visibility.PUBLIC
