"""Who else hears of what administrators do: the one it is about, the other administrators, and a second to agree."""

from dataclasses import dataclass, replace

from handlers.context import Answer, Request, Told
from handlers.preparing import CANCEL, CONFIRM, prepare
from locales.translations import language
from registry.administered import AccessRequest, AdminSubject, Situation
from registry.changes import Prepare
from registry.deeds import AdminDeed, ClearChat, Deed, GrantRole, SetDigest
from registry.people import Role, Staff
from registry.prepared import PreparedAct
from views import invitations as invitation_views
from views import people as people_views
from views import seconding as views
from views.message import Message
from views.voice import Voice


@dataclass(frozen=True)
class Possible:
    """A deed that says all it has to, what it meets, and what becomes of that."""

    deed: AdminDeed
    at: Situation
    after: AdminSubject


async def told(request: Request, possible: Possible) -> tuple[Told, ...]:
    """The person it is about, and every other administrator, as far as they ever wrote to the bot."""
    deed, at, after = possible.deed, possible.at, possible.after
    if isinstance(deed, SetDigest):  # a chat's own affair
        return ()
    messages = []
    if isinstance(after, Staff) and await request.register.directory.has_written(after.number):
        messages.append(Told(after.number, people_views.told_role(after, await voice_of(request, after.number))))
    if isinstance(after, AccessRequest):
        messages.append(Told(after.person, invitation_views.declined((await voice_of(request, after.person)).say)))
    about = after.number if isinstance(after, Staff) else 0
    for admin in at.others:
        if admin.number != about and await request.register.directory.has_written(admin.number):
            voice = await voice_of(request, admin.number)
            messages.append(Told(admin.number, views.told_other_admins(deed, at, after, voice)))
    return tuple(messages)


async def voice_of(request: Request, person: int) -> Voice:
    """How somebody else is spoken to: in the language they chose."""
    return replace(request.voice, say=language(await request.register.directory.language_of(person)))


async def ask_a_second(request: Request, deed: GrantRole | ClearChat, possible: Possible) -> Answer:
    """Each of the others gets a button of their own; the first who presses it does the deed."""
    at, seconded = possible.at, deed.model_copy(update={"proposed_by": request.person.id})
    changes: list[Prepare] = []
    told: list[Told] = []
    for admin in at.others:
        if not await request.register.directory.has_written(admin.number):
            continue
        button = prepare(request, seconded, PreparedAct.DO, version=at.version)
        here = {"person": admin.number, "chat": admin.number}
        button = button.model_copy(update={"what": button.what.model_copy(update=here)})
        changes.append(button)
        told.append(Told(admin.number, await _asks(request, admin, possible, button.token)))
    if not told:
        return Answer(views.nobody_to_ask(deed, at, request.voice))
    message = views.asked_a_second(deed, at, possible.after, request.voice)
    return Answer(message, changes=tuple(changes), told=tuple(told))


async def not_seconded(request: Request, deed: Deed) -> tuple[Told, ...]:
    """Whoever proposed what a second administrator leaves hears of it, and what may be done then."""
    if not isinstance(deed, GrantRole | ClearChat) or deed.proposed_by is None or request.person.role < Role.ADMIN:
        return ()
    at = await request.register.directory.situation(deed, by=request.person.id, today=request.today)
    if all(admin.number != deed.proposed_by for admin in at.admins):
        return ()
    voice = await voice_of(request, deed.proposed_by)
    return (Told(deed.proposed_by, views.not_seconded(deed, at, voice)),)


async def _asks(request: Request, admin: Staff, possible: Possible, token: str) -> Message:
    return views.asks_a_second(
        possible.deed,
        possible.at,
        possible.after,
        confirm=CONFIRM + token,
        cancel=CANCEL + token,
        voice=await voice_of(request, admin.number),
    )
