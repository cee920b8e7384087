"""``/new measure``: a measure that no document brought."""

import re

from handlers import errors
from handlers.context import Answer, Request
from handlers.preparing import CANCEL, CONFIRM, await_words, do, is_preview, new_token, prepare, stop_asking, using_up
from handlers.reporting import first_reference
from registry.deeds import NewMeasure, Undo
from registry.doing import NotPossible, Obstacle
from registry.doing.measures import created
from registry.folding import tidy
from registry.people import Role
from registry.prepared import Prepared, PreparedAct
from registry.queries import Kind
from registry.references import reference_kind
from registry.visibility import Clearance, Visibility, strictest_readable
from views import new_measures as views

_FIELDS = ("concept", "title", "lead_offices", "deadline", "to")
_TEXT = re.compile(r"\W*(?P<title>.*)", re.DOTALL)


async def new(request: Request) -> Answer:
    """``/new measure 1.5.M9 Advice in the district``; what is left out is asked for, one thing after the other."""
    if not request.is_private:
        # Whether a number is free is told to nobody who may not see what has it.
        return Answer(views.only_in_private(request.say))
    ref, title = first_reference(request.words)
    if ref is None or reference_kind(ref) is not Kind.MEASURE:
        return Answer(views.which_number(request.say), changes=(await_words(request, NewMeasure(ref=""), "ref"),))
    found = _TEXT.fullmatch(title)
    return await propose(request, NewMeasure(ref=ref, title=(tidy(found["title"]) if found else "") or None))


async def propose(request: Request, deed: NewMeasure) -> Answer:
    """Goes on: refuses it, asks for what is missing, or shows what would be saved."""
    if request.reader.role < Role.COORDINATOR:
        return errors.refuse_role(request, Role.COORDINATOR)
    if request.reader.clearance < Clearance.REFERENCE:
        # Whether a number is free would tell which hidden measures there are.
        return Answer(views.only_by_document(request.say), changes=stop_asking(request))
    deed = await _completed(request, deed)
    if deed.concept is not None and await request.register.is_number_taken(deed.concept, deed.ref):
        return Answer(views.taken(deed.ref, request.say), changes=stop_asking(request))
    try:
        after = created(deed, request.offices)
    except NotPossible as obstacle:
        problem = views.problem(obstacle.obstacle, obstacle.words, request.say)
        field = "title" if obstacle.obstacle is Obstacle.TEXT_TOO_LONG else "lead_offices"
        return await _ask_for(request, deed.model_copy(update={field: None}), field, problem)
    if missing := next((field for field in _FIELDS if not getattr(deed, field)), None):
        return await _ask_for(request, deed, missing)
    confirm = prepare(request, deed, PreparedAct.DO)
    message = views.preview(after, confirm=CONFIRM + confirm.token, cancel=CANCEL + confirm.token, voice=request.voice)
    return Answer(message, changes=(*stop_asking(request), confirm))


async def _completed(request: Request, deed: NewMeasure) -> NewMeasure:
    """With what there is no choice of: the only concept, and public where nobody could read anything else."""
    concepts = (await request.register.names()).concepts
    concept = deed.concept or (concepts[0] if len(concepts) == 1 else None)
    to = deed.to if request.reader.clearance is Clearance.CONTENT else Visibility.PUBLIC
    return deed.model_copy(update={"concept": concept, "to": to})


async def _ask_for(request: Request, deed: NewMeasure, field: str, problem: str = "") -> Answer:
    options: dict[str, tuple[str, ...]] = {
        "concept": (await request.register.names()).concepts,
        "to": tuple(Visibility),
    }
    label = strictest_readable(request.reader.clearance)
    if field not in options:
        message = views.asks_for_words(deed, field, problem, label, request.say)
        return Answer(message, changes=(await_words(request, deed, field),))
    chosen = [
        (one, prepare(request, deed.model_copy(update={field: one}), PreparedAct.CHOOSE)) for one in options[field]
    ]
    keys = tuple((one, CONFIRM + change.token) for one, change in chosen)
    message = views.choose(deed, field, keys, label, request.voice)
    return Answer(message, changes=(*stop_asking(request), *(change for _, change in chosen)))


async def said(request: Request, deed: NewMeasure, field: str) -> Answer:
    if field == "ref":
        return await new(request)
    return await propose(request, deed.model_copy(update={field: tidy(request.words) or None}))


async def pressed(request: Request, deed: NewMeasure, button: Prepared, token: str) -> Answer:
    proposed = await propose(request, deed)
    if button.act is not PreparedAct.DO or not is_preview(proposed):
        return using_up(request, token, proposed)
    after, deed_id = created(deed, request.offices), new_token()
    undo = prepare(request, Undo(of=deed_id), PreparedAct.DO)
    message = views.saved(after, undo=CONFIRM + undo.token, voice=request.voice)
    changes = (do(request, deed_id, deed, token), undo, *stop_asking(request))
    return Answer(message, toast=views.saved_briefly(request.say), changes=changes)
