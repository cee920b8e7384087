"""Words that are asked for in a group: a way to give up beside the question, and what others answer to it."""

from dataclasses import replace

from handlers.context import Answer, Request
from handlers.preparing import CANCEL, prepare
from registry.changes import Await
from registry.prepared import PreparedAct
from views import awaiting as views


def beside(request: Request, answer: Answer) -> Answer:
    """A message opens a reply or has buttons, never both, so that in a group the way to give up is one of its own."""
    entry = next((change.entry for change in answer.changes if isinstance(change, Await) and change.entry), None)
    if request.is_private or entry is None or answer.message is None or not answer.message.asks:
        return answer
    button = prepare(request, entry.deed, PreparedAct.SAY, field=entry.field)
    ahead = views.give_up(CANCEL + button.token, request.say)
    return replace(answer, ahead=ahead, changes=(*answer.changes, button))


async def overheard(request: Request) -> Answer | None:
    """What to say to words that answer a question put to somebody else, or too late; None where they answer none."""
    if request.replied is None or not await request.register.own.asked_in(request.replied):
        return None
    refs = await request.register.own.listed_in(request.replied)
    about = await request.register.subject(refs[0]) if len(refs) == 1 else None
    return Answer(views.not_for_you(about, request.say))
