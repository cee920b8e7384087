"""Once on the morning of every working day: each chat is told of what is due, in one message."""

import logging
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from registry.audience import Audience, Recipient
from registry.changes import Change, KeepData, NoteReminded
from registry.digests import Bulletin
from registry.reminders import Bundle, Due, Memory, Reminder, bundled, latest_due, reminder, stage_due
from registry.slots import instant
from registry.visibility import Clearance
from scheduler.composing import line, written
from scheduler.readers import City, Sight, sight_of
from storage import reminded, staff
from storage.announcing import Planned
from storage.bulletins import Posted, Text
from storage.store import Store
from views import reminders as views
from views.message import Message
from views.payloads import kept

log = logging.getLogger(__name__)

AT, TO = time(7, 30), time(18)  # later than that it is no morning any more, and the next one will do
NOON = time(12)

Left = tuple[tuple[Due, int], ...]  # what is due, and how many working days are left
Read = tuple[Clearance, tuple[str, ...], bool]


class Reminding:
    """Composes what a chat is told: with its clearance and in its language, as of now."""

    def __init__(self, store: Store, city: City, zone: ZoneInfo) -> None:
        self.store = store
        self.city = city
        self.zone = zone
        self._audience: tuple[datetime, Audience] | None = None
        self._due: dict[Read, Left] = {}
        self._read_at: tuple[int, date] | None = None

    async def audience(self, now: datetime) -> Audience:
        """Everybody who can be reminded; the same for all that is composed at one moment."""
        if self._audience is None or self._audience[0] != now:
            today = now.astimezone(self.zone).date()
            found = await reminded.recipients(self.store.database.read, today, non_public=self.city.non_public)
            self._audience = now, Audience(found, await self.store.offices())
        return self._audience[1]

    async def bundle(self, who: Recipient, now: datetime) -> tuple[Bundle, Sight]:
        """What a chat is told this morning."""
        local = now.astimezone(self.zone)
        sight = await sight_of(self.store, self.city, who.chat, local, spoken=await self._language(who))
        audience, today = await self.audience(now), local.date()
        due = await self._found(who, sight, today, is_coordinating=audience.coordinates(who))
        noon = instant(today, NOON, self.zone)
        tree = sight.voice.offices
        memory = await reminded.memory(self.store.database.read, who.chat, local, until=noon, tree=tree)
        return bundled(today, self._chosen(who, due, audience, memory, today)), sight

    async def _language(self, who: Recipient) -> str | None:
        """People who never chose one are spoken to in that of their messenger."""
        if who.language or not who.is_person:
            return who.language
        return await staff.language_of(self.store.database.read, who.chat)

    def _chosen(
        self, who: Recipient, found: Left, audience: Audience, memory: Memory, today: date
    ) -> Iterator[Reminder]:
        workdays = self.city.workdays
        for due, left in found:
            stage = stage_due(due, left, today, memory, workdays)
            why = None if stage is None else audience.why(who, due, left)
            if stage is not None and why is not None:
                yield reminder(due, left=left, stage=stage, why=why)

    async def _found(self, who: Recipient, sight: Sight, today: date, *, is_coordinating: bool) -> Left:
        """Read once for all who see the same of the same places."""
        if self._read_at != (sight.revision, today):
            self._due.clear()
            self._read_at = sight.revision, today
        read = (sight.reader.clearance, who.offices, is_coordinating)
        if read not in self._due:
            until, due = latest_due(today, self.city.workdays), sight.register.due
            if is_coordinating:
                found = await due.of_coordination(today=today, until=until)
            else:
                found = await due.of_places(who.offices, today=today, until=until)
            self._due[read] = tuple((one, self.city.workdays.between(today, one.on)) for one in found)
        return self._due[read]

    async def announcement(self, who: Recipient, bulletin: Bulletin, now: datetime) -> Planned | None:
        """The line that announces it; None where there is nothing to tell."""
        bundle, sight = await self.bundle(who, now)
        if not bundle.reminders:
            return None
        return Planned((bulletin,), line(views.announcement(bundle, sight.voice), bulletin))

    async def text(self, posted: Posted, now: datetime) -> Text:
        """What is written into the line that has arrived, with the note that it was told."""
        chat = posted.bulletin.chat
        audience = await self.audience(now)
        who = next((one for one in audience.recipients if one.chat == chat), Recipient(chat=chat))
        bundle, sight = await self.bundle(who, now)
        message = views.text(bundle, sight.voice)
        told = tuple((one.due.key, one.due.on, one.stage) for one in bundle.reminders)
        noted = NoteReminded(chat=chat, on=bundle.today, told=told)
        return Text(posted, written(message, posted), changes=(noted, *_kept(message)))


def _kept(message: Message) -> Iterator[Change]:
    return (KeepData(token=token, data=data) for token, data in kept(message))


class Reminders:
    """The duty. ``ring`` tells that there is mail."""

    def __init__(self, reminding: Reminding, ring: Callable[[], None], *, at: time = AT) -> None:
        self._reminding = reminding
        self._ring = ring
        self._at = at

    async def __call__(self, now: datetime) -> None:
        reminding = self._reminding
        today, database = now.astimezone(reminding.zone).date(), reminding.store.database
        opens, closes = (instant(today, at, reminding.zone) for at in (self._at, TO))
        if not (reminding.city.workdays.is_workday(today) and opens <= now < closes):
            return
        if await reminded.is_seen_to(database.read, today):
            return
        audience = await reminding.audience(now)
        planned = [await self._planned(one, opens, now) for one in audience.recipients]
        await reminding.store.bulletins.announce([one for one in planned if one], at=now)
        await database.write(lambda transaction: reminded.see_to(transaction.fetch, today))
        self._ring()

    async def _planned(self, who: Recipient, due_at: datetime, now: datetime) -> Planned | None:
        """One that cannot be composed keeps nobody else from being told; it is told on the next morning."""
        try:
            return await self._plan(who, due_at, now)
        except Exception:
            log.exception("the reminders of chat %d cannot be composed this morning", who.chat)
            return None

    async def _plan(self, who: Recipient, due_at: datetime, now: datetime) -> Planned | None:
        on = now.astimezone(self._reminding.zone).date()
        key = f"reminders {who.chat} {on.isoformat()}"
        bulletin = Bulletin(key=key, chat=who.chat, thread=who.thread, on=on, due_at=due_at)
        return await self._reminding.announcement(who, bulletin, now)
