"""The way of what administrators do: said, shown, confirmed, agreed to by a second where one is needed, taken back."""

import secrets
from dataclasses import replace
from datetime import date

from handlers import errors
from handlers.context import Answer, Request
from handlers.granting import ForOffices, choices, offices_to_pick
from handlers.preparing import CANCEL, CONFIRM, await_words, do, new_token, prepare, stop_asking, using_up
from handlers.seconding import Possible, ask_a_second, told
from registry import rights
from registry.administered import NotGranted, Situation, version_of
from registry.administration import check_person, lacking, needs_second, outcome, reverse
from registry.changes import Prepare
from registry.deeds import AdminDeed, ClearChat, GrantRole, Invite
from registry.people import Role
from registry.periods import read_due
from registry.prepared import UNDO_LASTS, Prepared, PreparedAct
from storage.invitations import hashed
from views import administration as views
from views import invitations as invitation_views
from views import people as people_views

_CODE_BYTES = 24
_PICKS = "pick "  # of a button that opens the offices below one, or below none


async def propose(request: Request, deed: AdminDeed) -> Answer:
    """Goes on with a deed: refuses it, asks for what is missing, or shows what it would change."""
    considered = await _considered(request, deed)
    return _preview(request, considered) if isinstance(considered, Possible) else considered


async def _considered(request: Request, deed: AdminDeed) -> Possible | Answer:
    if not rights.may(request.person.role, (), deed, None, request.offices):
        return errors.refuse_role(request, Role.ADMIN)
    at = await request.register.directory.situation(deed, by=request.person.id, today=request.today)
    try:
        check_person(deed, at)
        if missing := lacking(deed):
            return _ask_for(request, deed, at, missing)
        return Possible(deed, at, outcome(deed, at))
    except NotGranted as hindrance:
        message = views.hindered(hindrance.hindrance, deed, at, request.voice)
        return Answer(message, changes=stop_asking(request))


def _ask_for(request: Request, deed: AdminDeed, at: Situation, field: str) -> Answer:
    """With a button for each answer there can be, else in the person's own words."""
    if field == "offices" and isinstance(deed, ForOffices):
        return _pick_offices(request, deed, "")
    offered = choices(deed, at, field, request.voice, most=request.reader.clearance)
    if not offered:
        return Answer(
            views.asks_for_words(deed, at, field, request.voice), changes=(await_words(request, deed, field),)
        )
    prepared = [(label, prepare(request, chosen, PreparedAct.CHOOSE)) for label, chosen in offered]
    keys = [(label, CONFIRM + change.token) for label, change in prepared]
    message = views.choose(deed, at, field, keys, request.voice)
    return Answer(message, changes=(*stop_asking(request), *(change for _, change in prepared)))


def _pick_offices(request: Request, deed: ForOffices, below: str) -> Answer:
    """Offices are chosen by tapping through the tree; each tap shows what is chosen so far."""
    prepared = [
        (label, prepare(request, chosen, PreparedAct.CHOOSE, field="" if shown is None else _PICKS + shown))
        for label, chosen, shown in offices_to_pick(deed, below, request.voice)
    ]
    keys = [(label, CONFIRM + change.token) for label, change in prepared]
    who = people_views.heading(deed.person, request.say) if isinstance(deed, GrantRole) else ""
    message = people_views.pick_offices(who, deed.offices, keys, request.voice)
    return Answer(message, changes=(*stop_asking(request), *(change for _, change in prepared)))


def _preview(request: Request, possible: Possible) -> Answer:
    deed, at = possible.deed, possible.at
    confirm = prepare(request, deed, PreparedAct.DO, version=at.version)
    more = [(field, _more(request, deed, field)) for field in _may_be_added(deed)]
    message = views.preview(
        deed,
        at,
        possible.after,
        confirm=CONFIRM + confirm.token,
        cancel=CANCEL + confirm.token,
        more=tuple((field, CONFIRM + change.token) for field, change in more),
        voice=request.voice,
    )
    return Answer(message, changes=(*stop_asking(request), confirm, *(change for _, change in more)))


def _may_be_added(deed: AdminDeed) -> tuple[str, ...]:
    """The fields that the deed may say more about, or otherwise."""
    match deed:
        case GrantRole(proposed_by=int()):
            return ()
        case GrantRole(role=Role.EDITOR):
            return ("until", "offices", "role", "stands_in_for")
        case GrantRole():
            return ("until", "role", "stands_in_for")
        case Invite(role=Role.EDITOR):
            return ("until", "offices", "role")
        case Invite():
            return ("until", "role")
    return ()


def _more(request: Request, deed: AdminDeed, field: str) -> Prepare:
    if field == "offices":
        return prepare(request, deed, PreparedAct.CHOOSE, field=_PICKS)
    if field == "role":
        return prepare(request, deed.model_copy(update={"role": None}), PreparedAct.CHOOSE)
    return prepare(request, deed, PreparedAct.SAY, field=field)


async def said(request: Request, deed: AdminDeed, field: str) -> Answer:
    """The words somebody was asked for; what they do not say is asked again."""
    value = _read(request, field, request.words.strip())
    if value is None:
        return await _asked(request, deed, field, unread=request.words)
    return await propose(request, deed.model_copy(update={field: value}))


def _read(request: Request, field: str, words: str) -> date | int | str | tuple[str, ...] | None:
    match field:
        case "until" | "stands_in_until":
            return read_due(words, request.today, request.workdays)
        case "stands_in_for":
            return int(words) if words.isascii() and words.isdigit() and len(words) < 17 else None
        case "aliases":
            return tuple(dict.fromkeys(alias for part in words.split(",") if (alias := part.strip())))
    return words or None


async def _asked(request: Request, deed: AdminDeed, field: str, *, unread: str = "") -> Answer:
    if not rights.may(request.person.role, (), deed, None, request.offices):
        return errors.refuse_role(request, Role.ADMIN)
    at = await request.register.directory.situation(deed, by=request.person.id, today=request.today)
    if offered := choices(deed, at, field, request.voice, most=request.reader.clearance):
        prepared = [(label, prepare(request, chosen, PreparedAct.CHOOSE)) for label, chosen in offered]
        keys = [(label, CONFIRM + change.token) for label, change in prepared]
        return Answer(
            views.choose(deed, at, field, keys, request.voice), changes=tuple(change for _, change in prepared)
        )
    message = views.asks_for_words(deed, at, field, request.voice, unread=unread)
    return Answer(message, changes=(await_words(request, deed, field),))


async def pick_offices(request: Request, deed: ForOffices) -> Answer:
    """Begins to say which offices something is for."""
    return _pick_offices(request, deed, "")


async def pressed(request: Request, deed: AdminDeed, button: Prepared, token: str) -> Answer:
    if button.act is PreparedAct.DO:
        return await _confirmed(request, deed, button, token)
    if button.act is PreparedAct.SAY:
        answer = await _asked(request, deed, button.field)
    elif button.field.startswith(_PICKS) and isinstance(deed, ForOffices) and request.person.role is Role.ADMIN:
        answer = _pick_offices(request, deed, button.field.removeprefix(_PICKS))
    else:
        answer = await propose(request, deed)
    return using_up(request, token, answer)


async def _confirmed(request: Request, deed: AdminDeed, shown: Prepared, token: str) -> Answer:
    """Does it, if it still fits, or asks a second; else it is shown as it would be now."""
    code = secrets.token_urlsafe(_CODE_BYTES) if isinstance(deed, Invite) else ""
    if isinstance(deed, Invite):
        deed = deed.model_copy(update={"code_hash": hashed(code)})
    considered = await _considered(request, deed)
    if isinstance(considered, Answer):
        return using_up(request, token, considered)
    if considered.at.version != shown.version:
        anew = _preview(request, considered)
        message = anew.message and views.changed_meanwhile(anew.message, request.say)
        return using_up(request, token, replace(anew, message=message))
    if isinstance(deed, GrantRole | ClearChat) and needs_second(deed, considered.at):
        return using_up(request, token, await ask_a_second(request, deed, considered))
    return await _done(request, considered, token, code)


async def _done(request: Request, possible: Possible, token: str, code: str) -> Answer:
    deed, at, after = possible.deed, possible.at, possible.after
    undo = _undo(request, possible)
    key = CONFIRM + undo.token if undo else None
    if code:
        message = invitation_views.link(request.bot_name, code, after, undo=key, voice=request.voice)
    else:
        message = views.saved(deed, at, after, undo=key, voice=request.voice)
    return Answer(
        message,
        toast=views.saved_briefly(request.say),
        changes=(
            do(request, new_token(), deed, token, version=at.version),
            *((undo,) if undo else ()),
            *stop_asking(request),
        ),
        told=await told(request, possible),
    )


def _undo(request: Request, possible: Possible) -> Prepare | None:
    """A button for the deed that takes this one back; it is a further deed, checked like any other."""
    back = reverse(possible.deed, possible.at.before, possible.after)
    if back is None:
        return None
    button = prepare(request, back, PreparedAct.DO, version=version_of(possible.after))
    return button.model_copy(update={"what": button.what.model_copy(update={"expires_at": request.now + UNDO_LASTS})})
