"""What the clock says, composed for the chat that gets it: with its clearance and in its language, as of now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from registry.changes import Change, KeepData
from registry.digests import Bulletin, Contents, Digest, WhenEmpty
from registry.people import Role
from registry.queries import Query
from registry.visibility import Clearance, Visibility
from scheduler.readers import City, Places, Sight, sight_of
from storage import digests
from storage.bulletins import Posted, Text
from storage.outgoing import Outgoing, OutgoingKind
from storage.store import Store
from views import digests as views
from views.message import Message
from views.payloads import Payload, body, kept

# All that contents depend on besides the register: who differs in any of it shares none.
Wanted = tuple[Query, int, Clearance, date, int | None, date | None]
# What is said of them depends on besides: language, from when it is caught up, whether without a sound.
Manner = tuple[str, datetime | None, bool]


@dataclass(frozen=True)
class Said:
    """Texts as they are said: the first with its payload, and what their buttons keep."""

    texts: tuple[Message, ...]
    first: Payload
    kept: tuple[Change, ...]


@dataclass(frozen=True)
class Shared:
    """Contents that many chats have in common, and what was said of them so far."""

    contents: Contents
    lines: dict[Manner, Message] = field(default_factory=dict)
    texts: dict[Manner, Said] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """Groups and digests that were read together, for those who are told something at one moment."""

    places: Places = field(default_factory=dict)
    digests: Mapping[int, Digest] = field(default_factory=dict)


@dataclass
class Composing:
    """Contents that many chats have in common are read once for each revision of the register."""

    store: Store
    city: City
    _revision: int = -1
    _shared: dict[Wanted, Shared] = field(default_factory=dict)

    async def look_at(self, bulletins: Sequence[Bulletin], now: datetime) -> Seen:
        """What is to be known of some chats and digests before anything is composed for them."""
        groups = [one.chat for one in bulletins if one.chat < 0]
        return Seen(
            await self.store.people.places(groups, now),
            await digests.these(self.store.database.read, [one.digest for one in bulletins]),
        )

    async def announcement(
        self, digest: Digest, bulletin: Bulletin, now: datetime, places: Places | None = None
    ) -> Outgoing | None:
        """The line that announces a digest, or None where there is nothing to say to nobody's wish."""
        sight = await sight_of(self.store, self.city, digest.chat, now, spoken=digest.language, places=places)
        shared, manner = await self._found(digest, bulletin, sight), _manner(digest, bulletin, sight)
        if shared.contents.is_empty and digest.when_empty is WhenEmpty.NOTHING:
            return None
        if manner not in shared.lines:
            known = await sight.register.names()
            shared.lines[manner] = views.announcement(digest, shared.contents, known, sight.voice)
        return line(shared.lines[manner], bulletin)

    async def text(self, posted: Posted, now: datetime, seen: Seen | None = None) -> Text | None:
        """What is written into a line that has arrived; None where its digest has ended meanwhile."""
        bulletin = posted.bulletin
        if posted.message is not None:
            return Text(posted, written(Message.model_validate_json(posted.message), posted))
        seen = seen or await self.look_at((bulletin,), now)
        digest = seen.digests.get(bulletin.digest)
        if digest is None:
            return None
        chosen, places = digest.language, seen.places
        sight = await sight_of(self.store, self.city, bulletin.chat, now, spoken=chosen, places=places)
        if sight.reader.role is Role.GUEST:
            return None
        shared = await self._found(digest, bulletin, sight)
        said = await self._said(digest, bulletin, shared, sight)
        first, *further = said.texts
        return Text(
            posted,
            written(first, posted, said.first),
            acts=await self._pins(posted) if digest.is_pinned else (),
            further=tuple((line(views.continued(sight.voice), bulletin), one.model_dump_json()) for one in further),
            changes=said.kept,
            told=(shared.contents.until, shared.contents.today),
            is_pinned=digest.is_pinned,
        )

    async def _pins(self, posted: Posted) -> tuple[Outgoing, ...]:
        """Pins the newest without a sound, and unpins the one before."""
        chat, before = posted.bulletin.chat, await digests.pinned(self.store.database.read, posted.bulletin.digest)
        pin = {"chat_id": chat, "message_id": posted.message_id, "disable_notification": True}
        acts = (Outgoing(chat, "pinChatMessage", pin, OutgoingKind.ACT),)
        if before is None or before == posted.message_id:
            return acts
        unpin = {"chat_id": chat, "message_id": before}
        return (*acts, Outgoing(chat, "unpinChatMessage", unpin, OutgoingKind.ACT))

    async def _found(self, digest: Digest, bulletin: Bulletin, sight: Sight) -> Shared:
        if sight.revision != self._revision:
            self._shared, self._revision = {}, sight.revision
        today, told = sight.voice.today, (bulletin.told_to, bulletin.told_on)
        wanted = (digest.scope, digest.horizon, sight.reader.clearance, today, *told)
        shared = self._shared  # of this revision, whoever looks at another one meanwhile
        if wanted not in shared:
            before = (bulletin.told_to, bulletin.told_on) if bulletin.told_to is not None and bulletin.told_on else None
            shared[wanted] = Shared(await sight.register.digest(digest, today, told=before))
        return shared[wanted]

    async def _said(self, digest: Digest, bulletin: Bulletin, shared: Shared, sight: Sight) -> Said:
        manner = _manner(digest, bulletin, sight)
        if manner not in shared.texts:
            known = await sight.register.names()
            messages = views.texts(digest, bulletin, shared.contents, known, sight.voice)
            shared.texts[manner] = Said(messages, body(messages[0]), tuple(_kept(messages)))
        return shared.texts[manner]


def _manner(digest: Digest, bulletin: Bulletin, sight: Sight) -> Manner:
    return sight.voice.say.code, bulletin.due_at if bulletin.is_late else None, digest.is_silent


def line(message: Message, bulletin: Bulletin) -> Outgoing:
    """A message of its own, which nobody waits for."""
    payload = {"chat_id": bulletin.chat, **body(message)}
    if bulletin.thread is not None:
        payload["message_thread_id"] = bulletin.thread
    if message.silent:
        payload["disable_notification"] = True
    if message.label is Visibility.NONPUBLIC:
        payload["protect_content"] = True
    return Outgoing(bulletin.chat, "sendMessage", payload, OutgoingKind.POST, message.label, message.refs)


def written(message: Message, posted: Posted, said: Payload | None = None) -> Outgoing:
    """The text of a line, to be written into its message; ``said`` is what it says, where that is known."""
    chat = posted.bulletin.chat
    payload = {"chat_id": chat, "message_id": posted.message_id, **(said or body(message))}
    return Outgoing(chat, "editMessageText", payload, OutgoingKind.BODY, message.label, message.refs)


def _kept(messages: Iterable[Message]) -> Iterable[Change]:
    return (KeepData(token=token, data=data) for message in messages for token, data in kept(message))
