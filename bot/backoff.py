"""How long to wait before the next try."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from storage.outages import is_outage

log = logging.getLogger(__name__)

Found = TypeVar("Found")

_LONGEST_SECONDS = 60.0


def backoff(failures: int, *, first: float = 0.5, longest: float = _LONGEST_SECONDS) -> float:
    """Doubles with each failure up to the longest; the jitter keeps many waiters from coming back together."""
    ceiling = min(longest, first * 2.0 ** min(failures, 20))
    return ceiling * random.uniform(0.5, 1.0)  # noqa: S311  # spreads load, hides nothing


async def insisting(work: Callable[[], Awaitable[Found]]) -> Found:
    """Does the work as often as it takes while the database cannot be used; any other error is the caller's."""
    failures = 0
    while True:
        try:
            return await work()
        except Exception as error:
            if not is_outage(error):
                raise
            failures += 1
            log.warning("the database cannot be used (%s), trying again", error)
        await asyncio.sleep(backoff(failures, first=0.1))
