"""The way of what coordination does to evaluation rounds: said, shown, confirmed, taken back by its opposite."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers import errors, round_reports
from handlers.context import Answer, Request
from handlers.preparing import (
    CANCEL,
    CONFIRM,
    await_words,
    do,
    is_preview,
    lasting_for_undo,
    new_token,
    prepare,
    stop_asking,
    using_up,
)
from handlers.understanding.rounds import read_as_of
from registry.deeds import CloseRound, RoundDeed
from registry.doing import NotPossible, Obstacle
from registry.doing.rounds import admit, done, lacking, lacks_due_date, opposite
from registry.folding import tidy
from registry.periods import read_due
from registry.prepared import Prepared, PreparedAct
from registry.rights import LEAST_ROLE
from registry.rounds import EvaluationRound, Reporting, version_of
from views import round_deeds as deed_views

# A day that does not fit is asked for again.
_SAID_WRONG = {Obstacle.ROUND_NOT_LATER: "as_of", Obstacle.DUE_TOO_EARLY: "due_on"}


async def propose(request: Request, deed: RoundDeed) -> Answer:
    """Goes on with a deed: refuses it, asks for what is missing, or shows what it would change."""
    least = LEAST_ROLE[type(deed)]
    if request.reader.role < least:
        return errors.refuse_role(request, least)
    rounds = [one for one in await request.register.rounds() if one.concept == deed.concept]
    try:
        admit(deed, rounds)
        if missing := lacking(deed) or lacks_due_date(deed, rounds, request.today):
            return await _ask_for(request, deed, missing)
        after = done(deed, rounds, request.today)
    except NotPossible as obstacle:
        return await _not_possible(request, obstacle.obstacle, deed, rounds)
    asked = await request.register.asked(after)
    confirm = prepare(request, deed, PreparedAct.DO, version=_version(deed, asked))
    message = deed_views.preview(
        deed, after, asked, confirm=CONFIRM + confirm.token, cancel=CANCEL + confirm.token, voice=request.voice
    )
    return Answer(message, changes=(*stop_asking(request), confirm))


async def _not_possible(
    request: Request, obstacle: Obstacle, deed: RoundDeed, rounds: Sequence[EvaluationRound]
) -> Answer:
    if field := _SAID_WRONG.get(obstacle):
        return await _ask_for(
            request, deed.model_copy(update={field: None}), field, deed_views.problem(obstacle, request.say)
        )
    message = deed_views.not_possible(obstacle, deed, rounds, round_reports.label(request), request.voice)
    return Answer(message, changes=stop_asking(request))


async def _ask_for(request: Request, deed: RoundDeed, missing: str, problem: str = "") -> Answer:
    if missing != "concept":
        rounds = [one for one in await request.register.rounds() if deed.concept in (None, one.concept)]
        label = round_reports.label(request)
        message = deed_views.asks_for_words(deed, missing, problem, rounds, label, request.voice)
        return Answer(message, changes=(await_words(request, deed, missing),))
    concepts = (await request.register.names()).concepts
    if not concepts:
        return Answer(deed_views.no_concept(request.say), changes=stop_asking(request))
    chosen = [
        prepare(request, deed.model_copy(update={"concept": concept}), PreparedAct.CHOOSE) for concept in concepts
    ]
    keys = tuple((concept, CONFIRM + change.token) for concept, change in zip(concepts, chosen, strict=True))
    return Answer(
        deed_views.choose_concept(keys, round_reports.label(request), request.say),
        changes=(*stop_asking(request), *chosen),
    )


async def said(request: Request, deed: RoundDeed, field: str) -> Answer:
    """The words somebody was asked for: a day, or the reason."""
    words, value = tidy(request.words), _read(request, field)
    if value is None:
        return await _ask_for(request, deed, field, deed_views.unread(words, request.say))
    return await propose(request, deed.model_copy(update={field: value}))


def _read(request: Request, field: str) -> date | str | None:
    words = tidy(request.words)
    if field == "as_of":
        return read_as_of(words, request.today)
    return read_due(words, request.today, request.workdays) if field == "due_on" else words


async def pressed(request: Request, deed: RoundDeed, button: Prepared, token: str) -> Answer:
    """A button of such a deed, which was found to be the person's own and not yet used."""
    proposed = await propose(request, deed)
    if button.act is not PreparedAct.DO or not is_preview(proposed):
        return using_up(request, token, proposed)
    rounds = [one for one in await request.register.rounds() if one.concept == deed.concept]
    after = done(deed, rounds, request.today)
    asked = await request.register.asked(after)
    if (version := _version(deed, asked)) != button.version:
        message = proposed.message and deed_views.changed_meanwhile(proposed.message, request.say)
        return using_up(request, token, replace(proposed, message=message))
    reason, is_gone = deed_views.closing_taken_back(request.say), not any(one.is_reported for one in asked)
    back = prepare(request, opposite(deed, rounds, is_gone=is_gone, reason=reason), PreparedAct.DO)
    return Answer(
        deed_views.saved(deed, after, asked, request.voice),
        toast=deed_views.saved_briefly(request.say),
        changes=(
            do(request, new_token(), deed, token, version=version),
            lasting_for_undo(request, back, button),
            *stop_asking(request),
        ),
    )


async def shown_version(request: Request, deed: RoundDeed) -> int:
    """What a button has to be made for that does this now."""
    if not isinstance(deed, CloseRound):
        return 0
    return _version(deed, await request.register.asked(EvaluationRound(concept=deed.concept, as_of=deed.as_of)))


def _version(deed: RoundDeed, asked: Sequence[Reporting]) -> int:
    """Whoever closes a round saw who had reported, and that is what closing keeps."""
    return version_of(asked) if isinstance(deed, CloseRound) else 0
