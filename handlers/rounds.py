"""``/round``: opens, watches, closes and compares evaluation rounds."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers import errors, round_reports
from handlers.context import Answer, Handler, Request
from handlers.preparing import CANCEL, CONFIRM, await_words, do, is_preview, new_token, prepare, stop_asking, using_up
from handlers.understanding.rounds import (
    RoundAct,
    read_act,
    read_as_of,
    read_concept,
    read_days,
    read_opening,
    read_page,
)
from registry.deeds import CloseRound, OpenRound, ReopenRound, RoundDeed
from registry.doing import NotPossible, Obstacle
from registry.doing.rounds import admit, done, lacking
from registry.folding import tidy
from registry.people import Role
from registry.periods import read_due
from registry.prepared import Prepared, PreparedAct
from registry.rights import LEAST_ROLE
from registry.rounds import EvaluationRound, RoundState, compare, progress
from views import comparing
from views import round_deeds as deed_views
from views import rounds as views


async def round_(request: Request) -> Answer:
    """Without words: office staff get their next measure, coordination sees how far everybody is."""
    act, words = read_act(request.words)
    if act is None and request.offices.find(words):
        act = RoundAct.OWED
    if act is None:
        is_staff = request.reader.role < Role.COORDINATOR and not words
        act = RoundAct.NEXT if is_staff else RoundAct.SHOW
    return await _ACTS[act](replace(request, words=words))


async def _open(request: Request) -> Answer:
    concepts = (await request.register.names()).concepts
    said = read_opening(request.words, concepts, request.today, request.workdays)
    if said.left:
        return Answer(deed_views.not_a_day(said.left, request.say))
    concept = said.concept or (concepts[0] if len(concepts) == 1 else None)
    return await propose(request, OpenRound(concept=concept, as_of=said.as_of, due_on=said.due_on))


async def _close(request: Request) -> Answer:
    found = await _named(request)
    if found is None:
        return await _not_found(request)
    return await propose(request, CloseRound(concept=found.concept, as_of=found.as_of))


async def _reopen(request: Request) -> Answer:
    found = await _named(request)
    if found is None:
        return await _not_found(request)
    return await propose(request, ReopenRound(concept=found.concept, as_of=found.as_of))


async def _show(request: Request) -> Answer:
    """How far the offices are; the words may name a round that is closed."""
    found = await _named(request)
    if found is None or (found.state is RoundState.CLOSED and not request.words):
        return await _not_found(request)
    asked = await request.register.asked(found)
    overview = views.Overview(
        round=found,
        offices=progress(asked),
        asked=asked,
        events=await request.register.round_events(found),
        before=await _before(request, found),
        others=tuple(one for one in await round_reports.open_rounds(request) if one != found),
        may_lead=request.reader.role >= Role.COORDINATOR,
        is_latest=found == (await _of_concept(request))[0],
    )
    return Answer(views.overview(overview, request.voice))


async def _compare(request: Request) -> Answer:
    """Two rounds of a concept: those that are named by their days, else the latest and the one before it."""
    rounds = await _of_concept(request)
    days = read_days(request.words)
    named = [one for one in rounds if one.as_of in days]
    if len(named) != 2:
        named = [one for one in rounds if not days or one.as_of <= max(days)][:2]
    if len(named) != 2:
        return Answer(views.nothing_to_compare(request.say))
    later, earlier = named
    # Of a round that only a document tells of, offices were not asked here.
    was_here = later.state is RoundState.OPEN or bool(await request.register.round_events(later))
    awaited = [one.number for one in await request.register.asked(later)] if was_here else []
    said_before, said_now = await request.register.reported(earlier), await request.register.reported(later)
    compared = compare(said_before, said_now, awaited=awaited)
    return Answer(comparing.comparison(earlier, later, compared, read_page(request.words), request.voice))


_ACTS: dict[RoundAct, Handler] = {
    RoundAct.SHOW: _show,
    RoundAct.OPEN: _open,
    RoundAct.NEXT: round_reports.next_measure,
    RoundAct.OWED: round_reports.owed,
    RoundAct.CLOSE: _close,
    RoundAct.REOPEN: _reopen,
    RoundAct.COMPARE: _compare,
}


async def _of_concept(request: Request) -> list[EvaluationRound]:
    """The rounds of the concept that is named, else of the one whose round is the latest; the latest first."""
    rounds = await request.register.rounds()
    concept, _ = read_concept(request.words, {one.concept for one in rounds})
    first = next((one for one in rounds if one.state is RoundState.OPEN), rounds[0] if rounds else None)
    concept = concept or (first.concept if first else None)
    return [one for one in rounds if one.concept == concept]


async def _named(request: Request) -> EvaluationRound | None:
    """The round of the day that is named, else the latest."""
    rounds = await _of_concept(request)
    _, words = read_concept(request.words, {one.concept for one in rounds})
    day = read_as_of(words, request.today) if words else None
    if words and day is None:
        return None
    return next((one for one in rounds if day in (None, one.as_of)), None)


async def _before(request: Request, found: EvaluationRound) -> EvaluationRound | None:
    rounds = await request.register.rounds()
    return next((one for one in rounds if one.concept == found.concept and one.as_of < found.as_of), None)


async def _not_found(request: Request) -> Answer:
    if request.words:
        rounds = await request.register.rounds()
        return Answer(views.no_such_round(request.words, rounds, round_reports.label(request), request.voice))
    return await round_reports.none_is_open(request)


async def propose(request: Request, deed: RoundDeed) -> Answer:
    """Goes on with a deed: refuses it, asks for what is missing, or shows what it would change."""
    least = LEAST_ROLE[type(deed)]
    if request.reader.role < least:
        return errors.refuse_role(request, least)
    rounds = [one for one in await request.register.rounds() if one.concept == deed.concept]
    try:
        admit(deed, rounds)
        if missing := lacking(deed):
            return await _ask_for(request, deed, missing)
        after = done(deed, rounds, request.today)
    except NotPossible as obstacle:
        return await _not_possible(request, obstacle.obstacle, deed, rounds)
    confirm = prepare(request, deed, PreparedAct.DO)
    asked = await request.register.asked(after)
    message = deed_views.preview(
        deed, after, asked, confirm=CONFIRM + confirm.token, cancel=CANCEL + confirm.token, voice=request.voice
    )
    return Answer(message, changes=(*stop_asking(request), confirm))


async def _not_possible(
    request: Request, obstacle: Obstacle, deed: RoundDeed, rounds: Sequence[EvaluationRound]
) -> Answer:
    if obstacle is Obstacle.DUE_TOO_EARLY:
        without = deed.model_copy(update={"due_on": None})
        return await _ask_for(request, without, "due_on", deed_views.too_early(request.say))
    message = deed_views.not_possible(obstacle, deed, rounds, round_reports.label(request), request.voice)
    return Answer(message, changes=stop_asking(request))


async def _ask_for(request: Request, deed: RoundDeed, missing: str, problem: str = "") -> Answer:
    if missing != "concept":
        message = deed_views.asks_for_words(deed, missing, problem, round_reports.label(request), request.say)
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
    return Answer(
        deed_views.saved(deed, after, asked, request.voice),
        toast=deed_views.saved_briefly(request.say),
        changes=(do(request, new_token(), deed, token), *stop_asking(request)),
    )
