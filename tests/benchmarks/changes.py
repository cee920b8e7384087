"""One round of changes: said, shown, confirmed by a tap, saved; and what a register then has to hold."""

import sqlite3
import time
from collections import deque
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.benchmarks.rounds import Asking, Round, in_order
from tests.benchmarks.updates import Shown, Tap

COMMAND = "/status {ref} teilweise Bericht {{n}}."  # the dot tells the first report from the tenth
STATUS = "partly"  # what the command's word means


@dataclass
class Changes(Round):
    """Each chat begins its next change when the last one is saved; what was due meanwhile counts from then on."""

    tapped: set[int] = field(default_factory=set)

    def ask(self, asking: Asking) -> Asking | None:
        waiting = self.waiting.setdefault(asking.chat, deque())
        waiting.append((time.monotonic(), asking))
        return asking if len(waiting) == 1 else None

    def hear(self, shown: Shown) -> Asking | Tap | None:
        """A preview is tapped. What is told then ends the change, and so does what is no preview."""
        waiting = self.waiting.get(shown.chat)
        if not waiting:
            self.settle(shown, None)
            return None
        question = waiting[0][1].question
        if shown.chat not in self.tapped:
            data = shown.data_of(question.button)
            if data is not None and in_order(question.expected, shown.text):
                self.tapped.add(shown.chat)
                return Tap(shown, data)
        elif in_order(question.then, shown.text):
            self.saved.append(question.text)
            return self._next(shown, waiting, waiting[0])
        return self._next(shown, waiting, None)

    def _next(
        self, shown: Shown, waiting: deque[tuple[float, Asking]], ended: tuple[float, Asking] | None
    ) -> Asking | None:
        self.tapped.discard(shown.chat)
        self.settle(shown, ended)
        if ended is None:
            waiting.popleft()
        return waiting[0][1] if waiting else None


@dataclass(frozen=True)
class Held:
    """What a register says of a measure, and how often it was changed."""

    status: str
    text: str
    changes: int


def promised(saved: Iterable[str]) -> dict[str, Held]:
    """What a register has to hold of each measure after these commands were acknowledged in this order."""
    promises: dict[str, Held] = {}
    for command in saved:
        _, ref, _, text = command.split(maxsplit=3)
        before = promises.get(ref, Held(STATUS, "", 0))
        promises[ref] = replace(before, text=text, changes=before.changes + 1)
    return promises


def held(database: Path, select: str) -> dict[str, Held]:
    """What a register holds of the measures that were changed; the select gives reference, status, text and count."""
    with closing(sqlite3.connect(database)) as connection:
        return {ref: Held(*rest) for ref, *rest in connection.execute(select)}


def broken_promises(saved: Iterable[str], database: Path, select: str) -> tuple[str, ...]:
    """Each measure that was acknowledged otherwise than it is kept, or changed by nobody."""
    expected, found = promised(saved), held(database, select)
    return tuple(
        f"{ref}: {expected.get(ref)} was acknowledged, {found.get(ref)} is kept"
        for ref in sorted(expected.keys() | found.keys())
        if expected.get(ref) != found.get(ref)
    )
