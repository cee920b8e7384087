"""Telegram's limits, kept by us: how long a message to a chat has to wait."""

from collections import deque

_PRUNE_ABOVE = 2000


class Window:
    """At most ``limit`` events in any span of ``seconds``."""

    def __init__(self, limit: int, seconds: float) -> None:
        self._seconds = seconds
        self._times: deque[float] = deque(maxlen=limit)

    def wait(self, now: float, *, spare: int = 0) -> float:
        """Seconds until one more fits; ``spare`` places are left free for others."""
        limit = self._times.maxlen or 1
        if len(self._times) + spare < limit:
            return 0.0
        decisive = min(len(self._times) - limit + spare, len(self._times) - 1)
        return max(0.0, self._times[decisive] + self._seconds - now)

    def note(self, now: float) -> None:
        self._times.append(now)

    def is_idle(self, now: float) -> bool:
        return not self._times or self._times[-1] + self._seconds < now


class Pacer:
    """About 30 messages a second overall, one a second per chat, 20 a minute per group (Telegram's FAQ for bots).

    ``bulk`` messages leave a few places of each second to answers.
    """

    def __init__(self, *, overall: int = 30, reserved: int = 5, per_chat: int = 3, per_group: int = 20) -> None:
        # A little over a second: what left evenly may arrive closer together.
        self._overall = Window(overall, 1.05)
        self._reserved = reserved
        self._per_chat = per_chat
        self._per_group = per_group
        self._chats: dict[int, tuple[Window, ...]] = {}

    def wait_overall(self, now: float, *, bulk: bool) -> float:
        return self._overall.wait(now, spare=self._reserved if bulk else 0)

    def wait(self, chat: int, now: float) -> float:
        return max((window.wait(now) for window in self._chats.get(chat, ())), default=0.0)

    def note(self, chat: int, now: float) -> None:
        self._overall.note(now)
        for window in self._windows(chat, now):
            window.note(now)

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

    def wait_overall(self, now: float, *, bulk: bool) -> float:  # noqa: ARG002
        return 0.0

    def wait(self, chat: int, now: float) -> float:  # noqa: ARG002
        return 0.0

    def note(self, chat: int, now: float) -> None:
        pass
