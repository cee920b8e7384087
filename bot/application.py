"""The bot as a whole: what is wired to what, how it starts and how it stops."""

import asyncio
import gc
import itertools
import logging
import signal
from collections.abc import Callable
from contextlib import AsyncExitStack, nullcontext
from datetime import datetime
from types import TracebackType
from typing import Self

from telegram.error import EndPointNotFound, InvalidToken, TelegramError

from bot import free_days
from bot.api import POLL_SECONDS, BotApi
from bot.backoff import backoff
from bot.clock import ClockWatch
from bot.departures import Departures
from bot.dispatch import Dispatch
from bot.failures import Failure
from bot.files import TelegramFiles
from bot.health import Health, take_pulse
from bot.health_page import health_page
from bot.instance import InstanceLock
from bot.intake import Intake, TokenRefused
from bot.log import start_log
from bot.members import TelegramMembers
from bot.menus import publish_menus
from bot.opening import open_store
from bot.pacing import Pacer
from bot.room import PostRoom
from bot.settings import Settings, SettingsError
from bot.transport import Transport
from bot.worker import Handles, Worker
from handlers.intray import Files
from handlers.members import Members
from handlers.menus import menus
from handlers.router import Router
from locales.phrases import phrase
from locales.translations import language
from scheduler.bulletins import Bulletins
from scheduler.composing import Composing
from scheduler.digests import Digests
from scheduler.endings import Ends
from scheduler.forgetting import Forgetting
from scheduler.heads import Heads
from scheduler.housekeeping import Housekeeping
from scheduler.readers import City
from scheduler.recalling import Recalling
from scheduler.reminders import Reminders, Reminding
from scheduler.ticker import Tick, ticking
from storage.clearances import Clearances
from storage.store import Store

log = logging.getLogger(__name__)


class Application:
    """``async with Application(settings, store) as bot: await bot.run()``. It runs from entering to leaving.

    ``lock`` is the one that is held already; without it the bot takes its own.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store,
        *,
        router: Handles | None = None,
        pacer: Pacer | None = None,
        now: Callable[[], datetime] | None = None,
        poll_seconds: int = POLL_SECONDS,
        lock: InstanceLock | None = None,
    ) -> None:
        if settings.token is None:
            raise SettingsError(phrase("AMTSBOTE_TOKEN is not set."))
        self._settings = settings
        self._store = store
        self._lock = nullcontext() if lock else InstanceLock(store.database.path)
        self._workdays = free_days.workdays(settings)
        self._now = now or (lambda: datetime.now(settings.zone))
        self._transport = Transport()
        api = BotApi(self._transport, origin=settings.api_url, token=settings.token.get_secret_value())
        self._router = router or a_router(settings, store, files=TelegramFiles(api), members=TelegramMembers(api))
        self._room = PostRoom(
            api=api,
            inbox=store.inbox,
            outbox=store.outbox,
            suspensions=store.suspensions,
            departures=Departures(pacer or Pacer()),
            clearances=Clearances(settings.clearance, lambda: self._now().date()),
            admins=settings.admins,
            say=language(settings.language),
            now=self._now,
        )
        self._intake = Intake(self._room, seconds=poll_seconds)
        self._stop = asyncio.Event()
        self._life: asyncio.Task[None] | None = None
        self._exit = AsyncExitStack()
        self._tick: Tick | None = None

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            stack.enter_context(self._lock)
            await self._transport.initialize()
            stack.push_async_callback(self._transport.shutdown)
            await self._store.people.set_admins(self._settings.admins, self._now())
            await self._store.set_non_public(self._settings.clearance)
            await self._room.open()
            if self._settings.listen is not None:
                await stack.enter_async_context(health_page(self.health, self._settings.listen))
            self._life = asyncio.create_task(self._live(), name="post room")
            self._exit = stack.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._life is not None:
            self._life.cancel()
            await asyncio.wait([self._life])
        await self._exit.aclose()
        if error is None and self._life is not None and not self._life.cancelled():
            self._life.result()

    async def run(self) -> None:
        """Until SIGTERM, SIGINT or ``stop``. Raises what ended a part of the bot before that."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        stopping = asyncio.create_task(self._stop.wait())
        running = [stopping] if self._life is None else [stopping, self._life]
        await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if self._life is not None and self._life.done():
            self._life.result()

    def stop(self) -> None:
        self._stop.set()

    async def tick(self) -> None:
        """Does what is due now without waiting for the next tick: the clock was moved."""
        if self._tick is not None:
            await self._tick()

    async def health(self) -> Health:
        return await take_pulse(
            self._store.inbox,
            self._store.outbox,
            last_good_poll_at=self._intake.last_good_poll_at,
            is_running=self._life is not None and not self._life.done(),
            now=self._now(),
        )

    async def _live(self) -> None:
        """Every part lives as long as all of them do: one that ends ends the others, and the bot."""
        await self._introduce()
        composing = Composing(self._store, City(self._settings.clearance, self._workdays, self._settings.language))
        reminding = Reminding(self._store, composing.city, self._settings.zone)
        bulletins = Bulletins(self._store, composing, reminding, self._room.mail.ring)
        watch = ClockWatch(self._room)
        duties = (
            watch.holding(Digests(self._store, composing, self._settings.zone, self._room.mail.ring)),
            watch.holding(Reminders(reminding, self._room.mail.ring)),
            bulletins,
            Recalling(self._store, self._room.mail.ring, default_language=self._settings.language),
            Ends(self._store, self._room.mail.ring, default_language=self._settings.language),
            Forgetting(self._store),
            Heads(self._store),
            Housekeeping(self._store, backups=self._settings.backups),
        )
        try:
            async with ticking(duties, self._now) as self._tick, asyncio.TaskGroup() as group:
                group.create_task(self._intake.run(), name="intake")
                group.create_task(Worker(self._room, self._router).run(), name="worker")
                group.create_task(Dispatch(self._room).run(), name="dispatch")
                group.create_task(bulletins.run(self._room.posted, self._now), name="bulletins")
                group.create_task(publish_menus(self._room.api, menus()), name="menus")
        except BaseExceptionGroup as group_of_errors:
            # What is raised inside ``except*`` is wrapped in a group by some releases of Python 3.11.
            failure = first_failure(group_of_errors)
            if failure is not None:
                raise failure from None
            raise

    async def _introduce(self) -> None:
        """Learns the bot's own name, and makes sure that Telegram lets it poll."""
        for attempt in itertools.count(1):
            try:
                me = await self._room.api.me()
                await self._room.api.call("deleteWebhook", "{}")
                break
            except (InvalidToken, EndPointNotFound):
                raise TokenRefused from None
            except TelegramError as error:
                pause = backoff(attempt)
                log.warning("Telegram is not reachable (%s), trying again in %.1f s", error, pause)
                await asyncio.sleep(pause)
        self._router.bot_id, self._router.bot_name = me.id, me.username or ""
        log.info("the bot is @%s", me.username)


def first_failure(group: BaseExceptionGroup[BaseException]) -> Failure | None:
    """The first of the errors that says by itself what has to be said."""
    for error in group.exceptions:
        found = first_failure(error) if isinstance(error, BaseExceptionGroup) else error
        if isinstance(found, Failure):
            return found
    return None


def a_router(settings: Settings, store: Store, *, files: Files | None = None, members: Members | None = None) -> Router:
    return Router(
        store,
        zone=settings.zone,
        non_public=settings.clearance,
        admins=settings.admins,
        workdays=free_days.workdays(settings),
        default_language=settings.language,
        files=files,
        members=members,
    )


async def run_bot(settings: Settings) -> int:
    """``amtsbote run``: opens the register and serves until told to stop."""
    start_log(settings.log_format)
    if not settings.admins:
        log.warning("AMTSBOTE_ADMINS names nobody: no chat can be admitted")
    with InstanceLock(settings.database) as lock:
        async with open_store(settings, create=True) as store, Application(settings, store, lock=lock) as bot:
            collect_less_often()
            await bot.run()
    return 0


def collect_less_often() -> None:
    """What is loaded by now stays; an update's thousands of small objects are gone before they are worth a search.

    Measured: a tenth less time per update, and no more memory.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
