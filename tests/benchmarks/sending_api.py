"""A loopback Bot API as slow as Telegram's and as strict: 60 ms a call, and no 31st message in any second."""

import asyncio
import json
import sys
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median

from tests.benchmarks import updates
from tests.benchmarks.bot_api import CHATS, Api, Connection
from tests.benchmarks.rounds import FIRST_CHAT, Question, questions_from_text

SECONDS_A_CALL = 0.06
A_SECOND = 30  # messages Telegram takes; edits are none
ASKED_EVERY = 1.5  # seconds
PATIENCE = 150.0
_WRITES = frozenset({"sendmessage", "editmessagetext"})
START = "startclock"  # called by a sender when it begins; Telegram has no such method
WARMING_UP = 8.0  # seconds before that, in which people ask already
_REFUSED = {
    "ok": False,
    "error_code": 429,
    "description": "Too Many Requests: retry after 1",
    "parameters": {"retry_after": 1},
}


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of the messages. Seconds run from when its sender began; waits are those of people who asked."""

    told: int
    twice: int
    seconds: float
    refused: int
    asked: int
    answered: int
    wrong: int
    longest_wait_ms: float
    median_wait_ms: float


@dataclass(frozen=True, slots=True)
class Asked:
    """When somebody asked, and what a true answer has."""

    expected: tuple[str, ...]
    at: float


@dataclass
class Town(Api):
    """Groups that wait for so many messages, and people who ask something meanwhile."""

    messages: int
    questions: Sequence[Question]
    done: asyncio.Event = field(default_factory=asyncio.Event)
    started_at: float = 0.0
    told: dict[tuple[int, str], float] = field(default_factory=dict)
    twice: int = 0
    refused: int = 0
    wrong: int = 0
    asked: dict[int, Asked] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    _leaving: deque[float] = field(default_factory=deque)

    def __post_init__(self) -> None:
        super().__init__(self.questions)

    def admits(self, now: float) -> bool:
        """Whether one more message is taken in this second."""
        while self._leaving and self._leaving[0] <= now - 1.0:
            self._leaving.popleft()
        if len(self._leaving) >= A_SECOND:
            self.refused += 1
            return False
        self._leaving.append(now)
        return True

    def hear(self, fields: Mapping[str, str], now: float) -> None:
        """A digest has more than one line; the line that announces it is not one yet."""
        chat, text = int(fields["chat_id"]), fields["text"]
        if chat > 0:
            self._hear_answer(chat, text, now)
        elif "\n" in text:
            self.twice += (chat, text) in self.told
            self.told.setdefault((chat, text), now)
            if len(self.told) == self.messages:
                self.done.set()

    def _hear_answer(self, chat: int, text: str, now: float) -> None:
        asked = self.asked.pop(chat, None)
        if asked is None or not all(piece in text for piece in asked.expected):
            self.wrong += 1
        if asked is not None and self.started_at and asked.at > self.started_at:
            self.waits.append(now - asked.at)

    async def ask(self) -> None:
        """Somebody else every time, so that nobody meets the limit of a chat."""
        people: Iterator[int] = cycle(range(FIRST_CHAT, FIRST_CHAT + CHATS))
        number = 0
        while not self.done.is_set():
            await asyncio.sleep(ASKED_EVERY)
            if self.done.is_set() or (chat := next(people)) in self.asked:
                continue
            number += 1
            question = self.questions[number % len(self.questions)]
            expected = tuple(piece.format(n=number) for piece in question.expected)
            self.asked[chat] = Asked(expected, time.monotonic())
            said = updates.message(chat, number, question.text.format(n=number))
            self.feed.add(number, updates.numbered(number, said))

    async def result(self) -> Sent:
        """When everybody was told and answered, or nobody has been for long."""
        asking = asyncio.create_task(self.ask())
        try:
            await asyncio.wait_for(self.done.wait(), PATIENCE)
            await asyncio.sleep(1)
        except TimeoutError:
            pass
        finally:
            asking.cancel()
        now = time.monotonic()
        late = (now - asked.at for asked in self.asked.values() if asked.at > self.started_at)
        waits = [*self.waits, *late]
        return Sent(
            told=len(self.told),
            twice=self.twice,
            seconds=max(self.told.values(), default=now) - self.started_at,
            refused=self.refused,
            asked=len(waits),
            answered=len(self.waits),
            wrong=self.wrong,
            longest_wait_ms=max(waits, default=0.0) * 1000,
            median_wait_ms=median(waits or [0.0]) * 1000,
        )


class SlowConnection(Connection):
    """Answers what is written 60 ms after it came, as from far away; a refusal comes at once."""

    def __init__(self, town: Town) -> None:
        super().__init__(town)
        self._town = town

    def respond(self, method: str, fields: Mapping[str, str]) -> None:
        town, now = self._town, time.monotonic()
        if method == START:
            town.started_at = now
        if method not in _WRITES:
            self._send(town.answer(method, fields))
        elif method == "sendmessage" and not town.admits(now):
            self._send(json.dumps(_REFUSED).encode(), status=b"429 Too Many Requests")
        else:
            asyncio.get_running_loop().call_later(SECONDS_A_CALL, self._respond_late, method, fields)

    def _respond_late(self, method: str, fields: Mapping[str, str]) -> None:
        self._town.hear(fields, time.monotonic())
        if not self._transport.is_closing():
            self._send(self._town.answer(method, fields))


async def serve(messages: int, questions: Sequence[Question]) -> None:
    """Says its port, and in the end what became of the digests."""
    town = Town(messages, questions)
    server = await asyncio.get_running_loop().create_server(partial(SlowConnection, town), "127.0.0.1", 0)
    print(json.dumps(server.sockets[0].getsockname()[1]), flush=True)
    print(json.dumps(asdict(await town.result())), flush=True)


if __name__ == "__main__":
    _messages, _file = sys.argv[1:]
    asyncio.run(serve(int(_messages), questions_from_text(Path(_file).read_text(encoding="utf-8"))))
