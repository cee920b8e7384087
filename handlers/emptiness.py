"""Why nothing was found, where there is more to say than that."""

from handlers.context import Answer, Request
from registry.queries import Intent, Names, Query
from views import emptiness

_EVERYTHING = Query(intent=Intent.SEARCH)


async def explained(request: Request, query: Query, known: Names) -> Answer | None:
    """What is said instead of an empty answer, or None where the emptiness is the answer."""
    number = query.recommendation[0] if query.recommendation else query.field
    if known == Names() and await _is_register_empty(request):
        return Answer(emptiness.empty_register(request.reader.role, request.say))
    if number is not None and all(field.number != number for field in known.fields):
        return Answer(emptiness.unknown_field(number, query, known, request.voice))
    return None


async def _is_register_empty(request: Request) -> bool:
    everything = await request.register.listing(_EVERYTHING, request.today)
    return not everything.own.total and not everything.withheld
