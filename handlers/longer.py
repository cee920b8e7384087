"""More time for something that is due: asked for where it was told, granted or declined by coordination with a tap."""

from datetime import date, timedelta

from handlers import deeds, errors
from handlers.context import Answer, Request, Told
from handlers.preparing import CANCEL, CONFIRM, await_words, prepare, stop_asking, using_up
from handlers.seconding import voice_of
from registry import rights
from registry.changes import Do, Prepare
from registry.deeds import AskForLonger, DecideLonger, EditMeasure, MeasureField, RecordDeed, ReminderDeed, Subject
from registry.deeds.inquiries import SetInquiryDue
from registry.deeds.papers import SetMandateDue
from registry.doing import NotPossible, completed
from registry.identity import identity, visibility_of
from registry.people import Role
from registry.periods import read_due
from registry.prepared import Prepared, PreparedAct
from registry.reminders import Due, What
from views import deeds as deed_views
from views import reminding as views

LASTS = timedelta(days=14)  # until coordination has decided
_OFFERED = (5, 10, 20)  # working days


async def ask(request: Request, due: Due) -> Answer:
    """Until when; coordination, which asks nobody, moves the date itself."""
    if due.what not in views.MORE_TIME:
        return errors.outdated(request)
    asked = AskForLonger(ref=due.line.ref, what=due.what, position=due.position)
    if request.reader.role >= Role.COORDINATOR:
        return await deeds.propose(request, _moving(asked, None))
    first = max(due.on, request.today)
    days = [request.workdays.add(first, count) for count in _OFFERED]
    offered = [prepare(request, asked.model_copy(update={"until": day}), PreparedAct.CHOOSE) for day in days]
    other = prepare(request, asked, PreparedAct.SAY, field="words")
    choices = [(day, CONFIRM + button.token) for day, button in zip(days, offered, strict=True)]
    message = views.ask_until_when(due, choices, CONFIRM + other.token, request.voice)
    return Answer(message, changes=(*stop_asking(request), *offered, other))


async def said(request: Request, deed: ReminderDeed) -> Answer:
    """The day somebody was asked for; it is shown in full before anybody is asked."""
    if not isinstance(deed, AskForLonger):
        return errors.outdated(request)
    due = await _due(request, deed)
    if due is None:
        return Answer(toast=views.gone(request.voice), alert=True, changes=stop_asking(request))
    until = read_due(request.words, request.today, request.workdays)
    if until is None or until <= request.today:
        return Answer(views.say_until_when(due, request.voice, unread=request.words))
    button = prepare(request, deed.model_copy(update={"until": until}), PreparedAct.CHOOSE)
    message = views.confirm_until(due, until, CONFIRM + button.token, CANCEL + button.token, request.voice)
    return Answer(message, changes=(*stop_asking(request), button))


async def pressed(request: Request, deed: ReminderDeed, button: Prepared, token: str) -> Answer:
    if isinstance(deed, DecideLonger):
        return await _decided(request, deed, button, token)
    due = await _due(request, deed)
    if due is None:
        return using_up(request, token, Answer(toast=views.gone(request.voice), alert=True))
    if button.act is PreparedAct.SAY or deed.until is None:
        answer = Answer(views.say_until_when(due, request.voice), changes=(await_words(request, deed, "words"),))
    else:
        answer = await _asked(request, deed, due, deed.until)
    return using_up(request, token, answer)


async def _due(request: Request, deed: AskForLonger) -> Due | None:
    return await request.register.due.one(deed.key, today=request.today)


async def _asked(request: Request, deed: AskForLonger, due: Due, until: date) -> Answer:
    """Everybody in coordination who can be reached gets buttons of their own; the first who taps decides."""
    subject = await request.register.subject(deed.ref)
    reader = request.reader
    if subject is None or not rights.may(reader.role, reader.offices, deed, subject, request.offices):
        return Answer(toast=views.not_theirs(request.voice), alert=True)
    own = {code for office in reader.offices for code in request.offices.subtree(office)}
    places = tuple(place for place in due.places if place in own)
    decision = DecideLonger(
        ref=deed.ref, asked=deed, chat=request.chat.id, thread=request.thread, places=places, grants=True
    )
    changes, told = list[Prepare](), list[Told]()
    for person in await request.register.directory.coordination(request.today):
        if person == request.person.id:
            continue
        grant, decline = _both(request, decision, subject, person)
        voice = await voice_of(request, person)
        keys = {"grant": CONFIRM + grant.token, "decline": CONFIRM + decline.token}
        told.append(Told(person, views.asks_for_longer(due, until, places, voice=voice, **keys)))
        changes += [grant, decline]
    if not told:
        return Answer(views.nobody_to_ask(due, request.voice))
    return Answer(views.asked(due, until, request.voice), changes=tuple(changes), told=tuple(told))


def _button(request: Request, decision: DecideLonger, subject: Subject, person: int) -> Prepare:
    """For somebody in coordination, who may take their time."""
    button = prepare(request, decision, PreparedAct.DO, record=identity(subject), version=subject.version)
    theirs = {"person": person, "chat": person, "expires_at": request.now + LASTS}
    return button.model_copy(update={"what": button.what.model_copy(update=theirs)})


def _both(request: Request, decision: DecideLonger, subject: Subject, person: int) -> tuple[Prepare, Prepare]:
    """To grant it, and to decline it."""
    ways = (decision.model_copy(update={"grants": grants}) for grants in (True, False))
    grant, decline = (_button(request, way, subject, person) for way in ways)
    return grant, decline


async def _decided(request: Request, deed: DecideLonger, button: Prepared, token: str) -> Answer:
    """Granting is the deed that moves the date, with all that belongs to it: checked, noted, taken back."""
    subject, until = await request.register.subject(deed.ref), deed.asked.until
    if request.reader.role < Role.COORDINATOR:
        return errors.refuse_role(request, Role.COORDINATOR)
    if subject is None or until is None:
        return using_up(request, token, errors.outdated(request))
    if (identity(subject), subject.version) != (button.record, button.version):
        return using_up(request, token, await _anew(request, deed, subject, until))
    label = visibility_of(subject)
    voice = await voice_of(request, deed.chat) if deed.chat > 0 else request.voice
    to_asker = Told(deed.chat, views.told_decision(deed.ref, until, label, voice, grants=deed.grants), deed.thread)
    if not deed.grants:
        message = views.declined_longer(deed.ref, label, request.voice)
        return using_up(request, token, Answer(message, told=(to_asker,)))
    moving = _moving(deed.asked, until)
    try:
        moving = completed(moving, subject, await deeds.circumstances(request, moving, subject))
    except NotPossible:
        return using_up(request, token, await deeds.propose(request, moving))
    answer = await deeds.pressed(request, moving, button.model_copy(update={"deed": moving}), token)
    is_done = any(isinstance(change, Do) for change in answer.changes)
    return _with(answer, to_asker) if is_done else answer


async def _anew(request: Request, deed: DecideLonger, subject: Subject, until: date) -> Answer:
    """The record has changed since it was asked; a colleague may have granted it."""
    due = await _due(request, deed.asked)
    if due is None or due.on >= until:
        return Answer(toast=views.settled(request.voice), alert=True)
    grant, decline = _both(request, deed, subject, request.person.id)
    keys = {"grant": CONFIRM + grant.token, "decline": CONFIRM + decline.token}
    message = views.asks_for_longer(due, until, deed.places, voice=request.voice, **keys)
    return Answer(deed_views.changed_meanwhile(message, request.say), changes=(grant, decline))


def _with(answer: Answer, told: Told) -> Answer:
    return Answer(answer.message, toast=answer.toast, alert=answer.alert, changes=answer.changes, told=(told,))


def _moving(asked: AskForLonger, until: date | None) -> RecordDeed:
    """The deed that moves the date; without a day it is asked for."""
    words = f"{until:%d.%m.%Y}" if until else None
    match asked.what:
        case What.MEASURE:
            return EditMeasure(ref=asked.ref, field=MeasureField.DEADLINE, words=words)
        case What.MANDATE:
            return SetMandateDue(ref=asked.ref, number=asked.position, words=words)
    return SetInquiryDue(ref=asked.ref, of_answer=asked.what is What.ANSWER, words=words)
