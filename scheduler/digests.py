"""At every tick: the digests whose slot has come are announced; what was missed is caught up once, at a decent hour."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from registry.digests import LATE, Bulletin, Digest, Outcome, Reason, key_of
from registry.slots import OnHoliday, Slot, instant, next_slot, slots
from registry.workdays import DAY
from scheduler.composing import Composing
from scheduler.readers import Places
from storage import digests
from storage.announcing import Planned
from storage.digests import Due, Past
from storage.store import Store

FROM, TO = time(7), time(20)  # the hours in which what was missed may be caught up
AT_ONCE = 10  # the first are on their way while the others are composed

log = logging.getLogger(__name__)


class Digests:
    """``ring`` tells that there is mail."""

    def __init__(self, store: Store, composing: Composing, zone: ZoneInfo, ring: Callable[[], None]) -> None:
        self._store = store
        self._composing = composing
        self._zone = zone
        self._ring = ring

    async def __call__(self, now: datetime) -> None:
        for past in await digests.left_open(self._store.database.read):
            await self._let_go(past, now)
        due = await digests.due(self._store.database.read, now)
        for some in (due[at : at + AT_ONCE] for at in range(0, len(due), AT_ONCE)):
            places = await self._store.people.places([one.digest.chat for one in some if one.digest.chat < 0], now)
            planned = [await self._planned(one, now, places) for one in some]
            await self._store.bulletins.announce([one for one in planned if one], at=now)
            self._ring()

    async def _let_go(self, past: Past, now: datetime) -> None:
        workdays = self._composing.city.workdays
        found = slots(past.rule, self._zone, workdays, after=past.after, until=past.until)
        skipped = [_skipped(_bulletin(past.digest, slot), Reason.ENDED) for slot in found]
        await self._store.bulletins.let_go(past.digest.id, skipped, at=now)

    async def _planned(self, due: Due, now: datetime, places: Places) -> Planned | None:
        """One that cannot be composed keeps none of the others waiting."""
        try:
            return await self._plan(due, now, places)
        except Exception:
            log.exception("digest %d cannot be announced and is tried again at the next tick", due.digest.id)
            return None

    async def _plan(self, due: Due, now: datetime, places: Places) -> Planned:
        """The newest of the slots that are due, unless it has to wait; the ones before it are skipped."""
        rule, workdays = due.digest.rule, self._composing.city.workdays
        found = list(slots(rule, self._zone, workdays, after=due.settled_to, until=now))
        following = next_slot(rule, self._zone, workdays, after=now)
        settled = Planned((), None, due.digest.id, due.settled_to, now, following.due_at if following else None)
        if not found:
            return settled
        *missed, newest = found
        is_late = now - newest.due_at > LATE
        if is_late and (until := self._decent_hour(due.digest, now)) > now:
            # The next slot may come before that, and then it is the newest.
            return replace(settled, settled_to=due.settled_to, next_at=min(until, settled.next_at or until))
        told = {"is_late": is_late, "told_to": due.told_to, "told_on": due.told_on}
        bulletin = _bulletin(due.digest, newest).model_copy(update=told)
        past = tuple(_skipped(_bulletin(due.digest, slot), Reason.MISSED) for slot in missed)
        line = await self._composing.announcement(due.digest, bulletin, now, places)
        if line is None:
            return replace(settled, bulletins=(*past, _skipped(bulletin, Reason.EMPTY)))
        return replace(settled, bulletins=(*past, bulletin), line=line)

    def _decent_hour(self, digest: Digest, now: datetime) -> datetime:
        """The first instant from now on at which somebody may be disturbed by what should have come before."""
        local = now.astimezone(self._zone)
        day = local.date()
        while True:
            opens, closes = (instant(day, hour, self._zone) for hour in (FROM, TO))
            if self._is_worked(digest, day) and now < closes:
                return max(now, opens)
            day += DAY

    def _is_worked(self, digest: Digest, day: date) -> bool:
        return digest.rule.on_holiday is OnHoliday.ANYWAY or self._composing.city.workdays.is_workday(day)


def _bulletin(digest: Digest, slot: Slot) -> Bulletin:
    return Bulletin(
        key=key_of(digest.id, slot.on),
        digest=digest.id,
        chat=digest.chat,
        thread=digest.thread,
        on=slot.on,
        due_at=slot.due_at,
    )


def _skipped(bulletin: Bulletin, reason: Reason) -> Bulletin:
    return bulletin.model_copy(update={"state": Outcome.SKIPPED, "reason": reason})
