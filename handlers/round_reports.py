"""Leads offices through the measures that an open evaluation round asks them about."""

from collections.abc import Sequence

from handlers.context import Answer, Request
from handlers.preparing import CONFIRM, prepare, stop_asking
from registry.changes import Prepare
from registry.deeds import ConfirmUnchanged, ReportStatus
from registry.doing.measures import REPORTABLE
from registry.identity import identity
from registry.measures import Measure, Status
from registry.people import Role
from registry.prepared import PreparedAct
from registry.references import read_reference
from registry.rounds import EvaluationRound, OfficeProgress, Reporting, RoundState, in_turn, progress, still_owed
from registry.visibility import Visibility, strictest_readable
from views import round_reports as views
from views import rounds as round_views


async def open_rounds(request: Request) -> tuple[EvaluationRound, ...]:
    return tuple(one for one in await request.register.rounds() if one.state is RoundState.OPEN)


async def none_is_open(request: Request) -> Answer:
    may_lead, rounds = request.reader.role >= Role.COORDINATOR, await request.register.rounds()
    return Answer(round_views.none_is_open(rounds, label(request), request.voice, may_lead=may_lead))


def label(request: Request) -> Visibility:
    """Of a message that names concepts: who sees all there are may see such as nobody else does."""
    return strictest_readable(request.reader.clearance)


async def owed(request: Request) -> Answer:
    """The measures that an office has not reported yet."""
    office, rounds = request.offices.find(request.words), await open_rounds(request)
    if not rounds:
        return await none_is_open(request)
    if office is None:
        return Answer(views.which_office(request.say))
    asked = await request.register.asked(rounds[0])
    places = request.offices.subtree(office.code)
    numbers = still_owed(asked, places)
    return Answer(views.owed(rounds[0], office.code, numbers, _counted(asked, places), asked, request.voice))


async def next_measure(request: Request) -> Answer:
    """The next measure that the person's offices have not reported yet; the words may be the one before it."""
    rounds, places = await open_rounds(request), _places(request)
    if not rounds:
        return await none_is_open(request)
    for found in rounds:
        asked = await request.register.asked(found)
        numbers = still_owed(asked, places)
        measure = await _next(request, found, numbers)
        if measure is not None:
            return _ask_about(request, found, measure, asked, is_last=len(numbers) == 1)
    asked = await request.register.asked(rounds[0])
    return Answer(views.all_reported(rounds[0], _counted(asked, places), asked, request.voice))


def _places(request: Request) -> tuple[str, ...] | None:
    """Those that somebody reports for; coordination, where it has no offices of its own, for everybody (None)."""
    reader = request.reader
    if reader.role >= Role.COORDINATOR and not reader.offices:
        return None
    return tuple(code for office in reader.offices for code in request.offices.subtree(office))


async def _next(request: Request, found: EvaluationRound, numbers: Sequence[str]) -> Measure | None:
    """Another concept may have a measure of one of these numbers, which is then the one that the number means."""
    for number in in_turn(numbers, after=read_reference(request.words)):
        measure = await request.register.measure(number)
        if measure is not None and measure.concept == found.concept:
            return measure
    return None


def _counted(asked: Sequence[Reporting], places: Sequence[str] | None) -> tuple[OfficeProgress, ...]:
    return tuple(one for one in progress(asked) if places is None or one.office in places)


def _ask_about(
    request: Request, found: EvaluationRound, measure: Measure, asked: Sequence[Reporting], *, is_last: bool
) -> Answer:
    """The measure with a button for each thing that an office may say of it; an unclear one has to be settled."""
    number, ways = measure.number, dict[str | Status, Prepare]()
    if measure.status in REPORTABLE:
        unchanged = ConfirmUnchanged(ref=number, round_as_of=found.as_of)
        ways["unchanged"] = _button(request, measure, unchanged, PreparedAct.DO)
        same = ReportStatus(ref=number, status=measure.status)
        ways["text"] = _button(request, measure, same, PreparedAct.SAY, field="text")
    for status in REPORTABLE:
        ways[status] = _button(request, measure, ReportStatus(ref=number, status=status), PreparedAct.CHOOSE)
    keys = {way: CONFIRM + change.token for way, change in ways.items()}
    places = _places(request)
    counted = () if places is None else _counted(asked, places)
    about = views.About(found, measure, asked, counted, is_last=is_last)
    return Answer(views.ask_about(about, keys, request.voice), changes=(*stop_asking(request), *ways.values()))


def _button(
    request: Request, measure: Measure, deed: ConfirmUnchanged | ReportStatus, act: PreparedAct, *, field: str = ""
) -> Prepare:
    return prepare(request, deed, act, record=identity(measure), version=measure.version, field=field)
