"""Once a day: tells administrators what ends soon that they agreed to, so that they can renew it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from locales.translations import language
from registry.administered import ServedChat
from storage.endings import Ending
from storage.outgoing import Outgoing, OutgoingKind
from storage.store import Store
from views import people, served_chats
from views.message import Message
from views.payloads import body

BEFORE = timedelta(days=7)


class Ends:
    """``ring`` tells that there is mail."""

    def __init__(self, store: Store, ring: Callable[[], None], *, default_language: str) -> None:
        self._store = store
        self._ring = ring
        self._language = default_language
        self._done_on: date | None = None

    async def __call__(self, now: datetime) -> None:
        today = now.date()
        if today == self._done_on:
            return
        endings = self._store.endings
        for ending in await endings.until(today + BEFORE, today):
            for admin, code in await endings.administrators(today):
                payload = {"chat_id": admin, **body(_told(ending, code or self._language))}
                await endings.tell(ending, Outgoing(admin, "sendMessage", payload, OutgoingKind.POST), now)
        self._ring()
        self._done_on = today


def _told(ending: Ending, code: str) -> Message:
    if isinstance(ending.subject, ServedChat):
        return served_chats.told_ending(ending.subject, ending.on, language(code))
    return people.told_ending(ending.subject, ending.on, language(code))
