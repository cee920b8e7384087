"""Time in tests of a year: the loop's seconds are short, and the civil clock jumps from one instant to the next."""

import asyncio
import selectors
import time
from datetime import datetime, timedelta

from bot.pacing import Pacer
from storage.outgoing import OutgoingKind
from tests.chatting import Clock

SCALE = 20.0  # seconds of the loop in one of the machine's


class _Selector(selectors.DefaultSelector):
    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        found: list[tuple[selectors.SelectorKey, int]] = super().select(timeout / SCALE if timeout else timeout)
        return found


class HastyLoop(asyncio.SelectorEventLoop):
    """An event loop on which pauses, pacing and timeouts pass faster."""

    def __init__(self) -> None:
        super().__init__(_Selector())

    def time(self) -> float:
        return time.monotonic() * SCALE


class Running(Clock):
    """A civil clock that goes with the loop's seconds and can be put ahead."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self._since = asyncio.get_running_loop().time()
        self.jumped = 0.0  # seconds

    def __call__(self) -> datetime:
        return self.at + timedelta(seconds=asyncio.get_running_loop().time() - self._since)

    def jump(self, to: datetime) -> None:
        before = self()
        if to < before:
            raise AssertionError(f"it is {before} already, and {to} was to come")
        self.at, self._since = to.astimezone(self.at.tzinfo), asyncio.get_running_loop().time()
        self.jumped += (to - before).total_seconds()


class Observed(Pacer):
    """The pacer of a bot on such a clock; ``left`` is what left when, in seconds, for which chat and as what."""

    def __init__(self, clock: Running) -> None:
        super().__init__()
        self.left: list[tuple[float, int, OutgoingKind]] = []
        self._clock = clock

    def wait_overall(self, now: float, kind: OutgoingKind) -> float:
        return super().wait_overall(now + self._clock.jumped, kind)

    def wait(self, chat: int, now: float) -> float:
        return super().wait(chat, now + self._clock.jumped)

    def note(self, chat: int, now: float, kind: OutgoingKind) -> None:
        self.left.append((now + self._clock.jumped, chat, kind))
        super().note(chat, now + self._clock.jumped, kind)

    def put_off(self, number: int, now: float) -> None:
        super().put_off(number, now + self._clock.jumped)


def most_within(times: list[float], seconds: float) -> int:
    """The most events in any span of so many seconds."""
    most = first = 0
    for last, at in enumerate(times):
        while at - times[first] >= seconds:
            first += 1
        most = max(most, last - first + 1)
    return most
