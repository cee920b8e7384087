"""Questions in one's own words, and the commands and buttons that ask the same."""

from functools import partial

from handlers import errors, listings, records, summary
from handlers.context import Answer, Handler, Request
from handlers.understanding import understand
from handlers.understanding.wishes import begins_as_wish
from locales.phrases import term
from registry.folding import tidy
from registry.people import Role
from registry.queries import Intent, Query, Understanding
from registry.querycode import decode
from views import errors as error_views
from views import questions

LONGEST = 300

ANSWERS = {
    Intent.OPEN: listings.listing,
    Intent.OVERDUE: listings.listing,
    Intent.DEADLINES: listings.listing,
    Intent.MINE: listings.mine,
    Intent.SEARCH: listings.listing,
    Intent.OWING: listings.owing,
    Intent.SUMMARY: summary.summary,
    Intent.SHOW: records.show,
    Intent.HISTORY: records.history,
}

# Cards and histories change with more than the register: whom they are shown to, and the hour.
_OF_ONE_RECORD = frozenset({Intent.SHOW, Intent.HISTORY})

# The word that asks for each intent in a question of one's own words: "/open A50" asks what "open A50" asks.
ASKING_WORDS = {
    Intent.OPEN: term("question", "open"),
    Intent.OVERDUE: term("question", "overdue"),
    Intent.DEADLINES: term("question", "deadlines"),
    Intent.MINE: term("question", "mine"),
    Intent.SEARCH: term("question", "search"),
    Intent.SUMMARY: term("question", "summary"),
    Intent.SHOW: term("question", "show"),
    Intent.HISTORY: term("question", "history"),
}
_NEEDS_WORDS = {
    Intent.SEARCH: questions.nothing_to_search,
    Intent.SHOW: questions.no_reference,
    Intent.HISTORY: questions.no_reference,
}


async def ask(request: Request) -> Answer:
    """Answers a question in one's own words; whatever was not understood is named."""
    if not tidy(request.words):
        return Answer(questions.empty(request.say))
    return await _ask(request, request.words)


def command(intent: Intent) -> Handler:
    """The command that asks for one intent, with the same words after it as a free question has."""

    async def ask_for(request: Request) -> Answer:
        if intent in _NEEDS_WORDS and not tidy(request.words):
            return Answer(_NEEDS_WORDS[intent](request.say))
        return await _ask(request, f"{request.say.of(*ASKING_WORDS[intent])} {request.words}".strip())

    return ask_for


async def follow(request: Request) -> Answer:
    """Answers the question a button carries."""
    query = decode(request.data)
    return await answer(request, query) if query else errors.outdated(request)


async def answer(request: Request, query: Query) -> Answer:
    compose = partial(ANSWERS[query.intent], request, query)
    return await (compose() if query.intent in _OF_ONE_RECORD else request.answered(query, compose))


async def shown_instead(request: Request, ref: str, who: Role) -> Answer:
    """What a record says now, to somebody who may not change it."""
    found = await answer(request, Query(intent=Intent.SHOW, ref=ref))
    if found.message is None:
        return found
    return Answer(questions.instead_of_wish(found.message, error_views.not_allowed_briefly(who, request.say)))


async def _ask(request: Request, words: str) -> Answer:
    if len(request.words) > LONGEST:
        return Answer(error_views.too_long(LONGEST, request.say))
    understood = await request.understood(words, partial(_understood, request, words))
    if understood == Understanding():
        return Answer(questions.empty(request.say))
    if understood.query is None:
        if _wants_change(understood):
            return Answer(questions.no_such_wish(request.reader.role, request.say))
        return Answer(questions.not_understood(understood, request.words, request.voice))
    found = await answer(request, understood.query)
    if found.message is None:
        return found
    if _wants_change(understood):
        why = questions.nothing_done(request.reader.role, request.say)
        return Answer(questions.instead_of_wish(found.message, why), toast=found.toast)
    message = questions.with_leftovers(found.message, understood, request.words, request.voice)
    return Answer(message, toast=found.toast)


def _wants_change(understood: Understanding) -> bool:
    """Whether what was not understood begins with the wish to change a record: ``setze 1.5.M1 auf quark``."""
    return bool(understood.not_understood) and begins_as_wish(understood.not_understood[0])


async def _understood(request: Request, words: str) -> Understanding:
    return understand(
        words,
        today=request.today,
        offices=request.offices,
        names=await request.register.names(),
        own_offices=request.person.offices,
    )
