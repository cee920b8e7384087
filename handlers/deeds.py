"""The way of every change: said, shown, confirmed, done, and taken back for ten minutes."""

from dataclasses import dataclass, replace

from handlers import effects
from handlers.context import Answer, Request
from handlers.preparing import CANCEL, CONFIRM, await_words, do, new_token, prepare, stop_asking, using_up
from registry import rights
from registry.changes import Prepare
from registry.deeds import ConfirmUnchanged, Deed, RecordDeed, ReportStatus, SetVisibility, Subject, Undo
from registry.deeds.inquiries import WriteAnswer
from registry.doing import Circumstances, NotPossible, Obstacle, completed, done, lacking
from registry.identity import identity, visibility_of
from registry.inquiries import Inquiry, approved_answer, for_everybody
from registry.measures import Measure
from registry.prepared import Prepared, PreparedAct
from registry.visibility import Visibility, may_read
from views import deeds as views
from views import records as record_views
from views import refusals
from views.choices import choices
from views.html import Html
from views.message import Message


@dataclass(frozen=True)
class Possible:
    """A deed that says all it has to, the record it meets, what becomes of that, and what else comes of it."""

    deed: RecordDeed
    subject: Subject
    after: Subject
    effects: tuple[Html, ...] = ()


async def propose(request: Request, deed: RecordDeed) -> Answer:
    """Goes on with a deed: refuses it, asks for what is missing, or shows what it would change."""
    considered = await _considered(request, deed)
    return _preview(request, considered) if isinstance(considered, Possible) else considered


async def _considered(request: Request, deed: RecordDeed) -> Possible | Answer:
    subject = await _met(request, deed)
    if isinstance(subject, Answer):
        return subject
    at = await circumstances(request, deed, subject)
    try:
        deed = completed(deed, subject, at)
        if missing := lacking(deed):
            return _ask_for(request, deed, subject, missing)
        after = done(deed, subject, at)
    except NotPossible as obstacle:
        return _not_possible(request, obstacle, deed, subject)
    return Possible(deed, subject, after, await effects.of(request, deed, after))


async def _met(request: Request, deed: RecordDeed) -> Subject | Answer:
    """The record that somebody may do this to; or why not. One that is hidden is answered like one that is not."""
    subject = await request.register.subject(deed.ref)
    if subject is None:
        withheld = await request.register.withholds(deed.ref)
        return Answer(record_views.unknown(deed.ref, request.voice, withheld=withheld), changes=stop_asking(request))
    reader = request.reader
    if not rights.may(reader.role, reader.offices, deed, subject, request.offices):
        return Answer(refusals.not_yours(deed, subject, request.voice), changes=stop_asking(request))
    return subject


async def circumstances(request: Request, deed: RecordDeed, subject: Subject) -> Circumstances:
    open_round = await request.register.open_round(subject.concept) if isinstance(subject, Measure) else None
    reader = request.reader
    return Circumstances(
        request.today,
        request.offices,
        open_round.as_of if open_round else None,
        acting=rights.acting_places(reader.role, reader.offices, subject, request.offices),
        workdays=request.workdays,
        next_number=await request.register.next_number(subject) if isinstance(deed, SetVisibility) else "",
    )


def _not_possible(request: Request, obstacle: NotPossible, deed: RecordDeed, subject: Subject) -> Answer:
    """With a button for each thing that could be done instead."""
    instead = [(one, _button(request, one, subject, PreparedAct.CHOOSE)) for one in obstacle.instead]
    # A status that stays as it is may still get a new text.
    more = _sayable(request, deed, subject) if obstacle.obstacle is Obstacle.NOTHING_CHANGES else ()
    if field := obstacle.again:
        more = ((field, _button(request, deed, subject, PreparedAct.SAY, field=field)),)
    message = refusals.not_possible(
        obstacle.obstacle,
        deed,
        subject,
        request.voice,
        words=obstacle.words,
        instead=tuple((one, CONFIRM + change.token) for one, change in instead),
        more=tuple((field, CONFIRM + change.token) for field, change in more),
    )
    # Who wrote too much may write it anew, as long as it is awaited.
    stop = () if obstacle.obstacle is Obstacle.TEXT_TOO_LONG else stop_asking(request)
    return Answer(message, changes=(*stop, *(change for _, change in (*instead, *more))))


def _sayable(request: Request, deed: RecordDeed, subject: Subject) -> tuple[tuple[str, Prepare], ...]:
    """The fields that may be said otherwise, each with its button."""
    fields = views.may_be_added(deed)
    return tuple((field, _button(request, deed, subject, PreparedAct.SAY, field=field)) for field in fields)


def _ask_for(request: Request, deed: RecordDeed, subject: Subject, missing: str) -> Answer:
    """With a button for each answer there can be, else in the person's own words."""
    offered = choices(deed, missing, request.voice)
    if not offered:
        return _ask_for_words(request, deed, subject, missing)
    prepared = [(label, _button(request, chosen, subject, PreparedAct.CHOOSE)) for label, chosen in offered]
    keys = tuple((label, CONFIRM + change.token) for label, change in prepared)
    message = views.choose(deed, subject, missing, keys, request.voice)
    return Answer(message, changes=(*stop_asking(request), *(change for _, change in prepared)))


def _button(request: Request, deed: Deed, subject: Subject, act: PreparedAct, *, field: str = "") -> Prepare:
    return prepare(request, deed, act, record=identity(subject), version=subject.version, field=field)


def _ask_for_words(request: Request, deed: Deed, subject: Subject, field: str) -> Answer:
    message = views.asks_for_words(deed, _as_read(request, subject), field, request.voice)
    return Answer(message, changes=(await_words(request, deed, field),))


def _preview(request: Request, possible: Possible) -> Answer:
    deed, subject = possible.deed, possible.subject
    confirm = _button(request, deed, subject, PreparedAct.DO)
    more = _sayable(request, deed, subject)
    message = views.preview(
        deed,
        subject,
        _as_told(request, possible),
        confirm=CONFIRM + confirm.token,
        cancel=CANCEL + confirm.token,
        more=tuple((field, CONFIRM + change.token) for field, change in more),
        voice=request.voice,
        effects=possible.effects,
    )
    return Answer(message, changes=(*stop_asking(request), confirm, *(change for _, change in more)))


def _as_told(request: Request, possible: Possible) -> Subject:
    """In a group everybody reads along: there a draft that others wrote is not quoted."""
    before, after = possible.subject, possible.after
    if not isinstance(before, Inquiry) or not isinstance(after, Inquiry) or isinstance(possible.deed, WriteAnswer):
        return after
    if approved_answer(after) or rights.reads_drafts(request.reader, before, request.offices):
        return after
    return after.model_copy(update={"answer": before.answer})


def _as_read(request: Request, subject: Subject) -> Subject:
    """Without the words that are not for everybody who reads along here."""
    if not isinstance(subject, Inquiry) or rights.reads_drafts(request.reader, subject, request.offices):
        return subject
    return for_everybody(subject)


async def said(request: Request, deed: RecordDeed, field: str) -> Answer:
    """The words somebody was asked for; a message without any asks again."""
    words = request.words.strip()
    return await (propose(request, deed.model_copy(update={field: words})) if words else _asked(request, deed, field))


async def _asked(request: Request, deed: RecordDeed, field: str) -> Answer:
    subject = await _met(request, deed)
    return subject if isinstance(subject, Answer) else _ask_for_words(request, deed, subject, field)


async def pressed(request: Request, deed: RecordDeed, button: Prepared, token: str) -> Answer:
    if button.act is PreparedAct.DO:
        return await _confirmed(request, deed, button, token)
    says = button.act is PreparedAct.SAY
    answer = await (_asked(request, deed, button.field) if says else propose(request, deed))
    return using_up(request, token, answer)


async def _confirmed(request: Request, deed: RecordDeed, shown: Prepared, token: str) -> Answer:
    """Does it, if it still fits; else it is shown as it would be now."""
    considered = await _considered(request, deed)
    if isinstance(considered, Answer):
        return using_up(request, token, considered)
    subject = considered.subject
    is_same_record = (identity(subject), subject.version) == (shown.record, shown.version)
    if not is_same_record or considered.deed != deed:
        anew = _preview(request, considered)
        by_round = is_same_record and isinstance(deed, ReportStatus | ConfirmUnchanged)
        message = anew.message and views.changed_meanwhile(anew.message, request.say, by_round=by_round)
        return using_up(request, token, replace(anew, message=message))
    deed_id = new_token()
    doing = do(request, deed_id, considered.deed, token, record=shown.record, version=shown.version)
    undo = prepare(request, Undo(of=deed_id), PreparedAct.DO)
    return Answer(
        _saved(request, considered, CONFIRM + undo.token),
        toast=views.saved_briefly(request.say),
        changes=(doing, undo, *stop_asking(request)),
    )


def _saved(request: Request, done_: Possible, undo: str) -> Message:
    """What the deed hides from here is not shown here any more, and can be taken back all the same."""
    if not may_read(request.reader.clearance, visibility_of(done_.after)):
        return views.saved_unseen(undo=undo, say=request.say, effects=done_.effects)
    # What becomes public was shown before; which messages went is told again.
    told = done_.effects if visibility_of(done_.after) is Visibility.NONPUBLIC else ()
    after = _as_told(request, done_)
    return views.saved(done_.deed, done_.subject, after, undo=undo, voice=request.voice, effects=told)
