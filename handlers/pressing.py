"""Buttons of deeds and words that were asked for: what holds for all of them, and who goes on with which."""

from handlers import (
    administering,
    deeds,
    digests,
    errors,
    importing,
    longer,
    new_measures,
    question_lists,
    round_deeds,
    seconding,
    undoing,
)
from handlers.context import Answer, Request
from handlers.preparing import CANCEL, CONFIRM, stop_asking, using_up
from registry.deeds import (
    AdminDeed,
    Deed,
    ImportDocument,
    NewMeasure,
    NewQuestions,
    RecordDeed,
    ReminderDeed,
    RoundDeed,
    SetDigest,
    Undo,
)
from registry.prepared import Entry, Prepared, PreparedAct
from views import deeds as views
from views.message import Message


async def press(request: Request) -> Answer:
    """A button of a deed: used once, by the person it was made for, in the chat it was made in, before it is old."""
    way, token = request.data[:1], request.data[1:]
    button = await request.register.own.prepared(token)
    if button is None or button.chat != request.chat.id or way not in {CONFIRM, CANCEL}:
        return errors.outdated(request)
    if button.person != request.person.id:
        return Answer(toast=views.not_your_button(request.say), alert=True)
    if button.is_used:
        return Answer(toast=views.done_already(request.say))
    if button.expires_at <= request.now:
        return Answer(toast=views.expired(request.say), alert=True)
    if way == CANCEL:
        return using_up(request, token, await _left(request, button))
    return await _pressed(request, button, token)


async def _left(request: Request, button: Prepared) -> Answer:
    """What was proposed, or is being asked for, is given up."""
    if button.act is PreparedAct.SAY:
        is_asked = request.entry == Entry(deed=button.deed, field=button.field)
        return await cancel(request) if is_asked else Answer(toast=views.done_already(request.say))
    told = await seconding.not_seconded(request, button.deed)
    return Answer(await _given_up(request, button.deed), told=told)


async def _pressed(request: Request, button: Prepared, token: str) -> Answer:
    """Each way of a change uses up the button in the changes of its answer."""
    match button.deed:
        case Undo() as undo:
            return await undoing.take_back(request, undo, token)
        case SetDigest() as digest:
            return await digests.pressed(request, digest, button, token)
        case deed if isinstance(deed, AdminDeed):
            return await administering.pressed(request, deed, button, token)
        case NewMeasure() as measure:
            return await new_measures.pressed(request, measure, button, token)
        case deed if isinstance(deed, RoundDeed):
            return await round_deeds.pressed(request, deed, button, token)
        case deed if isinstance(deed, ReminderDeed):
            return await longer.pressed(request, deed, button, token)
        case deed if isinstance(deed, RecordDeed):
            return await deeds.pressed(request, deed, button, token)
    return errors.outdated(request)


async def said(request: Request) -> Answer:
    """The words somebody was asked for."""
    match request.entry and request.entry.deed:
        case ImportDocument() as document:
            return await importing.more(request, document)
        case SetDigest() as digest if request.entry:
            return await digests.said(request, digest, request.entry.field)
        case deed if request.entry and isinstance(deed, AdminDeed):
            return await administering.said(request, deed, request.entry.field)
        case NewQuestions() as questions if request.entry:
            return await question_lists.said(request, questions, request.entry.field)
        case NewMeasure() as measure if request.entry:
            return await new_measures.said(request, measure, request.entry.field)
        case deed if request.entry and isinstance(deed, ReminderDeed):
            return await longer.said(request, deed)
        case deed if request.entry and isinstance(deed, RoundDeed):
            return await round_deeds.said(request, deed, request.entry.field)
        case deed if request.entry and isinstance(deed, RecordDeed):
            return await deeds.said(request, deed, request.entry.field)
    return errors.outdated(request)


async def cancel(request: Request) -> Answer:
    """Gives up what was begun here."""
    message = await _given_up(request, request.entry.deed if request.entry else None)
    return Answer(message, changes=(*stop_asking(request), *importing.dropped(request)))


async def _given_up(request: Request, deed: Deed | None) -> Message:
    """With the way back to the record, where it is shown here."""
    about = await request.register.subject(deed.ref) if isinstance(deed, RecordDeed) else None
    return views.nothing_changed(request.say, about)
