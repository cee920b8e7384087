"""What the parts of the post room share: the two boxes, the bells, and what happens to chats."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from bot import notices
from bot.api import BotApi
from bot.backoff import insisting
from bot.departures import Departures
from locales.translations import Language, language
from storage.clearances import Clearances
from storage.inbox import Inbox
from storage.outbox import Outbox
from storage.outgoing import Outgoing
from storage.suspensions import Suspensions

log = logging.getLogger(__name__)


class Mailbell:
    """Wakes the dispatch, and remembers whether there is new mail or merely room for what waits."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self._is_new = True  # what the last run left

    def ring(self) -> None:
        """Messages were queued."""
        self._is_new = True
        self._event.set()

    def nudge(self) -> None:
        """A message left or was given back."""
        self._event.set()

    def heard(self) -> bool:
        """Whether messages were queued since this was asked before."""
        is_new, self._is_new = self._is_new, False
        self._event.clear()
        return is_new

    async def wait(self) -> None:
        await self._event.wait()


@dataclass(frozen=True, eq=False)
class PostRoom:
    """``arrived`` rings when updates are on disk, ``mail`` when messages are, ``posted`` when one that nobody waited
    for was sent."""

    api: BotApi
    inbox: Inbox
    outbox: Outbox
    suspensions: Suspensions
    departures: Departures
    clearances: Clearances
    admins: frozenset[int]
    say: Language
    now: Callable[[], datetime]
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    mail: Mailbell = field(default_factory=Mailbell)
    posted: asyncio.Event = field(default_factory=asyncio.Event)
    suspended: set[int] = field(default_factory=set)

    async def open(self) -> None:
        """Takes up what the last run left."""
        await self.outbox.reclaim()
        self.suspended.update(await self.suspensions.all())

    def to_admins(self, text: str) -> tuple[Outgoing, ...]:
        """To be queued with what it tells, so that it is said once, and never forgotten."""
        return notices.to_admins(self.admins, text)

    async def gone(self, chat: int, reason: str, *, tell: bool = True) -> None:
        """Nothing is sent to a chat any more until it is heard of again."""
        told = self.to_admins(notices.unreachable(chat, reason, self.say)) if tell else ()
        cancelled = await self.suspensions.suspend(chat, reason, told, at=self.now())
        self.suspended.add(chat)
        self.departures.forget(chat, cancelled)
        self.mail.ring()
        log.warning("chat %d suspended: %s", chat, reason)

    async def exposed(self, chat: int) -> None:
        """The chat has become public: what it was cleared for, it is no longer."""
        await self.suspensions.expose(
            chat, lambda title: self.to_admins(notices.became_public(title, self.say)), at=self.now()
        )
        self.mail.ring()
        log.warning("chat %d is public and cleared no more", chat)

    async def back(self, chat: int) -> None:
        await self.suspensions.resume(chat)
        self.suspended.discard(chat)

    async def moved(self, old: int, new: int) -> None:
        await self.suspensions.move(
            old, new, lambda title: self.to_admins(notices.moved(title, self.say)), at=self.now()
        )
        self.suspended.discard(old)
        self.departures.move(old, new)
        self.mail.ring()
        log.info("chat %d has become %d", old, new)

    async def language_of(self, chat: int) -> Language:
        return language(await insisting(partial(self.outbox.language_of, chat)) or self.say.code)
