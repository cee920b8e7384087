"""``/new inquiries``: a list of questions, typed or pasted; what it lacks is asked, then it is read as a document."""

from typing import NamedTuple

from documents.question_list import Head, read_head, without_head
from handlers import errors
from handlers.context import Answer, Request
from handlers.preparing import await_words, new_token
from registry.changes import KeepDraft
from registry.deeds import ImportDocument
from registry.deeds.questions import NewQuestions
from registry.drafts import DRAFT_LASTS, Draft
from registry.folding import tidy
from registry.people import Role
from registry.periods import read_due
from registry.visibility import strictest_readable
from views import question_lists as views

_FIELDS = ("title", "originator", "on")
_LONGEST = 300  # characters of a title or a name


class Said(NamedTuple):
    """The deed with what was said, or why that will not do."""

    deed: NewQuestions
    problem: str = ""


async def new(request: Request) -> Answer:
    """With or without the list itself behind it."""
    if not request.is_private:
        return Answer(views.only_in_private(request.bot_name, request.say))
    return _go_on(request, _with_list(NewQuestions(), request.words))


async def said(request: Request, deed: NewQuestions, field: str) -> Answer:
    """One thing that the list lacks; who pastes the list instead has said more than was asked."""
    if request.reader.role < Role.COORDINATOR:
        return errors.refuse_role(request, Role.COORDINATOR)
    if "\n" in request.words.strip():
        return _go_on(request, _with_list(deed, request.words))
    told = _told(request, deed, field)
    return _go_on(request, told.deed, told.problem)


def _with_list(deed: NewQuestions, text: str) -> NewQuestions:
    head = read_head(text)
    return deed.model_copy(
        update={
            "title": deed.title or head.title or None,
            "originator": deed.originator or head.originator or None,
            "committee": deed.committee or head.committee,
            "concept": deed.concept or head.concept,
            "on": deed.on or head.on,
            "text": "\n".join(filter(None, (deed.text, without_head(text).strip()))),
        }
    )


def _told(request: Request, deed: NewQuestions, field: str) -> Said:
    words = tidy(request.words)
    if field == "on":
        on = read_due(words, request.today, request.workdays)
        return Said(deed.model_copy(update={"on": on}), "" if on else views.no_date(words, request.say))
    if len(words) > _LONGEST:
        return Said(deed, views.too_long(_LONGEST, request.say))
    return Said(deed.model_copy(update={field: words or None}))


def _go_on(request: Request, deed: NewQuestions, problem: str = "") -> Answer:
    missing = next((field for field in _FIELDS if not getattr(deed, field)), None)
    if missing is not None:
        message = views.asks_for(missing, deed, problem, strictest_readable(request.reader.clearance), request.say)
        return Answer(message, changes=(await_words(request, deed, missing),))
    head = Head(deed.title or "", deed.originator or "", deed.committee, deed.concept, deed.on)
    return _collect(request, deed, head)


def _collect(request: Request, deed: NewQuestions, head: Head) -> Answer:
    """From here on it is a document whose first part is its head."""
    parts = (f"{head.written()}\n", *((deed.text,) if deed.text else ()))
    draft = Draft(
        id=new_token(),
        person=request.person.id,
        chat=request.chat.id,
        parts=parts,
        has_head=True,
        expires_at=request.now + DRAFT_LASTS,
    )
    waiting = await_words(request, ImportDocument(draft=draft.id, source=""), "text")
    message = views.asks_for_questions(deed, draft, strictest_readable(request.reader.clearance), request.say)
    return Answer(message, changes=(KeepDraft(draft=draft), waiting))
