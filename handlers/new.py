"""``/new``: what there is to make anew, by its name in either language."""

from dataclasses import replace

from handlers import new_measures, papers, question_lists
from handlers.context import Answer, Handler, Request
from handlers.reporting import first_reference
from registry.folding import fold
from registry.queries import Kind
from registry.references import reference_kind
from views import new as views

# The first word of a row is what its button is known by; the others are understood as well.
KINDS: tuple[tuple[tuple[str, ...], Handler], ...] = (
    (("measure", "massnahme"), new_measures.new),
    (("inquiries", "fragen", "inquiry", "frage", "questions", "fragenliste"), question_lists.new),
    (("step", "schritt", "beratung", "consultation"), papers.new_step),
    (("mandate", "auftrag", "pruefauftrag"), papers.new_mandate),
    (("milestone", "termin", "date"), papers.new_milestone),
)


async def new(request: Request) -> Answer:
    word, *more = request.words.split(maxsplit=1) or [""]
    rest = "".join(more)
    named = fold(word)
    makes = next((handler for names, handler in KINDS if named in names), None)
    ref, _ = first_reference(request.words)
    if makes is None and ref is not None and reference_kind(ref) is Kind.MEASURE:
        return await new_measures.new(request)
    if makes is None:
        return Answer(views.what_is_new(word, [names[0] for names, _ in KINDS], request.say))
    return await makes(replace(request, words=rest.strip()))
