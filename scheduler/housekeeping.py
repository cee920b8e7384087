"""Once a day: forgets what need not be kept, and makes a verified copy of the register."""

import logging
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from storage.store import Store

log = logging.getLogger(__name__)

# Retention by the privacy notice: what people wrote, what was sent to them, and what a repetition is known by.
RAW_LASTS = timedelta(days=7)
SENT_LASTS = timedelta(days=30)
FINGERPRINT_LASTS = timedelta(days=90)
BUTTONS_LAST = timedelta(days=30)  # what a button says that has no room for it; it may be somebody's words
COPIES_KEPT = 30
# A copy that fails costs as much as one that succeeds, so that the next try waits ever longer.
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)

Copy = Callable[[Path], Awaitable[None]]


class Housekeeping:
    """``copy`` writes a verified copy of the register; without ``backups``, the folder of copies, there are none."""

    def __init__(self, store: Store, *, backups: Path | None = None, copy: Copy | None = None) -> None:
        self._store = store
        self._copy = copy or store.backup
        self._backups = backups
        self._done_on: date | None = None
        self._failures = 0
        self._rests_until: datetime | None = None

    async def __call__(self, now: datetime) -> None:
        today = now.date()
        if today == self._done_on or (self._rests_until is not None and now < self._rests_until):
            return
        try:
            await self._keep_house(now, today)
        except Exception:
            self._rests_until = now + min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(self._failures, 10))
            self._failures += 1
            raise
        self._done_on, self._failures = today, 0

    async def _keep_house(self, now: datetime, today: date) -> None:
        await self._store.inbox.blank(before=now - RAW_LASTS)
        await self._store.inbox.forget(before=now - FINGERPRINT_LASTS)
        await self._store.outbox.blank(before=now - SENT_LASTS)
        await self._store.forget_kept(before=today - BUTTONS_LAST)
        if self._backups is not None:
            await self._back_up(self._backups, today)

    async def _back_up(self, folder: Path, today: date) -> None:
        copy = folder / f"amtsbote-{today.isoformat()}.db"
        if copy.exists():
            return
        folder.mkdir(parents=True, exist_ok=True)
        await self._copy(copy)
        log.info("verified copy written: %s", copy.name)
        for old in sorted(folder.glob("amtsbote-????-??-??.db"))[:-COPIES_KEPT]:
            old.unlink()
