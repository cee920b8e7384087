"""``/round``: opens, watches, closes and compares evaluation rounds."""

from dataclasses import replace

from handlers import round_reports
from handlers.context import Answer, Handler, Request
from handlers.round_deeds import propose
from handlers.understanding.rounds import (
    RoundAct,
    read_act,
    read_as_of,
    read_concept,
    read_days,
    read_opening,
    read_page,
    read_reopening,
)
from registry.deeds import CloseRound, OpenRound, ReopenRound
from registry.people import Role
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
        rounds = await request.register.rounds()
        return Answer(deed_views.not_a_day(said.left, rounds, round_reports.label(request), request.voice))
    concept = said.concept or (concepts[0] if len(concepts) == 1 else None)
    return await propose(request, OpenRound(concept=concept, as_of=said.as_of, due_on=said.due_on))


async def _close(request: Request) -> Answer:
    found = await _named(request)
    if found is None:
        return await _not_found(request)
    return await propose(request, CloseRound(concept=found.concept, as_of=found.as_of))


async def _reopen(request: Request) -> Answer:
    said = read_reopening(request.words, request.today, request.workdays)
    if said.left:
        rounds = await request.register.rounds()
        return Answer(deed_views.not_a_day(said.left, rounds, round_reports.label(request), request.voice))
    found = await _named(replace(request, words=said.words))
    if found is None:
        return await _not_found(request)
    return await propose(request, ReopenRound(concept=found.concept, as_of=found.as_of, due_on=said.due_on))


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
