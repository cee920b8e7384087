"""The updates waiting for the bot, with getUpdates' rules: kept until confirmed, one poller, filtered by kind."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.playground.payloads import Json
from bot.playground.refusals import conflict

UPDATE_KINDS = (
    "message", "edited_message", "channel_post", "edited_channel_post", "inline_query", "chosen_inline_result",
    "callback_query", "shipping_query", "pre_checkout_query", "poll", "poll_answer", "my_chat_member", "chat_member",
    "chat_join_request", "message_reaction", "message_reaction_count", "chat_boost", "removed_chat_boost",
)  # fmt: skip
ON_DEMAND = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
MAX_TIMEOUT = 50
MAX_BATCH = 100
FUTURE = 10  # an offset further ahead than this is taken for nonsense and starts at the head again


@dataclass(frozen=True, slots=True)
class Update:
    id: int
    content: dict[str, Json]

    def json(self) -> dict[str, Json]:
        return {"update_id": self.id, **self.content}


@dataclass
class UpdateQueue:
    next_id: int = 100_001
    allowed: frozenset[str] = frozenset(UPDATE_KINDS) - ON_DEMAND
    closed: bool = False  # nobody waits any longer
    twice: bool = False  # misbehaviour: everything is delivered a second time under a new id
    waiting: deque[Update] = field(default_factory=deque)
    confirmed: list[Update] = field(default_factory=list)
    on_poll: Callable[[int], None] | None = None  # told the offset of each poll, before it confirms
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _poller: "asyncio.Event | None" = None

    def close(self) -> None:
        self.closed = True
        self._arrived.set()

    def push(self, kind: str, content: Json) -> int | None:
        """Queues an update and gives its id; None where the bot did not ask for this kind."""
        if kind not in self.allowed:
            return None
        return self.push_raw({kind: content})

    def push_raw(self, content: dict[str, Json]) -> int:
        """Queues anything at all, readable or not."""
        number = self.next_id
        for _ in range(2 if self.twice else 1):
            self.waiting.append(Update(self.next_id, content))
            self.next_id += 1
        self._arrived.set()
        return number

    def continue_at(self, update_id: int) -> None:
        """Update ids may restart anywhere after an idle week."""
        self.next_id = update_id

    def redeliver(self, count: int = 1) -> None:
        """Puts the last confirmed updates back in front, under their old ids."""
        again = self.confirmed[-count:]
        del self.confirmed[-count:]
        self.waiting.extendleft(reversed(again))
        self._arrived.set()

    def allow(self, kinds: list[Json]) -> None:
        wanted = frozenset(str(kind) for kind in kinds) & frozenset(UPDATE_KINDS)
        self.allowed = wanted or frozenset(UPDATE_KINDS) - ON_DEMAND

    def confirm_before(self, offset: int) -> None:
        """Confirms by place in the queue: everything in front of the update with that id."""
        if offset < 0:
            self._confirm(max(0, len(self.waiting) + offset))
            return
        if not self.waiting or not 0 < offset <= self.waiting[-1].id + FUTURE:
            return
        self._confirm(sum(1 for update in self.waiting if update.id < offset))

    def _confirm(self, count: int) -> None:
        for _ in range(count):
            self.confirmed.append(self.waiting.popleft())

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """What waits from ``offset`` on, or, after that many seconds, nothing."""
        if self._poller is not None:
            self._poller.set()
        replaced = self._poller = asyncio.Event()
        if self.on_poll:
            self.on_poll(offset)
        self.confirm_before(offset)
        try:
            await self._something(replaced, min(seconds, MAX_TIMEOUT))
        finally:
            if self._poller is replaced:
                self._poller = None
        size = limit if 1 <= limit <= MAX_BATCH else MAX_BATCH
        return [update.json() for update in list(self.waiting)[:size]]

    async def _something(self, replaced: asyncio.Event, seconds: float) -> None:
        if self.waiting or self.closed or seconds <= 0:
            return
        self._arrived.clear()
        watched = [asyncio.ensure_future(self._arrived.wait()), asyncio.ensure_future(replaced.wait())]
        try:
            await asyncio.wait(watched, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in watched:
                task.cancel()
        if replaced.is_set():
            raise conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
