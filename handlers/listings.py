"""What is open, overdue, due or found, and who still owes what."""

from handlers.context import Answer, Request
from registry.queries import Query
from views import desk, questions
from views import owing as owing_view


async def listing(request: Request, query: Query) -> Answer:
    found = await request.register.listing(query, request.today)
    return Answer(desk.listing(found, await request.register.names(), request.voice))


async def mine(request: Request, query: Query) -> Answer:
    """Open for the offices somebody works for."""
    offices = query.offices or request.person.offices
    if not offices:
        return Answer(questions.no_offices(request.say))
    return await listing(request, query.model_copy(update={"offices": offices}))


async def owing(request: Request, query: Query) -> Answer:
    owed = await request.register.owing(query, request.today)
    return Answer(owing_view.owing(owed, query, await request.register.names(), request.voice))
