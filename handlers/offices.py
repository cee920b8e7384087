"""The office tree: read by everybody with access, changed by administrators."""

from documents import offices as office_files
from documents.findings import Unreadable
from handlers import administering
from handlers.context import Answer, Request
from handlers.preparing import CONFIRM, prepare
from registry.deeds import ChangeOffice, LoadOffices
from registry.offices import Office
from registry.people import Role
from registry.prepared import PreparedAct
from views import offices as views


async def offices(request: Request) -> Answer:
    """``/offices`` shows the tree, ``/offices A50`` one of it; with the text of an office file it is loaded."""
    if office_files.recognises(request.words):
        return await _load(request)
    words = request.words.strip()
    if not words:
        return Answer(views.tree(request.voice, may_change=_may_change(request)))
    office = request.offices.find(words)
    return _one(request, office) if office else Answer(views.unknown(words, request.say))


def _may_change(request: Request) -> bool:
    return request.person.role is Role.ADMIN


async def _load(request: Request) -> Answer:
    """What the text says of an office wins; an office that it does not name stays as it is."""
    try:
        reading = office_files.read(request.words, source="chat", offices=request.offices)
    except Unreadable as error:
        return Answer(views.unreadable(error.line, error.words, request.say))
    except RecursionError:
        return Answer(views.unreadable(0, "", request.say))
    return await administering.propose(request, LoadOffices(offices=reading.offices))


def _one(request: Request, office: Office) -> Answer:
    if not _may_change(request):
        return Answer(views.one(office, (), request.voice))
    change = ChangeOffice(code=office.code)
    prepared = [(name, prepare(request, change, PreparedAct.SAY, field=name)) for name in views.FIELDS]
    keys = [(name, CONFIRM + button.token) for name, button in prepared]
    return Answer(views.one(office, keys, request.voice), changes=tuple(button for _, button in prepared))
