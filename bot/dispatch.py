"""Sends what is in the outbox: claimed, handed to Telegram, and marked by what Telegram said."""

import asyncio
import logging
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial

from telegram.error import TelegramError

from bot import notices
from bot.backoff import insisting
from bot.failures import Failure
from bot.intake import TokenRefused
from bot.rewording import REWORDINGS, anew, edited_message, repeated, topic_of
from bot.room import PostRoom
from bot.seclusion import Seclusion
from bot.verdicts import Step, Verdict, verdict
from storage import arrivals
from storage.outbox import Parcel, Queued
from storage.outgoing import OutgoingKind

log = logging.getLogger(__name__)

_PAGE = 5000  # messages taken up at a time
_WIDTH = 64  # messages on their way at the same time
_LAST_SECONDS = 4.0  # that what is on its way has to arrive when the bot stops


class Dispatch:
    def __init__(self, room: PostRoom, *, width: int = _WIDTH) -> None:
        self._room = room
        self._width = width
        self._loaded = 0
        self._postponed: Counter[int] = Counter()  # how often each message waited without harm
        self._on_the_way: set[asyncio.Task[None]] = set()
        self._failed: BaseException | None = None
        self._seclusion = Seclusion(room)

    async def run(self) -> None:
        try:
            while True:
                if self._room.mail.heard():
                    await self._load()
                await self._send_due()
                await self._rest()
        finally:
            await self._bring_home()

    async def _load(self) -> None:
        """Notes what was queued since; messages given back earlier keep their time."""
        now, clock = self._room.now(), asyncio.get_running_loop().time()
        is_more = True
        while is_more:
            queued = await insisting(partial(self._room.outbox.queued, after=self._loaded, limit=_PAGE))
            is_more = len(queued) == _PAGE
            for message in queued:
                wait = (message.not_before - now).total_seconds() if message.not_before else 0.0
                self._room.departures.add(message, ready_at=clock + max(0.0, wait))
                self._loaded = message.id

    async def _send_due(self) -> None:
        room = self._room
        due = room.departures.take(asyncio.get_running_loop().time(), self._width - len(self._on_the_way))
        if not due:
            return
        ids = [message.id for message in due]
        parcels = await insisting(partial(room.outbox.claim, ids, room.clearances, room.now()))
        claimed = {parcel.id: parcel for parcel in parcels}
        room.departures.left(due, asyncio.get_running_loop().time())
        for message in due:
            if message.id in claimed:
                task = asyncio.create_task(self._deliver(message, claimed[message.id]))
                self._on_the_way.add(task)
                task.add_done_callback(self._came_home)
            else:
                room.departures.done(message)
                room.mail.nudge()

    async def _rest(self) -> None:
        """Until something is queued or sent, or until a limit or a delay is over."""
        if self._failed is not None:
            raise self._failed
        clock = asyncio.get_running_loop().time()
        due_at = self._room.departures.next_at(clock) if len(self._on_the_way) < self._width else None
        with suppress(TimeoutError):
            async with asyncio.timeout_at(due_at):
                await self._room.mail.wait()

    def _came_home(self, task: "asyncio.Task[None]") -> None:
        self._on_the_way.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self._failed = error
        self._room.mail.nudge()

    async def _bring_home(self) -> None:
        """Lets what is on its way arrive. What does not is ``uncertain`` at the next start."""
        if self._on_the_way:
            _, late = await asyncio.wait(self._on_the_way, timeout=_LAST_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _deliver(self, message: Queued, parcel: Parcel) -> None:
        try:
            if parcel.kind in (OutgoingKind.REPLY, OutgoingKind.POST):
                parcel = await self._honest(parcel)
            found = await self._send(parcel)
            await insisting(partial(self._settle, message, parcel, found))
        except Failure:
            raise
        except Exception as error:
            log.exception("message %d cannot be sent", message.id)
            await insisting(partial(self._settle, message, parcel, Verdict(Step.REFUSED, type(error).__name__)))

    async def _send(self, parcel: Parcel) -> Verdict:
        """Sends, and sends again in other words where Telegram takes exception to some of them."""
        if against := await self._withheld(parcel):
            return against
        tried: set[Step] = set()
        while True:
            try:
                result = await self._room.api.call(parcel.method, parcel.payload)
            except TelegramError as error:
                found = verdict(error, parcel, postponed=self._postponed[parcel.id])
            else:
                return Verdict(Step.SENT, message_id=result.get("message_id") if isinstance(result, dict) else None)
            if found.step is Step.ANEW and await self._is_text(parcel):
                return Verdict(Step.STALE, arrivals.GONE)
            if found.step is not Step.ANEW and found.step not in REWORDINGS:
                return found
            if found.step in tried:
                return replace(found, step=Step.REFUSED)
            log.error("message %d is sent in other words: %s", parcel.id, found.reason)
            tried.add(found.step)
            parcel = await self._reworded(parcel, found.step)

    async def _withheld(self, parcel: Parcel) -> Verdict | None:
        """Why something non-public does not leave after all, or not yet: nothing of it was sent."""
        try:
            return None if await self._seclusion.holds(parcel) else Verdict(Step.EXPOSED, "not cleared")
        except TelegramError as error:
            found = verdict(error, parcel, postponed=self._postponed[parcel.id])
            return replace(found, step=Step.LATER) if found.step is Step.UNCERTAIN else found

    async def _is_text(self, parcel: Parcel) -> bool:
        """A text of the clock's that cannot be written into its line is not sent by itself: it might come twice."""
        return parcel.kind is OutgoingKind.BODY and await insisting(partial(self._room.outbox.is_text, parcel.id))

    async def _reworded(self, parcel: Parcel, step: Step) -> Parcel:
        outbox = self._room.outbox
        if step is Step.ANEW:
            thread = await insisting(partial(outbox.thread_of, parcel.chat, edited_message(parcel)))
            return await self._honest(anew(parcel, thread))
        if step is Step.NO_TOPIC:
            await insisting(partial(self._tell_of_topic, parcel))
        return REWORDINGS[step](parcel)

    async def _honest(self, parcel: Parcel) -> Parcel:
        return repeated(parcel, await self._room.language_of(parcel.chat)) if parcel.is_repeated else parcel

    async def _tell_of_topic(self, parcel: Parcel) -> None:
        """Queued under the topic's name, so that it is told once however much was meant for it."""
        room = self._room
        told = room.to_admins(notices.topic_gone(parcel.chat, room.say))
        await room.outbox.add(told, key=f"topic {parcel.chat} {topic_of(parcel)}", at=room.now())
        room.mail.ring()

    async def _settle(self, message: Queued, parcel: Parcel, found: Verdict) -> None:
        outbox, departures, at = self._room.outbox, self._room.departures, self._room.now()
        match found.step:
            case Step.SENT:
                await outbox.sent(parcel.id, found.message_id, at=at)
                if parcel.kind is OutgoingKind.POST:
                    self._room.posted.set()
            case Step.STALE | Step.EXPOSED:
                await outbox.cancel(parcel.id, found.reason, at=at)
            case Step.GONE if parcel.kind is OutgoingKind.ACT:
                await outbox.cancel(parcel.id, found.reason, at=at)
            case Step.GONE:
                await self._room.gone(parcel.chat, found.reason)
            case Step.LOCKED_OUT:
                await outbox.give_back(parcel, found.reason, not_before=at)
                raise TokenRefused
            case Step.MOVED if await self._is_text(parcel):
                await self._room.moved(parcel.chat, found.chat)
                reason = arrivals.UNANSWERED if parcel.is_repeated else arrivals.MOVED
                await outbox.cancel(parcel.id, reason, at=at)
            case Step.LATER | Step.UNCERTAIN | Step.CLOSED | Step.MOVED:
                await self._postpone(message, parcel, found)
                return
            case _:
                await self._bury(parcel, found)
        departures.done(message)
        self._postponed.pop(message.id, None)

    async def _postpone(self, message: Queued, parcel: Parcel, found: Verdict) -> None:
        if found.step is Step.MOVED:
            await self._room.moved(parcel.chat, found.chat)
        unanswered = found.step is Step.UNCERTAIN
        not_before = self._room.now() + timedelta(seconds=found.seconds)
        await self._room.outbox.give_back(parcel, found.reason, not_before=not_before, unanswered=unanswered)
        self._postponed[message.id] += not unanswered
        until = asyncio.get_running_loop().time() + found.seconds
        if found.step is Step.CLOSED:
            self._room.departures.close(until)
        self._room.departures.delay(message, until)
        log.info("message %d waits %.1f s: %s", parcel.id, found.seconds, found.reason)

    async def _bury(self, parcel: Parcel, found: Verdict) -> None:
        room = self._room
        log.error("message %d given up: %s", parcel.id, found.reason)
        # A notice about a failed notice would go on for ever.
        is_notice = parcel.kind is OutgoingKind.POST and parcel.chat in room.admins
        text = notices.given_up(parcel.id, parcel.chat, found.reason, room.say)
        await room.outbox.bury(parcel.id, found.reason, () if is_notice else room.to_admins(text), at=room.now())
        room.mail.ring()
