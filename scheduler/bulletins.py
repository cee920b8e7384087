"""Writes the texts of what was announced into the lines that have arrived."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from scheduler.composing import Composing, Seen
from scheduler.reminders import Reminding
from storage.bulletins import Posted, Text
from storage.store import Store

log = logging.getLogger(__name__)

_AT_ONCE = 20
_GATHERING = 0.15  # seconds in which lines arrive whose texts are then written together


class Bulletins:
    """A duty of every tick, and of every moment at which a line has arrived. ``ring`` tells that there is mail."""

    def __init__(self, store: Store, composing: Composing, reminding: Reminding, ring: Callable[[], None]) -> None:
        self._store = store
        self._composing = composing
        self._reminding = reminding
        self._ring = ring
        self._one_at_a_time = asyncio.Lock()

    async def __call__(self, now: datetime) -> None:
        async with self._one_at_a_time:
            if await self._store.bulletins.settle(at=now):
                self._ring()
            done = set[tuple[str, int, int]]()
            while posted := [one for one in await self._store.bulletins.posted() if _name(one) not in done]:
                done.update(map(_name, posted))
                for at in range(0, len(posted), _AT_ONCE):
                    await self._write(posted[at : at + _AT_ONCE], now)

    async def _write(self, posted: Sequence[Posted], now: datetime) -> None:
        texts, lost = list[Text](), list[Posted]()
        seen = await self._composing.look_at([one.bulletin for one in posted], now)
        for one in posted:
            try:
                text = None if one.is_unreachable else await self._text(one, now, seen)
            except Exception:
                log.exception("%s cannot be composed and is tried again at the next tick", one.bulletin.key)
                continue
            if text is None:
                lost.append(one)
            else:
                texts.append(text)
        if lost:
            await self._store.bulletins.give_up(lost, at=now)
        if texts:
            await self._store.bulletins.write(texts, at=now)
            self._ring()

    async def _text(self, posted: Posted, now: datetime, seen: Seen) -> Text | None:
        if posted.bulletin.digest:
            return await self._composing.text(posted, now, seen)
        return await self._reminding.text(posted, now)

    async def run(self, arrived: asyncio.Event, now: Callable[[], datetime]) -> None:
        """Whenever lines have arrived, without waiting for the next tick."""
        while True:
            await arrived.wait()
            await asyncio.sleep(_GATHERING)
            arrived.clear()
            try:
                await self(now())
            except Exception:
                log.exception("what was announced waits for the next tick")


def _name(posted: Posted) -> tuple[str, int, int]:
    return posted.bulletin.key, posted.part, posted.tries
