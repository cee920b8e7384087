"""Whether this computer's clock agrees with Telegram's; while it does not, what comes by the clock waits."""

import logging
from datetime import datetime, timedelta

from telegram.error import TelegramError

from bot import notices
from bot.room import PostRoom
from scheduler.ticker import Duty

log = logging.getLogger(__name__)

MOST = timedelta(minutes=5)


class ClockWatch:
    """Tells the admins once when it finds the clock wrong; that it is right again is seen by itself."""

    def __init__(self, room: PostRoom) -> None:
        self._room = room
        self._is_wrong = False

    def holding(self, duty: Duty) -> Duty:
        """The duty, left out while the clock is wrong."""

        async def fulfil(now: datetime) -> None:
            if await self._is_right(now):
                await duty(now)

        return fulfil

    async def _is_right(self, now: datetime) -> bool:
        """Asks anew before it finds fault: what it knows was true when it was heard."""
        if self._agrees(now):
            self._is_wrong = False
            return True
        try:
            await self._room.api.call("getMe", "{}")
        except TelegramError:
            return False  # nothing could be sent either
        if self._agrees(now):
            self._is_wrong = False
            return True
        if not self._is_wrong:
            await self._tell(now)
        return False

    def _agrees(self, now: datetime) -> bool:
        right = self._room.api.time()
        return right is None or abs(right - now) <= MOST

    async def _tell(self, now: datetime) -> None:
        room, right = self._room, self._room.api.time() or now
        log.error("the clock shows %s, and Telegram's %s: digests and reminders wait", now, right)
        told = room.to_admins(notices.clock_is_wrong(now, right.astimezone(now.tzinfo), room.say))
        await room.outbox.add(told, key=f"clock {right.date()}", at=now)
        room.mail.ring()
        self._is_wrong = True
