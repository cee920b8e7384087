"""What is open, overdue, due or found, and who still owes what."""

from handlers.context import Answer, Request
from handlers.emptiness import explained
from registry.queries import Query
from views import desk, questions
from views import owing as owing_view


async def listing(request: Request, query: Query) -> Answer:
    found, known = await request.register.listing(query, request.today), await request.register.names()
    is_empty = not (found.own.total or found.through.total or found.undated.total or found.withheld)
    explanation = await explained(request, query, known) if is_empty else None
    return explanation or Answer(desk.listing(found, known, request.voice))


async def mine(request: Request, query: Query) -> Answer:
    """Open for the offices somebody works for."""
    offices = query.offices or request.person.offices
    if not offices:
        return Answer(questions.no_offices(request.say))
    return await listing(request, query.model_copy(update={"offices": offices}))


async def owing(request: Request, query: Query) -> Answer:
    owed, known = await request.register.owing(query, request.today), await request.register.names()
    explanation = None if owed else await explained(request, query, known)
    return explanation or Answer(owing_view.owing(owed, query, known, request.voice))
