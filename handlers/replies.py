"""Words that want something of a record: free wishes, and replies to a message that lists records."""

from dataclasses import replace

from handlers import deeds
from handlers.context import Answer, Request
from handlers.reporting import first_reference
from handlers.understanding.wishes import Known, Wish, read_reply, read_wish
from registry.deeds import ReportStatus
from registry.identity import visibility_of
from registry.periods import read_due
from registry.routing import read_routing
from registry.visibility import label_of as label_of_all
from views import replies as views

LONGEST_SHORTHAND = 3  # letters of "12." before the words of a command

# Commands about one record, which a reply need not name.
ABOUT_A_RECORD = frozenset(
    {"status", "note", "visibility", "answer", "notmine", "assign", "due", "return", "release", "show", "history"}
)


async def wish(request: Request) -> Wish | None:
    """What the words want done; None where they may as well be a question."""
    listed = await _listed(request)
    known = Known(
        are_places=lambda words: _are_places(words, request),
        is_date=lambda words: read_due(words, request.today, request.workdays) is not None,
        listed=listed,
        is_numbered=request.numbered,
    )
    if listed:
        found = read_reply(request.words, known)
        # A number whose item stands in another message names none here.
        return replace(found, refs=()) if found and "" in found.refs else found

    async def read() -> Wish | None:
        return read_wish(request.words, known)

    return await request.shelves.wishes.take((request.words, request.today), request.revision, read)


async def answers_entry(request: Request) -> bool:
    """Whether words are those that the person is being asked for: not where they answer another message."""
    if request.entry is None:
        return False
    listed = set(await _listed(request))
    return not listed or listed == {getattr(request.entry.deed, "ref", None)}


async def unclear(request: Request, wished: Wish) -> Answer:
    """Asks which record is meant, or says that there is none."""
    if not wished.command:
        return Answer(views.one_at_a_time(request.say))
    if not wished.refs:
        return Answer(views.no_such_item(request.say))
    found = [await request.register.subject(ref) for ref in wished.refs]
    label = label_of_all(visibility_of(one) for one in found if one)
    return Answer(views.which(wished.command, [(ref, wished.words(ref)) for ref in wished.refs], label, request.say))


async def note_state(request: Request, ref: str, text: str) -> Answer:
    """The current state of a measure without its status, which is then asked for."""
    return await deeds.propose(request, ReportStatus(ref=ref, text=text))


async def about_what_it_answers(request: Request, command: str) -> Request:
    """The command with the number of the record in front that the message it answers speaks of, if it names none."""
    if request.replied is None or command not in ABOUT_A_RECORD or first_reference(request.words)[0]:
        return request
    listed = await _listed(request)
    item, _, rest = request.words.strip().partition(" ")
    place = int(item.rstrip(".")) if item.rstrip(".").isdecimal() and len(item) <= LONGEST_SHORTHAND else 0
    if 1 <= place <= len(listed) and listed[place - 1]:
        return replace(request, words=f"{listed[place - 1]} {rest}".strip())
    return replace(request, words=f"{listed[0]} {request.words}".strip()) if len(set(listed)) == 1 else request


async def _listed(request: Request) -> tuple[str, ...]:
    return () if request.replied is None else await request.register.own.listed_in(request.replied)


def _are_places(words: str, request: Request) -> bool:
    """Whether words are a routing of which every place is known."""
    routing = read_routing(words, request.offices)
    return routing is not None and not routing.unknown
