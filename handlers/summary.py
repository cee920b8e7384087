"""Where a scope stands."""

from handlers.context import Answer, Request
from handlers.emptiness import explained
from registry.people import Role
from registry.queries import Query
from views import summary as summary_view


async def summary(request: Request, query: Query) -> Answer:
    stand, known = await request.register.summary(query, request.today), await request.register.names()
    is_empty = not (stand.measures or stand.inquiries or stand.stubs or stand.withheld)
    explanation = await explained(request, query, known) if is_empty else None
    coordinates = request.reader.role >= Role.COORDINATOR
    return explanation or Answer(summary_view.summary(stand, known, request.voice, for_coordination=coordinates))
