"""Which message leaves next: in order within a chat, answers before bulk, no faster than Telegram takes them."""

import heapq
import itertools
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, field

from bot.pacing import Pacer
from storage.outbox import Queued
from storage.outgoing import OutgoingKind

# The heaps, in the order in which they are drawn on.
_ANSWERS, _BODIES, _POSTS = range(3)
_KINDS = (OutgoingKind.REPLY, OutgoingKind.BODY, OutgoingKind.POST)
_BULK = frozenset({OutgoingKind.BODY, OutgoingKind.POST})
# Button answers are timely and belong to no order, so they pass their chat's messages by.
LaneKey = tuple[int, bool]


@dataclass(eq=False, slots=True)
class _Lane:
    key: LaneKey
    waiting: deque[Queued] = field(default_factory=deque)
    ready_at: float = 0.0
    away: set[int] = field(default_factory=set)  # being sent: one, or two for a moment after chats were joined

    @property
    def rank(self) -> int:
        """Which of the heaps it waits in: somebody who waits for an answer draws on what stands before that."""
        if any(message.kind not in _BULK for message in self.waiting):
            return _ANSWERS
        return _BODIES if self.waiting[0].kind is OutgoingKind.BODY else _POSTS


class Departures:
    """Times are seconds of one monotonic clock, handed in."""

    def __init__(self, pacer: Pacer) -> None:
        self._pacer = pacer
        self._lanes: dict[LaneKey, _Lane] = {}
        # By rank: (when it may go, order of entry, lane).
        self._heaps: tuple[list[tuple[float, int, _Lane]], ...] = ([], [], [])
        self._entry = itertools.count()
        self._closed_until = 0.0
        self._moved: dict[int, int] = {}
        self._not_before: dict[int, float] = {}  # of messages that must not leave even when it is their turn

    def add(self, message: Queued, *, ready_at: float = 0.0) -> None:
        lane = self._lane_of(message)
        rank = lane.rank if lane.waiting else None
        lane.waiting.append(message)
        if ready_at:
            self._not_before[message.id] = ready_at
        if lane.rank != rank:
            self._enter(lane)

    def take(self, now: float, room: int) -> list[Queued]:
        """The messages that may leave now, at most ``room`` and one per chat; each stays first until ``done``."""
        taken: list[Queued] = []
        if now < self._closed_until:
            return taken
        for rank, heap in enumerate(self._heaps):
            while heap and heap[0][0] <= now and len(taken) < room and not self._pacer.wait_overall(now, _KINDS[rank]):
                lane = heapq.heappop(heap)[2]
                if self._may_leave(lane, rank, now):
                    message = lane.waiting[0]
                    lane.away.add(message.id)
                    self._pacer.note(lane.key[0], now, message.kind)
                    taken.append(message)
        return taken

    def next_at(self, now: float) -> float | None:
        """When ``take`` may give something again, or None if nothing waits."""
        times = [
            max(heap[0][0], now + self._pacer.wait_overall(now, _KINDS[rank]))
            for rank, heap in enumerate(self._heaps)
            if heap
        ]
        return max(min(times), self._closed_until) if times else None

    def left(self, messages: Collection[Queued], now: float) -> None:
        """What was taken leaves only now."""
        self._pacer.put_off(sum(message.kind is not OutgoingKind.BODY for message in messages), now)

    def done(self, message: Queued) -> None:
        """A message that was taken is settled; the next one of its chat may follow."""
        lane = self._lane_of(message)
        lane.away.discard(message.id)
        if message in lane.waiting:
            lane.waiting.remove(message)
        self._enter(lane)

    def delay(self, message: Queued, until: float) -> None:
        """A message that was taken stays the first of its chat, and nothing of that chat leaves before."""
        lane = self._lane_of(message)
        lane.away.discard(message.id)
        lane.ready_at = max(lane.ready_at, until)
        self._enter(lane)

    def close(self, until: float) -> None:
        """Nothing at all leaves before."""
        self._closed_until = max(self._closed_until, until)

    def forget(self, chat: int, messages: Collection[int]) -> None:
        """Drops what was cancelled and nothing else: more may have been queued since. What is out comes home first."""
        for passing in (False, True):
            if lane := self._lanes.get((self._current(chat), passing)):
                lane.waiting = deque(m for m in lane.waiting if m.id in lane.away or m.id not in messages)
                self._enter(lane)

    def move(self, old: int, new: int) -> None:
        """What waits for a chat goes to its new id; messages that are out already find their way by the old one."""
        self._moved[old] = new
        for passing in (False, True):
            left = self._lanes.pop((old, passing), None)
            if left is None:
                continue
            lane = self._lanes.setdefault((new, passing), _Lane((new, passing)))
            lane.waiting = deque(sorted((*left.waiting, *lane.waiting), key=lambda message: message.id))
            lane.away |= left.away
            lane.ready_at = max(lane.ready_at, left.ready_at)
            self._enter(lane)

    def _may_leave(self, lane: _Lane, rank: int, now: float) -> bool:
        """Entries are left in the heap when a lane changes, so that an outdated one has to be told here."""
        if self._lanes.get(lane.key) is not lane or lane.away or not lane.waiting:
            return False
        if lane.rank != rank:
            self._enter(lane)
            return False
        if not lane.key[1]:
            lane.ready_at = max(lane.ready_at, now + self._pacer.wait(lane.key[0], now))
        if lane.ready_at > now:
            self._enter(lane)
            return False
        return True

    def _enter(self, lane: _Lane) -> None:
        if not lane.waiting:
            self._lanes.pop(lane.key, None)
        elif not lane.away:
            lane.ready_at = max(lane.ready_at, self._not_before.pop(lane.waiting[0].id, 0.0))
            heapq.heappush(self._heaps[lane.rank], (lane.ready_at, next(self._entry), lane))

    def _lane_of(self, message: Queued) -> _Lane:
        key = (self._current(message.chat), message.kind is OutgoingKind.TOAST)
        if key not in self._lanes:
            self._lanes[key] = _Lane(key)
        return self._lanes[key]

    def _current(self, chat: int) -> int:
        while chat in self._moved:
            chat = self._moved[chat]
        return chat
