"""What coordination does to council papers and programmes: steps, mandates and their results, dates, the decision."""

from handlers import deeds
from handlers.context import Answer, Request
from handlers.reporting import first_reference
from registry.deeds.papers import AddMandate, AddMilestone, AddStep, Decide, NoteResult, SetMandateDue
from registry.folding import fold
from registry.programmes import Programme
from views import paper_work as views

_DUE = frozenset({"due", "until", "frist", "bis"})
_RESULT = frozenset({"result", "ergebnis"})
_NAME_WORDS = 4  # of a programme's name


async def new_step(request: Request) -> Answer:
    """``/new step 0112/23 Social committee 02.12.2026``"""
    ref, words = await _reference(request)
    if not ref:
        return Answer(views.new_step_needs_paper(request.say))
    return await deeds.propose(request, AddStep(ref=ref, words=words or None))


async def new_mandate(request: Request) -> Answer:
    """``/new mandate 0112/23 Examine the application``"""
    ref, words = await _reference(request)
    if not ref:
        return Answer(views.new_mandate_needs_paper(request.say))
    return await deeds.propose(request, AddMandate(ref=ref, text=words or None))


async def new_milestone(request: Request) -> Answer:
    """``/new milestone 0112/23 05.12.2026 Applications close``, of a programme likewise"""
    ref, words = await _reference(request)
    if not ref:
        return Answer(views.new_milestone_needs_paper(request.say))
    return await deeds.propose(request, AddMilestone(ref=ref, words=words or None))


async def mandate(request: Request) -> Answer:
    """``/mandate 0112/23 1 due 31.12.2026`` or ``/mandate 0112/23 result The city can apply``"""
    ref, words = await _reference(request)
    if not ref:
        return Answer(views.mandate_needs_paper(request.say))
    first, _, rest = words.partition(" ")
    number, words = (int(first), rest) if first.isdecimal() and len(first) < _NAME_WORDS else (None, words)
    act, _, rest = words.partition(" ")
    if fold(act) in _DUE:
        return await deeds.propose(request, SetMandateDue(ref=ref, number=number, words=rest.strip() or None))
    if fold(act) in _RESULT:
        return await deeds.propose(request, NoteResult(ref=ref, number=number, text=rest.strip() or None))
    return Answer(views.due_or_result(ref, number, request.say))


async def decision(request: Request) -> Answer:
    """``/decision KommA The city takes part``"""
    ref, words = await _reference(request)
    if not ref:
        return Answer(views.decision_needs_programme(request.say))
    return await deeds.propose(request, Decide(ref=ref, text=words or None))


async def _reference(request: Request) -> tuple[str, str]:
    """What the words begin with: a number, else the name of a programme, however many words it takes."""
    ref, rest = first_reference(request.words)
    if ref is not None:
        return ref, rest
    words = request.words.split()
    names = {short.casefold(): name for short, name in (await request.register.names()).short_names}
    for size in range(min(_NAME_WORDS, len(words)), 0, -1):
        said = " ".join(words[:size])
        found = await request.register.subject(names.get(said.casefold(), said))
        if isinstance(found, Programme):
            return found.name, _after(request.words, size)
    return (words[0], _after(request.words, 1)) if words else ("", "")


def _after(words: str, count: int) -> str:
    parts = words.split(maxsplit=count)
    return parts[count] if len(parts) > count else ""
