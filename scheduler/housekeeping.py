"""Once a day: makes a verified copy of the register, and lets old copies go."""

import logging
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from storage.store import Store

log = logging.getLogger(__name__)

COPIES_KEPT = 30
# A copy that fails costs as much as one that succeeds, so that the next try waits ever longer.
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)

Copy = Callable[[Path], Awaitable[None]]


class Housekeeping:
    """``copy`` writes a verified copy of the register; without ``backups``, the folder of copies, there are none."""

    def __init__(self, store: Store, *, backups: Path | None = None, copy: Copy | None = None) -> None:
        self._head = store.audit_head
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
            if self._backups is not None:
                await self._back_up(self._backups, today)
        except Exception:
            self._rests_until = now + min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(self._failures, 10))
            self._failures += 1
            raise
        self._done_on, self._failures = today, 0

    async def _back_up(self, folder: Path, today: date) -> None:
        copy = folder / f"amtsbote-{today.isoformat()}.db"
        if copy.exists():
            return
        folder.mkdir(parents=True, exist_ok=True)
        await self._copy(copy)
        head = await self._head()
        log.info("verified copy written: %s; the history goes to entry %d, sealed %s", copy.name, head.row, head.seal)
        for old in sorted(folder.glob("amtsbote-????-??-??.db"))[:-COPIES_KEPT]:
            old.unlink()
