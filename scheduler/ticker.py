"""The clock: every so often it asks what is due. When something is due is decided there, not here."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]  # has no types
from apscheduler.triggers.interval import IntervalTrigger  # type: ignore[import-untyped]  # has no types

log = logging.getLogger(__name__)

SECONDS = 20

Duty = Callable[[datetime], Awaitable[None]]
Tick = Callable[[], Awaitable[None]]


@asynccontextmanager
async def ticking(
    duties: Sequence[Duty], now: Callable[[], datetime], *, seconds: float = SECONDS
) -> AsyncIterator[Tick]:
    """Calls each duty at once and then at every tick, with the local time; one that fails is tried at the next.

    Gives what a tick does, for when the clock was moved.
    """
    one_at_a_time = asyncio.Lock()

    async def tick() -> None:
        async with one_at_a_time:
            await fulfil()

    async def fulfil() -> None:
        for duty in duties:
            try:
                await duty(now())
            except asyncio.CancelledError:
                return  # the bot stops; APScheduler would report its own doing as an error
            except Exception:
                log.exception("a duty failed and is tried again at the next tick")

    # APScheduler's cron triggers miscount around daylight saving in Berlin, and its defaults drop late jobs.
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(
        tick,
        IntervalTrigger(seconds=seconds, timezone="UTC"),
        next_run_time=datetime.now(UTC),
        misfire_grace_time=None,
        coalesce=True,
        max_instances=1,
    )
    scheduler.start()
    try:
        yield tick
    finally:
        scheduler.shutdown(wait=False)
