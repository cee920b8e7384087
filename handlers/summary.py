"""Where a scope stands."""

from handlers.context import Answer, Request
from registry.queries import Query
from views import summary as summary_view


async def summary(request: Request, query: Query) -> Answer:
    stand = await request.register.summary(query, request.today)
    return Answer(summary_view.summary(stand, await request.register.names(), request.voice))
