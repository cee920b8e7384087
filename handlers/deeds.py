"""The way of every change: said, shown, confirmed, done, and taken back for ten minutes."""

import secrets
from dataclasses import replace

from handlers import errors
from handlers.context import Answer, Request
from registry import rights
from registry.changes import Await, Change, Do, Prepare, UseButton
from registry.deeds import Deed, RecordDeed, Subject, Undo
from registry.doing import Circumstances, NotPossible, done, lacking
from registry.measures import Measure
from registry.prepared import BUTTON_LASTS, ENTRY_LASTS, UNDO_LASTS, Entry, Prepared, PreparedAct
from registry.visibility import strictest
from views import deeds as views
from views import records as record_views
from views.choices import choices

_TOKEN_BYTES = 18  # 144 bits: nobody guesses a button
CONFIRM, CANCEL = "y", "n"


async def propose(request: Request, deed: RecordDeed) -> Answer:
    """Goes on with a deed: refuses it, asks for what is missing, or shows what it would change."""
    subject = await request.register.subject(deed.ref)
    if subject is None:
        withheld = await request.register.withholds(deed.ref)
        return Answer(record_views.unknown(deed.ref, request.voice, withheld=withheld), changes=_stop_asking(request))
    reader = request.reader
    if not rights.may(reader.role, reader.offices, deed, subject, request.offices):
        return Answer(views.not_yours(deed, subject, request.voice), changes=_stop_asking(request))
    if missing := lacking(deed):
        return _ask_for(request, deed, subject, missing)
    try:
        after = done(deed, subject, await circumstances(request, subject))
    except NotPossible as error:
        return Answer(views.not_possible(error.obstacle, deed, subject, request.voice), changes=_stop_asking(request))
    return _preview(request, deed, subject, after)


async def circumstances(request: Request, subject: Subject) -> Circumstances:
    open_round = await request.register.open_round(subject.concept) if isinstance(subject, Measure) else None
    return Circumstances(request.today, request.offices, open_round.as_of if open_round else None)


def _ask_for(request: Request, deed: RecordDeed, subject: Subject, missing: str) -> Answer:
    """With a button for each answer there can be, else in the person's own words."""
    offered = choices(deed, missing, request.voice)
    if not offered:
        return _ask_for_words(request, deed, subject, missing)
    prepared = [(label, _prepare(request, chosen, subject.version, PreparedAct.CHOOSE)) for label, chosen in offered]
    keys = tuple((label, CONFIRM + change.token) for label, change in prepared)
    message = views.choose(deed, subject, missing, keys, request.voice)
    return Answer(message, changes=(*_stop_asking(request), *(change for _, change in prepared)))


def _ask_for_words(request: Request, deed: Deed, subject: Subject, field: str) -> Answer:
    entry = Entry(deed=deed, field=field)
    waiting = Await(person=request.person.id, chat=request.chat.id, entry=entry, expires_at=request.now + ENTRY_LASTS)
    return Answer(views.asks_for_words(deed, subject, field, request.voice), changes=(waiting,))


def _preview(request: Request, deed: RecordDeed, subject: Subject, after: Subject) -> Answer:
    confirm = _prepare(request, deed, subject.version, PreparedAct.DO)
    more = [
        (field, _prepare(request, deed, subject.version, PreparedAct.SAY, field=field))
        for field in views.may_be_added(deed)
    ]
    message = views.preview(
        deed,
        subject,
        after,
        confirm=CONFIRM + confirm.token,
        cancel=CANCEL + confirm.token,
        more=tuple((field, CONFIRM + change.token) for field, change in more),
        voice=request.voice,
    )
    return Answer(message, changes=(*_stop_asking(request), confirm, *(change for _, change in more)))


def _prepare(request: Request, deed: Deed, version: int, act: PreparedAct, *, field: str = "") -> Prepare:
    what = Prepared(
        act=act,
        deed=deed,
        field=field,
        person=request.person.id,
        chat=request.chat.id,
        version=version,
        expires_at=request.now + (UNDO_LASTS if isinstance(deed, Undo) else BUTTON_LASTS),
    )
    return Prepare(token=secrets.token_urlsafe(_TOKEN_BYTES), what=what)


def _stop_asking(request: Request) -> tuple[Change, ...]:
    if request.entry is None:
        return ()
    return (Await(person=request.person.id, chat=request.chat.id, entry=None, expires_at=request.now),)


async def said(request: Request) -> Answer:
    """The words somebody was asked for."""
    entry = request.entry
    if entry is None or isinstance(entry.deed, Undo):
        return errors.outdated(request)
    deed, field = entry.deed, entry.field
    return await propose(request, deed.model_copy(update={field: request.words.strip()}))


async def cancel(request: Request) -> Answer:
    """Gives up what was begun here."""
    return Answer(views.nothing_changed(request.say), changes=_stop_asking(request))


async def press(request: Request) -> Answer:
    """A button of a deed: used once, by the person it was made for, in the chat it was made in, before it is old."""
    way, token = request.data[:1], request.data[1:]
    prepared = await request.register.prepared(token)
    if prepared is None or prepared.chat != request.chat.id:
        return errors.outdated(request)
    if prepared.person != request.person.id:
        return Answer(toast=views.not_your_button(request.say), alert=True)
    if prepared.is_used:
        return Answer(toast=views.done_already(request.say))
    if prepared.expires_at <= request.now:
        return Answer(toast=views.expired(request.say), alert=True)
    if way == CANCEL:
        used = UseButton(token=token, at=request.now)
        return Answer(views.nothing_changed(request.say), changes=(used,))
    return await _pressed(request, prepared, token)


async def _pressed(request: Request, prepared: Prepared, token: str) -> Answer:
    deed = prepared.deed
    used = UseButton(token=token, at=request.now)
    if isinstance(deed, Undo):
        return await _take_back(request, deed, token)
    if prepared.act is PreparedAct.SAY:
        subject = await request.register.subject(deed.ref)
        if subject is None:
            return errors.outdated(request)
        asked = _ask_for_words(request, deed, subject, prepared.field)
        return replace(asked, changes=(used, *asked.changes))
    if prepared.act is PreparedAct.CHOOSE:
        gone_on = await propose(request, deed)
        return replace(gone_on, changes=(used, *gone_on.changes))
    return await _confirmed(request, deed, prepared.version, token)


async def _confirmed(request: Request, deed: RecordDeed, version: int, token: str) -> Answer:
    """Does it, if it still fits; else it is shown as it would be now."""
    proposed = await propose(request, deed)
    subject = await request.register.subject(deed.ref)
    is_preview = any(isinstance(change, Prepare) for change in proposed.changes)
    used = UseButton(token=token, at=request.now)
    if subject is None or not is_preview:
        return replace(proposed, changes=(used, *proposed.changes))
    if subject.version != version and proposed.message is not None:
        shown = views.changed_meanwhile(proposed.message, request.say)
        return replace(proposed, message=shown, changes=(used, *proposed.changes))
    after = done(deed, subject, await circumstances(request, subject))
    deed_id = secrets.token_urlsafe(_TOKEN_BYTES)
    undo = _prepare(request, Undo(of=deed_id), subject.version, PreparedAct.DO)
    message = views.saved(deed, subject, after, undo=CONFIRM + undo.token, voice=request.voice)
    return Answer(
        message,
        toast=views.saved_briefly(request.say),
        changes=(_do(request, deed_id, deed, version, token), undo, *_stop_asking(request)),
    )


def _do(request: Request, deed_id: str, deed: Deed, version: int, token: str) -> Do:
    return Do(
        id=deed_id,
        deed=deed,
        person=request.person.id,
        chat=request.chat.id,
        clearance=request.reader.clearance,
        version=version,
        at=request.now,
        today=request.today,
        token=token,
        message=request.message,
    )


async def undo_last(request: Request) -> Answer:
    """``/undo``: the last deed of one's own, shown before it is taken back."""
    last = await request.register.last_deed(request.now - UNDO_LASTS)
    if last is None:
        return Answer(views.nothing_to_undo(request.say))
    undo = _prepare(request, Undo(of=last.id), 0, PreparedAct.DO)
    refs = tuple(one.ref for one in last.records)
    label = strictest(one.label for one in last.records)
    confirm, cancel = CONFIRM + undo.token, CANCEL + undo.token
    message = views.really_undo(refs, label, confirm=confirm, cancel=cancel, say=request.say)
    return Answer(message, changes=(undo,))


async def _take_back(request: Request, undo: Undo, token: str) -> Answer:
    last = await request.register.deed(undo.of)
    used = UseButton(token=token, at=request.now)
    if last is None or last.is_undone or request.now - last.done_at > UNDO_LASTS:
        return Answer(toast=views.expired(request.say), alert=True, changes=(used,))
    refs, label = tuple(one.ref for one in last.records), strictest(one.label for one in last.records)
    if any(one.version_now != one.version for one in last.records):
        return Answer(views.cannot_undo(refs, label, request.say), changes=(used,))
    do = _do(request, secrets.token_urlsafe(_TOKEN_BYTES), undo, 0, token)
    return Answer(views.undone(refs, label, request.say), toast=views.undone_briefly(request.say), changes=(do,))
