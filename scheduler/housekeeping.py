"""Once a day: forgets what need not be kept, and makes a verified copy of the register."""

import logging
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from storage.inbox import Inbox
from storage.outbox import Outbox

log = logging.getLogger(__name__)

# Retention by the privacy notice: what people wrote, what was sent to them, and what a repetition is known by.
RAW_LASTS = timedelta(days=7)
SENT_LASTS = timedelta(days=30)
FINGERPRINT_LASTS = timedelta(days=90)
COPIES_KEPT = 30

Copy = Callable[[Path], Awaitable[None]]


class Housekeeping:
    """``copy`` writes a verified copy of the register; without ``backups`` there are none."""

    def __init__(self, inbox: Inbox, outbox: Outbox, *, copy: Copy, backups: Path | None = None) -> None:
        self._inbox = inbox
        self._outbox = outbox
        self._copy = copy
        self._backups = backups
        self._done_on: date | None = None

    async def __call__(self, now: datetime) -> None:
        today = now.date()
        if today == self._done_on:
            return
        await self._inbox.blank(before=now - RAW_LASTS)
        await self._inbox.forget(before=now - FINGERPRINT_LASTS)
        await self._outbox.blank(before=now - SENT_LASTS)
        if self._backups is not None:
            await self._back_up(self._backups, today)
        self._done_on = today

    async def _back_up(self, folder: Path, today: date) -> None:
        copy = folder / f"amtsbote-{today.isoformat()}.db"
        if copy.exists():
            return
        folder.mkdir(parents=True, exist_ok=True)
        await self._copy(copy)
        log.info("verified copy written: %s", copy.name)
        for old in sorted(folder.glob("amtsbote-????-??-??.db"))[:-COPIES_KEPT]:
            old.unlink()
