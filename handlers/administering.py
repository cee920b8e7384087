"""The way of what administrators do: said, shown, confirmed, agreed to by a second where one is needed, taken back."""

import secrets
from dataclasses import replace
from datetime import date

from handlers import digest_card, errors
from handlers.context import Answer, Request
from handlers.granting import ForOffices, choices, offices_to_pick
from handlers.preparing import (
    CANCEL,
    CONFIRM,
    await_words,
    do,
    lasting_for_undo,
    new_token,
    prepare,
    stop_asking,
    using_up,
)
from handlers.seconding import Possible, ask_a_second, told
from registry import rights
from registry.administered import Hindrance, NotGranted, Situation, version_of
from registry.administration import check_person, lacking, needs_second, outcome, reverse
from registry.changes import Prepare
from registry.deeds import AdminDeed, ClearChat, GrantRole, Invite, SetDigest
from registry.digests import Digest
from registry.people import Role
from registry.periods import read_due
from registry.prepared import Prepared, PreparedAct
from storage.invitations import hashed
from views import administration as views
from views import invitations as invitation_views
from views import people as people_views

_CODE_BYTES = 24
_PICKS = "pick "  # of a button that opens the offices below one, or below none


async def propose(request: Request, deed: AdminDeed) -> Answer:
    """Goes on with a deed: refuses it, asks for what is missing, or shows what it would change."""
    considered = await _considered(request, deed)
    return await _preview(request, considered) if isinstance(considered, Possible) else considered


async def _considered(request: Request, deed: AdminDeed) -> Possible | Answer:
    if not _may(request, deed):
        return errors.refuse_role(request, rights.least_role(deed) or Role.ADMIN)
    at = await request.register.directory.situation(deed, by=request.person.id, today=request.today)
    try:
        check_person(deed, at)
        if missing := lacking(deed):
            return _ask_for(request, deed, at, missing)
        return Possible(deed, at, outcome(deed, at))
    except NotGranted as hindrance:
        if hindrance.hindrance is Hindrance.PAST and (field := _passed(deed, request.today)):
            return _ask_anew(request, deed, at, field)
        message = views.hindered(hindrance.hindrance, deed, at, request.voice)
        return Answer(message, changes=stop_asking(request))


def _may(request: Request, deed: AdminDeed) -> bool:
    return rights.may(request.person.role, (), deed, None, request.offices)


def _ask_for(request: Request, deed: AdminDeed, at: Situation, field: str) -> Answer:
    """With a button for each answer there can be, else in the person's own words."""
    if field == "offices" and isinstance(deed, ForOffices):
        return _pick_offices(request, deed, at, "")
    offered = choices(deed, at, field, request.voice, most=request.reader.clearance)
    if not offered:
        return Answer(
            views.asks_for_words(deed, at, field, request.voice), changes=(await_words(request, deed, field),)
        )
    prepared = [(label, prepare(request, chosen, PreparedAct.CHOOSE)) for label, chosen in offered]
    keys = [(label, CONFIRM + change.token) for label, change in prepared]
    message = views.choose(deed, at, field, keys, request.voice)
    return Answer(message, changes=(*stop_asking(request), *(change for _, change in prepared)))


def _passed(deed: AdminDeed, today: date) -> str | None:
    """The field that says a day that has passed."""
    days = {field: getattr(deed, field, None) for field in ("until", "stands_in_until")}
    return next((field for field, day in days.items() if day is not None and day < today), None)


def _ask_anew(request: Request, deed: AdminDeed, at: Situation, field: str) -> Answer:
    problem = views.hindrance_in_words(Hindrance.PAST, request.say)
    message = views.asks_for_words(deed, at, field, request.voice, problem=problem)
    return Answer(message, changes=(await_words(request, deed.model_copy(update={field: None}), field),))


def _pick_offices(request: Request, deed: ForOffices, at: Situation, below: str) -> Answer:
    """Offices are chosen by tapping through the tree; each tap shows what is chosen so far."""
    prepared = [
        (label, prepare(request, chosen, PreparedAct.CHOOSE, field="" if shown is None else _PICKS + shown))
        for label, chosen, shown in offices_to_pick(deed, below, request.voice)
    ]
    keys = [(label, CONFIRM + change.token) for label, change in prepared]
    message = people_views.pick_offices(views.heading(deed, at, request.voice), deed.offices, keys, request.voice)
    return Answer(message, changes=(*stop_asking(request), *(change for _, change in prepared)))


async def _preview(request: Request, possible: Possible) -> Answer:
    deed, at = possible.deed, possible.at
    if isinstance(deed, SetDigest):
        return await digest_card.card(request, deed)
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
    if not _may(request, deed):
        return errors.refuse_role(request, rights.least_role(deed) or Role.ADMIN)
    at = await request.register.directory.situation(deed, by=request.person.id, today=request.today)
    if offered := choices(deed, at, field, request.voice, most=request.reader.clearance):
        prepared = [(label, prepare(request, chosen, PreparedAct.CHOOSE)) for label, chosen in offered]
        keys = [(label, CONFIRM + change.token) for label, change in prepared]
        return Answer(
            views.choose(deed, at, field, keys, request.voice), changes=tuple(change for _, change in prepared)
        )
    message = views.asks_for_words(deed, at, field, request.voice, unread=unread)
    return Answer(message, changes=(await_words(request, deed, field),))


async def pick_offices(request: Request, deed: ForOffices, below: str = "") -> Answer:
    """Begins to say which offices something is for, or goes on with that ``below`` one of them."""
    at = await request.register.directory.situation(deed, by=request.person.id, today=request.today)
    return _pick_offices(request, deed, at, below)


async def pressed(request: Request, deed: AdminDeed, button: Prepared, token: str) -> Answer:
    if button.act is PreparedAct.DO:
        return await _confirmed(request, deed, button, token)
    if button.act is PreparedAct.SAY:
        answer = await _asked(request, deed, button.field)
    elif button.field.startswith(_PICKS) and isinstance(deed, ForOffices) and _may(request, deed):
        answer = await pick_offices(request, deed, button.field.removeprefix(_PICKS))
    else:
        answer = await propose(request, deed)
    return using_up(request, token, answer)


async def _confirmed(request: Request, deed: AdminDeed, shown: Prepared, token: str) -> Answer:
    """Does it, if it still fits, or asks a second; else it is shown as it would be now."""
    code = secrets.token_urlsafe(_CODE_BYTES) if isinstance(deed, Invite) else ""
    if isinstance(deed, Invite):
        deed = deed.model_copy(update={"code_hash": hashed(code)})
    if isinstance(deed, SetDigest):
        deed = await digest_card.numbered(request, deed)
    considered = await _considered(request, deed)
    if isinstance(considered, Answer):
        return using_up(request, token, considered)
    if considered.at.version != shown.version:
        anew = await _preview(request, considered)
        message = anew.message and views.changed_meanwhile(anew.message, request.say)
        return using_up(request, token, replace(anew, message=message))
    if isinstance(deed, GrantRole | ClearChat) and needs_second(deed, considered.at):
        return using_up(request, token, await ask_a_second(request, deed, considered))
    return await _done(request, considered, shown, token, code)


async def _done(request: Request, possible: Possible, shown: Prepared, token: str, code: str) -> Answer:
    deed, at, after = possible.deed, possible.at, possible.after
    undo = _undo(request, possible, shown)
    key = CONFIRM + undo.token if undo else None
    if code:
        message = invitation_views.link(request.bot_name, code, after, undo=key, voice=request.voice)
    elif isinstance(deed, SetDigest) and isinstance(at.before, Digest):
        message = await digest_card.saved(request, deed, at.before, key)
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


def _undo(request: Request, possible: Possible, shown: Prepared) -> Prepare | None:
    """A button for the deed that takes this one back; it is a further deed, checked like any other."""
    back = reverse(possible.deed, possible.at.before, possible.after)
    if back is None:
        return None
    button = prepare(request, back, PreparedAct.DO, version=version_of(possible.after))
    return lasting_for_undo(request, button, shown)
