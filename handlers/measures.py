"""What coordination does to measures: edits their fields, and says that a doubt about one is dealt with."""

from handlers import deeds
from handlers.context import Answer, Request
from handlers.reporting import first_reference
from registry.deeds import AnswerDoubt, EditMeasure, MeasureField
from registry.folding import fold
from registry.queries import Kind
from registry.references import reference_kind
from views import measure_work as views

_FIELDS = {
    MeasureField.TITLE: ("title", "titel", "name"),
    MeasureField.TEXT: ("text", "wording", "wortlaut"),
    MeasureField.LEAD_OFFICES: ("lead", "office", "offices", "amt", "aemter", "federfuehrend", "federfuehrung"),
    MeasureField.PARTICIPATING: ("participating", "with", "beteiligt", "beteiligte", "mit"),
    MeasureField.EXTERNAL: ("outside", "external", "extern", "externe"),
    MeasureField.DEADLINE: ("deadline", "due", "frist", "termin"),
}
_NAMED = {word: field for field, words in _FIELDS.items() for word in words}
_DOUBTED = 2  # references that /doubt takes: the inquiry, and which of the measures it doubts


async def edit(request: Request) -> Answer:
    """``/edit 1.4.M1 deadline 31.12.2026``; what is left out is asked for."""
    ref, words = first_reference(request.words)
    if ref is None or reference_kind(ref) is not Kind.MEASURE:
        return Answer(views.which_measure(request.say("For example: /edit 1.4.M1 deadline 31.12.2026"), request.say))
    name, _, value = words.partition(" ")
    field = _NAMED.get(fold(name.rstrip(":")))
    if words and field is None:
        return Answer(views.no_such_field(ref, words, request.say))
    return await deeds.propose(request, EditMeasure(ref=ref, field=field, words=value.strip() or None))


async def doubt(request: Request) -> Answer:
    """``/doubt Q12 1.4.M1 The report names the figures``: an inquiry's doubt about a measure is dealt with."""
    ref, words = first_reference(request.words)
    if ref is None:
        return Answer(
            views.which_measure(request.say("For example: /doubt 1.4.M1 The figures are in the report"), request.say)
        )
    other, text = first_reference(words)
    pair = {reference_kind(one): one for one in (ref, other) if one}
    if len(pair) == _DOUBTED and {Kind.MEASURE, Kind.INQUIRY} == set(pair):
        return await _answer(request, pair[Kind.INQUIRY], pair[Kind.MEASURE], text)
    if reference_kind(ref) is Kind.MEASURE:
        return await _of_measure(request, ref, words)
    inquiry = await request.register.inquiry(ref)
    doubted = inquiry.doubts if inquiry else ()
    return await _answer(request, ref, doubted[0] if doubted else "", words)


async def _of_measure(request: Request, ref: str, words: str) -> Answer:
    measure = await request.register.measure(ref)
    if measure is not None and len(measure.doubted_by) != 1:
        return Answer(views.which_doubt(measure, measure.doubted_by, request.voice))
    # Of a measure that is hidden or unknown nothing is told but what the inquiry's own way tells.
    return await _answer(request, measure.doubted_by[0] if measure else ref, ref, words)


async def _answer(request: Request, inquiry: str, measure: str, text: str) -> Answer:
    return await deeds.propose(request, AnswerDoubt(ref=inquiry, measure=measure, text=text or None))
