"""Takes updates in: on disk first, confirmed to Telegram second."""

import asyncio
import logging
import time
from collections.abc import Sequence
from datetime import datetime

from telegram.error import Conflict, EndPointNotFound, InvalidToken, TelegramError

from bot.api import POLL_SECONDS
from bot.backoff import backoff
from bot.envelopes import KINDS, confirming, seal
from bot.failures import Failure
from bot.room import PostRoom
from bot.transport import Flooded
from locales.phrases import phrase
from storage.outages import is_outage

log = logging.getLogger(__name__)

_PATIENCE = 3  # answers in a row that say another bot polls with this token
_IDLE_SECONDS = 0.5  # between polls that neither waited nor brought anything that can be confirmed


class StoodDown(Failure):
    def __init__(self) -> None:
        super().__init__(phrase("Another bot polls Telegram with this token. This one stands down."), exit_code=4)


class TokenRefused(Failure):
    def __init__(self) -> None:
        super().__init__(phrase("Telegram does not accept the token (any more)."), exit_code=5)


class Intake:
    """``last_good_poll_at`` is the proof of life; that the task exists is none."""

    def __init__(self, room: PostRoom, *, seconds: int = POLL_SECONDS) -> None:
        self._room = room
        self._seconds = seconds
        self._conflicts = 0
        self._failures = 0
        self.last_good_poll_at: datetime | None = None

    async def run(self) -> None:
        """Polls until cancelled. Ends by itself only where going on would do harm: ``StoodDown``, ``TokenRefused``."""
        offset: int | None = None
        while True:
            started = time.monotonic()
            try:
                updates = await self._room.api.updates(offset, kinds=KINDS, seconds=self._seconds)
                await self._keep(updates)
            except (InvalidToken, EndPointNotFound):
                raise TokenRefused from None
            except Conflict:
                await self._give_way()
            except Flooded as refusal:
                await asyncio.sleep(refusal.seconds)
            except Exception as error:
                await self._wait_out(error)
            else:
                self._conflicts = self._failures = 0
                self.last_good_poll_at = self._room.now()
                # Used once: kept for longer it may lie above the ids after Telegram began to count anew.
                offset = confirming(updates)
                if offset is None and time.monotonic() - started < _IDLE_SECONDS:
                    await asyncio.sleep(_IDLE_SECONDS)

    async def _keep(self, updates: Sequence[object]) -> None:
        if updates:
            await self._room.inbox.receive([seal(update) for update in updates], self._room.now())
            self._room.arrived.set()

    async def _give_way(self) -> None:
        self._conflicts += 1
        if self._conflicts >= _PATIENCE:
            raise StoodDown
        await asyncio.sleep(backoff(self._conflicts))

    async def _wait_out(self, error: Exception) -> None:
        """Nothing was confirmed, so nothing is lost: the same updates come again."""
        if not isinstance(error, TelegramError) and not is_outage(error):
            raise error
        self._failures += 1
        pause = backoff(self._failures, first=0.1)
        why = error if isinstance(error, TelegramError) else type(error).__name__
        log.warning("no updates taken in (%s), trying again in %.1f s", why, pause)
        await asyncio.sleep(pause)
