"""Handles what the inbox holds: each chat's updates in order, different chats at the same time."""

import asyncio
import json
import logging
from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from telegram import ChatMember, Update
from telegram.constants import ChatType

from bot import notices
from bot.backoff import backoff, insisting
from bot.room import PostRoom
from registry.changes import Change
from storage.errors import ChangedMeanwhile, NotAllowed
from storage.inbox import Received
from storage.outages import is_outage
from storage.outgoing import Outgoing

log = logging.getLogger(__name__)

_WIDTH = 32  # chats served at the same time
_PAGE = 1000  # updates taken up at a time
_TRIES = 3
_REDOS = 20  # of a decision that others keep overtaking
_NOTICES = 5  # of updates put aside, in an hour: anybody can send what fails
_LAST_SECONDS = 4.0  # that a handler has to finish when the bot stops
_ABSENT = frozenset({ChatMember.LEFT, ChatMember.BANNED})


class Decided(Protocol):
    """What an update leads to."""

    @property
    def outgoing(self) -> Sequence[Outgoing]: ...
    @property
    def changes(self) -> Sequence[Change]: ...
    @property
    def refused(self) -> bool: ...


class Handles(Protocol):
    """Reads and decides; never writes and never sends."""

    bot_id: int
    bot_name: str

    async def handle(self, update: Update, now: datetime, /) -> Decided: ...


class Worker:
    def __init__(self, room: PostRoom, router: Handles, *, width: int = _WIDTH) -> None:
        self._room = room
        self._router = router
        self._width = width
        self._loaded = 0
        self._lanes: dict[int, deque[Received]] = {}
        self._ready: asyncio.Queue[int | None] = asyncio.Queue()  # chats whose turn it is; None ends a server
        self._stopping = False
        self._putting_aside = asyncio.Lock()  # one after the other, so that the notices can be counted

    async def run(self) -> None:
        """Until cancelled; what is being handled then is finished first, unless it takes too long."""
        async with asyncio.TaskGroup() as group:
            servers = [group.create_task(self._serve()) for _ in range(self._width)]
            try:
                while True:
                    self._room.arrived.clear()
                    await self._load()
                    await self._room.arrived.wait()
            finally:
                self._stopping = True
                for _ in servers:
                    self._ready.put_nowait(None)
                await asyncio.wait(servers, timeout=_LAST_SECONDS)

    async def _load(self) -> None:
        is_more = True
        while is_more:
            received = await insisting(partial(self._room.inbox.waiting, after=self._loaded, limit=_PAGE))
            is_more = len(received) == _PAGE
            for update in received:
                lane = self._lanes.setdefault(update.chat, deque())
                lane.append(update)
                if len(lane) == 1:
                    self._ready.put_nowait(update.chat)
                self._loaded = update.id

    async def _serve(self) -> None:
        while (chat := await self._ready.get()) is not None and not self._stopping:
            lane = self._lanes[chat]
            await self._work_off(lane[0])
            lane.popleft()
            if lane:
                self._ready.put_nowait(chat)
            else:
                del self._lanes[chat]

    async def _work_off(self, received: Received) -> None:
        """Ends with the update settled, whatever its handler does."""
        update = _opened(received)
        if update is None:
            await self._put_aside(received, "unreadable")
            return
        tries, reason, anew = received.tries, "failed before", 0
        while tries < _TRIES:
            try:
                await self._handle(received, update)
                return
            except ChangedMeanwhile as conflict:
                # What was decided no longer fits; decided anew it does, or it says so.
                log.info("update %d is decided anew: %s", received.id, type(conflict).__name__)
                anew += 1
                tries += anew > _REDOS or isinstance(conflict, NotAllowed)  # a right comes back no sooner than it went
                reason = type(conflict).__name__
                continue
            except Exception as error:
                if is_outage(error):
                    log.warning("update %d waits: %s", received.id, error)
                else:
                    tries += 1
                    reason = type(error).__name__
                    log.exception("update %d failed, try %d", received.id, tries)
                    await insisting(partial(self._room.inbox.failed, received.id, reason))
            await asyncio.sleep(backoff(tries, first=0.05))
        await self._put_aside(received, reason, update)

    async def _handle(self, received: Received, update: Update) -> None:
        await self._note_chat(received.chat, update)
        now = self._room.now()
        decided = await self._router.handle(update, now)
        await self._room.inbox.settle(received.id, decided.outgoing, decided.changes, at=now, refused=decided.refused)
        if decided.outgoing:
            self._room.mail.ring()

    async def _note_chat(self, chat: int, update: Update) -> None:
        """Chats that moved, went, or are heard of again."""
        message, membership = update.message, update.my_chat_member
        if message and message.migrate_to_chat_id:
            await self._room.moved(message.chat.id, message.migrate_to_chat_id)
        elif message and message.migrate_from_chat_id:
            await self._room.moved(message.migrate_from_chat_id, message.chat.id)
        elif membership and membership.new_chat_member.status in _ABSENT:
            # Who leaves a private chat does so unwatched; that the bot left by itself is no news.
            tell = membership.chat.type != ChatType.PRIVATE and membership.from_user.id != self._router.bot_id
            await self._room.gone(chat, membership.new_chat_member.status, tell=tell)
        elif chat in self._room.suspended:
            await self._room.back(chat)

    async def _put_aside(self, received: Received, reason: str, update: Update | None = None) -> None:
        room = self._room
        log.error("update %d put aside: %s", received.id, reason)
        async with self._putting_aside:
            told = await self._notices(received.id, reason)
            if update is not None:
                told += notices.apology(update, received.id, await room.language_of(received.chat))
            await insisting(partial(room.inbox.quarantine, received.id, reason, told, at=room.now()))
        room.mail.ring()

    async def _notices(self, reference: int, reason: str) -> tuple[Outgoing, ...]:
        room = self._room
        since = room.now() - timedelta(hours=1)
        before = await insisting(partial(room.inbox.quarantined_since, since))
        if before >= _NOTICES:
            return ()
        notice = notices.put_aside(reference, reason, room.say)
        if before == _NOTICES - 1:
            notice = f"{notice}\n\n{notices.no_more_put_aside(room.say)}"
        return room.to_admins(notice)


def _opened(received: Received) -> Update | None:
    """The update, or none where it is not what Telegram says an update is."""
    try:
        update = Update.de_json(json.loads(received.raw), None)
    except Exception as error:  # whatever PTB stumbles over, the letter stays unreadable
        log.warning("update %d cannot be read: %s", received.id, type(error).__name__)
        return None
    # An id that the envelope could not take is none that can be answered to.
    chat = update.effective_chat
    return update if chat is None or chat.id == received.chat else None
