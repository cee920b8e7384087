"""Whose records a digest is about, in somebody's own words."""

from handlers.asking import ASKING_WORDS, LONGEST
from handlers.context import Request
from handlers.understanding import understand
from registry.queries import Intent, Names, Query

_PLACES = ("offices", "field", "recommendation", "concept", "programme", "originator")


def read_scope(request: Request, known: Names, words: str) -> tuple[Query | None, str, tuple[Query, ...]]:
    """The scope; or the words that name none, with what they may have meant. Words that ask for more than a scope are
    none of these."""
    if len(words) > LONGEST:
        return None, words, ()
    own = request.person.offices
    understood = understand(
        f"{request.say.of(*ASKING_WORDS[Intent.OPEN])} {words}",
        today=request.today,
        offices=request.offices,
        names=known,
        own_offices=own,
    )
    scope = _as_scope(understood.query, own) if understood.query else None
    if scope is not None and not understood.not_understood:
        return scope, "", ()
    found = (_as_scope(one.query, own) for one in understood.offers)
    offers = tuple(one for one in found if one and any(getattr(one, name) for name in _PLACES))
    is_more = understood.query is not None and not understood.not_understood
    return None, "" if is_more else ", ".join(understood.not_understood) or words, offers


def _as_scope(query: Query, own: tuple[str, ...]) -> Query | None:
    """The question as a scope, if it is nothing else: a period, a status or words to search for do not come round."""
    if query.intent is Intent.MINE and own and not query.offices:
        query = query.model_copy(update={"intent": Intent.OPEN, "offices": own})
    said = {name: getattr(query, name) for name in (*_PLACES, "kinds")}
    scope = Query.model_validate({"intent": Intent.OPEN, **said})
    return scope if query.model_copy(update={"page": 0}) == scope else None
