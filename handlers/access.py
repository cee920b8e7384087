"""How people come in: links that give a role once, and guests who ask for one."""

import re
from datetime import timedelta

from handlers.context import Answer, Request, Told
from handlers.preparing import CONFIRM, prepare
from handlers.seconding import voice_of
from locales.translations import language
from registry.administered import Invitation
from registry.changes import Prepare, RequestAccess, UseInvitation
from registry.deeds import DeclineAccess, GrantRole
from registry.people import Role, Staff
from registry.prepared import PreparedAct
from storage.invitations import given_by
from views import invitations as views

_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MOST_AN_HOUR = 10  # requests that administrators are told of; the others wait in the list of people
_REQUEST_LASTS = timedelta(days=7)


async def invited(request: Request) -> Answer | None:
    """``/start CODE``; None where it is no code, or none of ours and the person is no guest."""
    code = request.words.strip()
    if not request.is_private or not _CODE.fullmatch(code):
        return None
    directory = request.register.directory
    invitation = await directory.invitation(code)
    has_access = request.person.role > Role.GUEST
    if not invitation.code_hash:
        return None if has_access else Answer(views.no_longer_valid(request.say, has_access=False))
    if invitation.is_used:
        return Answer(views.used_already(request.say, has_access=has_access))
    stands = await directory.issuer_stands(invitation, request.person.id, request.today)
    if not stands or _is_over(invitation, request):
        return Answer(views.no_longer_valid(request.say, has_access=has_access))
    before = await directory.person(request.person.id)
    given = given_by(invitation, before, request.today)
    if given is None or before.is_set:
        return Answer(views.gives_nothing_more(request.say))
    return await _let_in(request, invitation, given)


def _is_over(invitation: Invitation, request: Request) -> bool:
    role_has_ended = invitation.until is not None and invitation.until < request.today
    is_late = invitation.expires_at is not None and invitation.expires_at <= request.now
    return invitation.is_withdrawn or is_late or role_has_ended


async def _let_in(request: Request, invitation: Invitation, given: Staff) -> Answer:
    change = UseInvitation(
        code_hash=invitation.code_hash, person=request.person.id, at=request.now, today=request.today
    )
    told = []
    for admin in await request.register.directory.admins(request.today):
        if await request.register.directory.has_written(admin.number):
            voice = await voice_of(request, admin.number)
            told.append(Told(admin.number, views.new_person(request.person.id, given.role, voice)))
    return Answer(views.welcomed(given, request.voice), changes=(change,), told=tuple(told))


async def ask(request: Request) -> Answer:
    """A guest asks for access: once, and again a week after it was declined."""
    directory, say = request.register.directory, request.say
    if request.reader.role > Role.GUEST:
        return Answer(toast=views.has_access(say))
    if not await directory.may_ask(request.person.id, request.now):
        known = await directory.access_request(request.person.id)
        return Answer(toast=views.declined_lately(say) if known.is_declined else views.asked_before(say), alert=True)
    changes: list[RequestAccess | Prepare] = [RequestAccess(person=request.person.id, at=request.now)]
    told: list[Told] = []
    if await directory.asked_lately(request.now) < _MOST_AN_HOUR:
        for admin in await directory.admins(request.today):
            if await directory.has_written(admin.number):
                accept, decline = _buttons(request, admin.number)
                changes += (accept, decline)
                chosen = language(await directory.language_of(admin.number))
                asks = views.somebody_asks(request.person.id, CONFIRM + accept.token, CONFIRM + decline.token, chosen)
                told.append(Told(admin.number, asks))
    return Answer(views.asked(request.person.id, say), changes=tuple(changes), told=tuple(told))


def _buttons(request: Request, admin: int) -> tuple[Prepare, Prepare]:
    """What one administrator may answer, in the chat they have with the bot."""
    accept = prepare(request, GrantRole(person=request.person.id), PreparedAct.CHOOSE)
    decline = prepare(request, DeclineAccess(person=request.person.id), PreparedAct.CHOOSE)
    here = {"person": admin, "chat": admin, "expires_at": request.now + _REQUEST_LASTS}
    theirs = (button.model_copy(update={"what": button.what.model_copy(update=here)}) for button in (accept, decline))
    first, second = theirs
    return first, second
