"""Before something non-public leaves for a group: whether everybody could read along there by now.

The bot hears of a group's public name with the next message from it alone; what leaves before that is read by anybody.
"""

import asyncio
import json
from collections.abc import Callable

from bot.room import PostRoom
from registry.visibility import Visibility
from storage.outbox import Parcel

_LASTS = 300.0  # seconds that an answer of Telegram is taken for true


class Seclusion:
    def __init__(self, room: PostRoom, clock: Callable[[], float] | None = None) -> None:
        self._room = room
        self._clock = clock or (lambda: asyncio.get_running_loop().time())
        self._known: dict[int, float] = {}  # groups that were found to be closed, and when

    async def holds(self, parcel: Parcel) -> bool:
        """Nothing is asked about public messages. A group that is public is cleared no more. Raises TelegramError."""
        if parcel.label is Visibility.PUBLIC or parcel.chat >= 0:
            return True
        now = self._clock()
        if now - self._known.get(parcel.chat, -_LASTS) < _LASTS:
            return True
        self._known.pop(parcel.chat, None)
        if _is_public(await self._room.api.call("getChat", json.dumps({"chat_id": parcel.chat}))):
            await self._room.exposed(parcel.chat)
            return False
        self._known[parcel.chat] = now
        return True


def _is_public(chat: object) -> bool:
    """What says nothing of itself could be anything."""
    return not isinstance(chat, dict) or bool(chat.get("username") or chat.get("active_usernames"))
