"""What a deed does besides changing its record: what it makes public, or which messages it takes back."""

from handlers.context import Request
from registry.deeds import RecordDeed, SetVisibility, Subject
from registry.inquiries import Inquiry, QuestionList
from registry.visibility import Clearance, Visibility
from views import recall, releasing
from views.html import Html


async def of(request: Request, deed: RecordDeed, after: Subject) -> tuple[Html, ...]:
    match deed:
        case SetVisibility(to=Visibility.PUBLIC):
            with_it = await _question_list(request, after)
            return releasing.disclosed(after, request.voice, question_list=with_it)
        case SetVisibility(to=Visibility.NONPUBLIC):
            found = await request.register.carriers(deed.ref, request.now)
            own = (request.chat.id, request.message)  # what is answered in the place of this message is gone with it
            kept = [one for one in found if not request.is_press or (one.chat, one.message) != own]
            seen = request.reader.clearance is Clearance.CONTENT
            return (*recall.recalled(kept, request.voice), *(() if seen else recall.leaves_sight(request.say)))
    return ()


async def _question_list(request: Request, after: Subject) -> QuestionList | None:
    if not isinstance(after, Inquiry):
        return None
    lists = await request.register.lists()
    hidden = (one for one in lists if one.key == after.list and one.visibility is Visibility.NONPUBLIC)
    return next(hidden, None)
