"""Telegram's limits, kept by us: how long a message to a chat has to wait."""

from collections import deque

from storage.outgoing import OutgoingKind

_PRUNE_ABOVE = 2000
_SECOND = 1.015  # what left evenly may arrive a little closer together
_CATCHING_UP = 3


class Window:
    """At most ``limit`` events in any span of ``seconds``."""

    def __init__(self, limit: int, seconds: float) -> None:
        self._seconds = seconds
        self._times: deque[float] = deque(maxlen=limit)
        self.step = seconds / limit  # from one event to the next where they come evenly

    def wait(self, now: float, *, behind: int = 0) -> float:
        """Seconds until one more fits, and so many ``behind`` it: the first of those a step later at most, the second
        two, and so on.
        """
        first = len(self._times) - (self._times.maxlen or 1)
        waits = (
            self._times[first + n] + self._seconds - n * self.step - now
            for n in range(max(0, -first), behind + 1)
            if first + n < len(self._times)
        )
        return max(0.0, max(waits, default=0.0))

    def note(self, now: float) -> None:
        self._times.append(now)

    def put_off(self, number: int, now: float) -> None:
        """The last events that were noted happen only now."""
        for at in range(1, min(number, len(self._times)) + 1):
            self._times[-at] = now

    def is_idle(self, now: float) -> bool:
        return not self._times or self._times[-1] + self._seconds < now


class Pace:
    """After a first burst one event a step, until there was a pause of ``seconds``. Some that are late catch up."""

    def __init__(self, burst: int, step: float, seconds: float) -> None:
        self._burst = burst
        self._step = step
        self._seconds = seconds
        self._left = burst
        self._next = 0.0

    def wait(self, now: float) -> float:
        return 0.0 if self._left or self._has_rested(now) else max(0.0, self._next - now)

    def note(self, now: float) -> None:
        self._left = max(0, (self._burst if self._has_rested(now) else self._left) - 1)
        self._next = max(self._next, now - _CATCHING_UP * self._step) + self._step

    def _has_rested(self, now: float) -> bool:
        return now - self._next >= self._seconds


class Pacer:
    """About 30 messages a second overall, one a second per chat, 20 a minute per group (Telegram's FAQ for bots).

    Bulk leaves evenly and a place in each second free, so that an answer leaves at once, and where several come each a
    place later. A body is no message: it is written into one that was counted. Only its chat's limits hold for it, and
    a pace of its own.
    """

    def __init__(self, *, overall: int = 30, reserved: int = 5, per_chat: int = 3, per_group: int = 20) -> None:
        self._overall, self._bodies = Window(overall, _SECOND), Window(overall, _SECOND)
        self._bulk = Pace(overall - reserved, _SECOND / (overall - 1), _SECOND)
        self._reserved = reserved
        self._per_chat = per_chat
        self._per_group = per_group
        self._chats: dict[int, tuple[Window, ...]] = {}

    def wait_overall(self, now: float, kind: OutgoingKind) -> float:
        match kind:
            case OutgoingKind.BODY:
                return self._bodies.wait(now)
            case OutgoingKind.POST:
                return max(self._overall.wait(now, behind=self._reserved), self._bulk.wait(now))
            case _:
                return self._overall.wait(now)

    def wait(self, chat: int, now: float) -> float:
        return max((window.wait(now) for window in self._chats.get(chat, ())), default=0.0)

    def note(self, chat: int, now: float, kind: OutgoingKind) -> None:
        for window in (self._bodies if kind is OutgoingKind.BODY else self._overall, *self._windows(chat, now)):
            window.note(now)
        if kind is OutgoingKind.POST:
            self._bulk.note(now)

    def put_off(self, number: int, now: float) -> None:
        """So many messages that were noted last leave only now, later than was meant."""
        self._overall.put_off(number, now)

    def _windows(self, chat: int, now: float) -> tuple[Window, ...]:
        if len(self._chats) > _PRUNE_ABOVE:
            self._chats = {
                known: windows for known, windows in self._chats.items() if not all(w.is_idle(now) for w in windows)
            }
        if chat not in self._chats:
            # A burst of three is let through; on average it stays at one a second.
            second = Window(self._per_chat, float(self._per_chat))
            self._chats[chat] = (second, Window(self._per_group, 60.0)) if chat < 0 else (second,)
        return self._chats[chat]


class Unlimited(Pacer):
    """For a Bot API of our own on this machine."""

    def wait_overall(self, now: float, kind: OutgoingKind) -> float:  # noqa: ARG002
        return 0.0

    def wait(self, chat: int, now: float) -> float:  # noqa: ARG002
        return 0.0

    def note(self, chat: int, now: float, kind: OutgoingKind) -> None:
        pass
