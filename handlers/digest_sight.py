"""What a chat that gets digests sees, whoever sets them up, and what a digest would say there now."""

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from handlers.context import Request
from locales.translations import language
from registry.administered import ServedChat
from registry.digests import Bulletin, Digest
from registry.people import Reader, Role
from registry.queries import Names, is_known
from registry.slots import Slot, next_slot
from registry.visibility import Clearance, Visibility
from storage.register import Register
from views import digests
from views.message import Message


@dataclass(frozen=True)
class Here:
    """``chat`` is None where digests come to a person in private; ``known`` are the names that may be told there, and
    ``public`` those that everybody may know."""

    chat: ServedChat | None
    register: Register
    known: Names
    public: Names

    def label(self, *told: Digest) -> Visibility:
        """Of a message that says what digests are about."""
        is_public = all(is_known(one.scope, self.public) or not is_known(one.scope, self.known) for one in told)
        return Visibility.PUBLIC if is_public else Visibility.NONPUBLIC


async def here(request: Request, digest: Digest) -> Here:
    """As the whole chat sees it, of which whoever asks is one."""
    register, chat = request.register, None
    if not digest.is_private:
        chat = await request.register.directory.chat(digest.chat)
        cleared = request.chat.clearance if chat.id == request.chat.id else chat.clearance_on(request.today)
        register = _as_seen(request, digest.chat, min(request.non_public, cleared))
    public = _as_seen(request, digest.chat, Clearance.PUBLIC)
    return Here(chat, register, await register.names(), await public.names())


def _as_seen(request: Request, chat: int, clearance: Clearance) -> Register:
    return request.register.read_as(Reader(person=0, chat=chat, role=Role.READER, clearance=clearance))


async def texts(request: Request, digest: Digest, place: Here) -> tuple[Message, ...]:
    """What the digest would say now."""
    told = await request.register.directory.digest_told(digest.id) if digest.id else None
    spoken = digest.language or (place.chat.language if place.chat else None) or request.say.code
    voice = replace(request.voice, say=language(spoken))
    bulletin = Bulletin(
        key="", digest=digest.id, chat=digest.chat, thread=digest.thread, on=request.today, due_at=request.now
    )
    found = await place.register.digest(digest, request.today, told=told)
    return digests.texts(digest, bulletin, found, place.known, voice)


def following(request: Request, digest: Digest) -> Slot | None:
    """The next time it comes."""
    zone = request.now.tzinfo
    if not isinstance(zone, ZoneInfo):
        raise TypeError(zone)
    return next_slot(digest.rule, zone, request.workdays, after=request.now)
