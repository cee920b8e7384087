"""Once an hour: notes in the log how far the history goes, so that nobody can cut off its end unnoticed."""

import logging
from datetime import datetime, timedelta

from storage.store import Store

log = logging.getLogger(__name__)

PAUSE = timedelta(hours=1)


class Heads:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._noted_at: datetime | None = None
        self._noted_row = -1

    async def __call__(self, now: datetime) -> None:
        if self._noted_at is not None and now - self._noted_at < PAUSE:
            return
        head = await self._store.audit_head()
        if head.row != self._noted_row:
            log.info("the history goes to entry %d, sealed %s", head.row, head.seal)
        self._noted_at, self._noted_row = now, head.row
