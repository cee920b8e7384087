"""One round of a benchmark: what is asked, whether each answer is true, and how long it took."""

import asyncio
import json
import math
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field

from tests.benchmarks import updates
from tests.benchmarks.updates import Shown, Tap

FIRST_CHAT = 1000  # numeric ids of the persons who ask; their private chats have the same
FIRST_WRITER = 5000  # of those who change something
PATIENCE = 60.0  # seconds of silence after which the rest is given up
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Question:
    """A text somebody sends; a true answer contains the expected pieces in this order.

    With a ``button`` the answer is a preview: who asked taps it, and is then told what ``then`` has.
    """

    text: str
    expected: tuple[str, ...]
    button: str = ""
    then: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """How many questions to ask, or changes to make: all at once, or so many a second."""

    count: int
    per_second: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """How a round went. Seconds run from the first question to the last answer; milliseconds are per answer.

    ``last_answer_at`` is on the machine's monotonic clock, ``own_cpu`` what the loopback API itself spent, ``saved``
    what was said by those who were told that it is saved, in this order.
    """

    asked: int
    answered: int
    wrong: tuple[str, ...]
    seconds: float
    p50_ms: float
    p99_ms: float
    last_answer_at: float
    own_cpu: float
    saved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """One question on its way: who asks, in which words, and the update that Telegram makes of it."""

    chat: int
    question: Question
    update: bytes


def askings(questions: Sequence[Question], count: int, *, chats: int, first: int = 0) -> list[Asking]:
    """The questions, numbered on from ``first``, go round the chats, so that each chat asks ever the same one."""
    first_chat = FIRST_WRITER if questions[0].button else FIRST_CHAT
    numbered = ((number, first_chat + number % chats) for number in range(first, first + count))
    return [_asking(questions[chat % len(questions)], chat, number) for number, chat in numbered]


def _asking(question: Question, chat: int, number: int) -> Asking:
    text = question.text.format(n=number)
    expected, then = (tuple(piece.format(n=number) for piece in told) for told in (question.expected, question.then))
    numbered = Question(text, expected, question.button, then)
    return Asking(chat, numbered, updates.message(chat, number, text))


@dataclass
class Round:
    """Keeps what each chat still waits for, and since when."""

    count: int
    patience: float = PATIENCE
    waiting: dict[int, deque[tuple[float, Asking]]] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    complete: asyncio.Event = field(default_factory=asyncio.Event)
    started_at: float = field(default_factory=time.monotonic)
    last_answer_at: float = 0.0
    own_cpu_before: float = field(default_factory=time.process_time)
    saved: list[str] = field(default_factory=list)

    def ask(self, asking: Asking) -> Asking | None:
        """What is said now that a question is due."""
        self.waiting.setdefault(asking.chat, deque()).append((time.monotonic(), asking))
        return asking

    def hear(self, shown: Shown) -> Asking | Tap | None:
        """Takes an answer, and gives what its chat says to it; one that nobody there waits for counts as wrong."""
        waiting = self.waiting.get(shown.chat, deque())
        asked = next((each for each in waiting if in_order(each[1].question.expected, shown.text)), None)
        self.settle(shown, asked)
        return None

    def settle(self, shown: Shown, asked: tuple[float, Asking] | None) -> None:
        """Ends a question by what is shown; where that answers none it is wrong."""
        self.last_answer_at = time.monotonic()
        if asked is None:
            self.wrong.append(shown.text)
        else:
            self.waiting[shown.chat].remove(asked)
            self.latencies.append(self.last_answer_at - asked[0])
        if self.heard >= self.count:
            self.complete.set()

    @property
    def heard(self) -> int:
        return len(self.latencies) + len(self.wrong)

    async def finished(self) -> Result:
        """Waits for the last answer, or until nothing has been heard for too long."""
        heard = -1
        while self.heard > heard and not self.complete.is_set():
            heard = self.heard
            with suppress(TimeoutError):
                await asyncio.wait_for(self.complete.wait(), self.patience)
        return self._result()

    def _result(self) -> Result:
        return Result(
            asked=self.count,
            answered=len(self.latencies),
            wrong=tuple(self.wrong[:SAMPLES]),
            seconds=self.last_answer_at - self.started_at,
            p50_ms=percentile(self.latencies, 0.50) * 1000,
            p99_ms=percentile(self.latencies, 0.99) * 1000,
            last_answer_at=self.last_answer_at,
            own_cpu=time.process_time() - self.own_cpu_before,
            saved=tuple(self.saved),
        )


def in_order(pieces: Sequence[str], text: str) -> bool:
    at = 0
    for piece in pieces:
        found = text.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of all does not exceed; not a number where there is none."""
    if not values:
        return math.nan
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def questions_to_text(questions: Sequence[Question]) -> str:
    return json.dumps([asdict(question) for question in questions], ensure_ascii=False)


def questions_from_text(text: str) -> tuple[Question, ...]:
    return tuple(
        Question(each["text"], tuple(each["expected"]), each.get("button", ""), tuple(each.get("then", ())))
        for each in json.loads(text)
    )
