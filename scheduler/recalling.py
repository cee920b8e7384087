"""Every tick: sees to messages that have to be withdrawn and could not be deleted when their record was hidden."""

from collections.abc import Callable
from datetime import datetime

from locales.translations import language
from storage.outgoing import Outgoing, OutgoingKind
from storage.recall import Waiting
from storage.store import Store
from views import recall as views


class Recalling:
    """``ring`` tells that there is mail; other processes may have queued some as well."""

    def __init__(self, store: Store, ring: Callable[[], None], *, default_language: str) -> None:
        self._store = store
        self._ring = ring
        self._language = default_language

    async def __call__(self, now: datetime) -> None:
        for one in await self._store.recalls.waiting():
            outgoing = _deleted(one) if one.is_late else await self._overwritten(one)
            await self._store.recalls.settle(one, outgoing, now)
        self._ring()

    async def _overwritten(self, one: Waiting) -> Outgoing:
        """A bot may write over its own messages however old they are."""
        code = await self._store.outbox.language_of(one.chat)
        text = views.withdrawn(language(code or self._language))
        payload = {"chat_id": one.chat, "message_id": one.message, "text": text, "parse_mode": "HTML"}
        return Outgoing(one.chat, "editMessageText", payload, OutgoingKind.ACT)


def _deleted(one: Waiting) -> Outgoing:
    payload = {"chat_id": one.chat, "message_id": one.message}
    return Outgoing(one.chat, "deleteMessage", payload, OutgoingKind.ACT)
