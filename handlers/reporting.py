"""What office staff report, in one line or step by step."""

from handlers import deeds
from handlers.context import Answer, Request
from handlers.understanding.statuses import read_status
from registry.deeds import ReportStatus, SetVisibility, WriteNote
from registry.folding import fold
from registry.references import read_reference
from registry.visibility import Visibility
from views import questions
from views import reporting as views

_PUBLIC = frozenset({"public", "oeffentlich"})
_NONPUBLIC = frozenset({"nonpublic", "non-public", "nichtoeffentlich", "nicht-oeffentlich", "nicht oeffentlich"})


async def status(request: Request) -> Answer:
    """``/status 1.4.M1 teilweise Plätze reserviert``; what is left out is asked for."""
    ref, words = first_reference(request.words)
    if ref is None:
        return Answer(views.status_needs_reference(request.say))
    said, text = read_status(words)
    if said is None and words:
        return Answer(views.no_such_status(ref, words, request.say))
    return await deeds.propose(request, ReportStatus(ref=ref, status=said, text=text or None))


async def note(request: Request) -> Answer:
    ref, words = first_reference(request.words)
    if ref is None:
        return Answer(questions.no_reference(request.say))
    return await deeds.propose(request, WriteNote(ref=ref, text=words or None))


async def visibility(request: Request) -> Answer:
    """In private alone: in a group everybody would learn what is not public, and that it is."""
    if not request.is_private:
        return Answer(views.visibility_in_private(request.say))
    ref, words = first_reference(request.words)
    if ref is None:
        return Answer(questions.no_reference(request.say))
    said = fold(words)
    to = Visibility.PUBLIC if said in _PUBLIC else Visibility.NONPUBLIC if said in _NONPUBLIC else None
    return await deeds.propose(request, SetVisibility(ref=ref, to=to))


def first_reference(words: str) -> tuple[str | None, str]:
    """The reference that a command's words begin with, however many words it takes, and what comes after it."""
    parts = words.split()
    for end in range(min(len(parts), 4), 0, -1):
        if ref := read_reference(" ".join(parts[:end])):
            return ref, words.split(maxsplit=end)[end] if len(parts) > end else ""
    return None, words
