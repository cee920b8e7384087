"""Digests: what a chat, a topic, a channel or a person gets, and when; set up, changed, paused and ended."""

import re
from dataclasses import dataclass

from handlers import administering, digest_card, errors
from handlers.context import Answer, Request
from handlers.digest_choices import PICKS
from handlers.digest_scope import read_scope
from handlers.digest_sight import Here, here
from handlers.preparing import await_words, using_up
from handlers.understanding.digests import read_digest, read_time
from registry import rights
from registry.deeds import SetDigest
from registry.digests import Digest
from registry.folding import fold, tidy
from registry.people import Role
from registry.prepared import Prepared, PreparedAct
from registry.queries import Intent, Query
from views import buttons, digest_list
from views import digest_setup as views
from views.buttons import Row

_ACTS = {
    **dict.fromkeys(("list", "liste"), "list"),
    **dict.fromkeys(("new", "neu", "another", "weitere"), "new"),
    **dict.fromkeys(("now", "jetzt", "sofort"), "now"),
    **dict.fromkeys(("pause", "pausieren", "pausiere", "resume", "weiter", "on", "an"), "pause"),
    **dict.fromkeys(("off", "aus", "end", "beenden", "stop"), "off"),
    "for": "for",
}
_CALLED = re.compile(r"([a-z]+)?\s*(-?\d{1,16})?")


@dataclass(frozen=True)
class Called:
    """The chat that is meant, what comes there, and a new one for it as its person may set it up, or may not."""

    place: Here
    found: tuple[Digest, ...]
    new: SetDigest


async def digest(request: Request) -> Answer:
    """``/digest``, ``/digest A50 Mon 8:00``, ``/digest list``, ``now``, ``pause``, ``off``."""
    called = _CALLED.fullmatch(fold(request.words))
    act, number = (_ACTS.get(called[1] or "", ""), int(called[2] or 0)) if called else ("", 0)
    is_said = bool(request.words.strip()) and not act and not (called and not called[1])
    meant = await _called(request, number if act == "for" else request.chat.id)
    if meant is None:
        return errors.refuse_role(request, Role.COORDINATOR)
    if not rights.may(request.person.role, (), meant.new, None, request.offices):
        return Answer(
            digest_list.listing(meant.found, meant.place.chat, meant.place.known, (), request.voice, hint=True)
        )
    if is_said:
        return await _said_in_one_line(request, meant)
    return await _done(request, meant, act, number if act != "for" else 0)


async def _called(request: Request, chat: int) -> Called | None:
    """None for another chat than this, unless it is a channel and coordination asks in private."""
    directory, thread = request.register.directory, request.thread
    if chat != request.chat.id:
        channels = await directory.channels() if request.is_private else ()
        if request.person.role < Role.COORDINATOR or all(one.id != chat for one in channels):
            return None
    place = await here(request, Digest(chat=chat))
    own = request.person.offices if place.chat is None else place.chat.offices
    spoken = place.chat.language if place.chat else request.person.language
    scope = Query(intent=Intent.OPEN, offices=tuple(code for code in own if code in request.offices))
    new = Digest(chat=chat, thread=thread, scope=scope, language=spoken or request.say.code)
    found = tuple(one for one in await directory.digests(chat) if thread is None or one.thread == thread)
    return Called(place, found, await vouched(request, SetDigest(digest=new)))


async def vouched(request: Request, deed: SetDigest) -> SetDigest:
    """Whoever has a role and looks after the group, by the messenger, sets up what it gets."""
    asks = Role.READER <= request.person.role < Role.COORDINATOR and deed.digest.chat == request.chat.id
    is_admin = asks and not request.is_private and await request.members.is_admin(request.chat.id, request.person.id)
    return deed.model_copy(update={"by_chat_admin": is_admin})


async def _done(request: Request, meant: Called, act: str, number: int) -> Answer:
    found, new = meant.found, meant.new
    one = found[number - 1] if 0 < number <= len(found) else found[0] if len(found) == 1 and not number else None
    if act == "new" or (not found and act in {"", "for"}):
        return await digest_card.card(request, new)
    if act == "now" and (one or not found):
        return await digest_card.send_now(request, one or new.digest)
    if one is None or act == "list":
        return await digest_card.listing(request, found, meant.place, new, await _channels(request))
    deed = new.model_copy(update={"digest": one})
    if act in {"pause", "off"}:
        return await digest_card.ways_out_of(request, deed)
    return await digest_card.card(request, deed)


async def _channels(request: Request) -> Row:
    """Channels are set up from private, for there nobody can say anything."""
    if not request.is_private or request.person.role < Role.COORDINATOR:
        return ()
    channels = await request.register.directory.channels()
    label = request.say("Channel “{chat}”")
    return tuple(buttons.command(label.format(chat=one.title), "digest", f"for {one.id}") for one in channels)


async def _said_in_one_line(request: Request, meant: Called) -> Answer:
    """A digest that comes already and tells of the same is changed; else it is a new one."""
    said = read_digest(request.words)
    if not said.rest:
        base = meant.found[0] if len(meant.found) == 1 else meant.new.digest
        return await digest_card.card(request, meant.new.model_copy(update={"digest": said.applied_to(base)}))
    scope, unread, offers = read_scope(request, meant.place.known, said.rest)
    base = next((one for one in meant.found if one.scope == scope), meant.new.digest)
    deed = meant.new.model_copy(update={"digest": said.applied_to(base)})
    if scope is None:
        keys = digest_card.Keys(request, deed, 0, [])
        message = views.not_understood(unread, keys.offers(offers, meant.place.known), request.say)
        return Answer(message, changes=keys.changes)
    return await digest_card.card(request, deed.having(scope=scope))


async def pressed(request: Request, deed: SetDigest, button: Prepared, token: str) -> Answer:
    deed = await vouched(request, deed)
    if not rights.may(request.person.role, (), deed, None, request.offices):
        return errors.refuse_role(request, Role.COORDINATOR)
    if button.act is PreparedAct.DO or button.field.startswith(PICKS):
        return await administering.pressed(request, deed, button, token)
    if button.act is PreparedAct.SAY:
        answer = await _asked(request, deed, button.field)
    elif button.field == digest_card.NOW:
        answer = await digest_card.send_now(request, deed.digest)
    elif button.field == digest_card.PREVIEW:
        answer = await digest_card.preview(request, deed)
    else:
        found = await digest_card.page(request, deed, button.field) if button.field else None
        answer = found or await digest_card.card(request, deed)
    return using_up(request, token, answer)


async def said(request: Request, deed: SetDigest, field: str) -> Answer:
    """The words somebody was asked for; what they do not say is asked again."""
    deed = await vouched(request, deed)
    if not rights.may(request.person.role, (), deed, None, request.offices):
        return errors.refuse_role(request, Role.COORDINATOR)
    words = tidy(request.words)
    if field == "at":
        at = read_time(words)
        if at is None:
            return await _asked(request, deed, field, unread=words)
        rule = deed.digest.rule.model_copy(update={"at": at})
        return await digest_card.card(request, deed.having(rule=rule))
    place = await here(request, deed.digest)
    scope, unread, offers = read_scope(request, place.known, words)
    if scope is None:
        return await _asked(request, deed, field, unread=unread, offers=offers)
    return await digest_card.card(request, deed.having(scope=scope))


async def _asked(
    request: Request, deed: SetDigest, field: str, *, unread: str | None = None, offers: tuple[Query, ...] = ()
) -> Answer:
    place = await here(request, deed.digest)
    keys = digest_card.Keys(request, deed, 0, [])
    message = views.asks_for_words(
        field, deed.digest, place.chat, unread=unread, offers=keys.offers(offers, place.known), voice=request.voice
    )
    return Answer(message, changes=(*keys.made, await_words(request, deed, field)))
