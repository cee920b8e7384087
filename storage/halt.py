"""Ends long work of SQLite in a thread: a thread cannot be cancelled, and none would let the process go."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_STEPS = 10_000  # of SQLite's machine between two looks at whether to go on


class Halt:
    """Called from another thread it interrupts whatever the watched connections are at."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._watched: set[sqlite3.Connection] = set()
        self._is_called = False

    def __call__(self) -> None:
        with self._lock:
            self._is_called = True
            for connection in self._watched:
                connection.interrupt()

    def is_called(self) -> bool:
        return self._is_called

    def check(self, *_: int) -> None:
        """Between two steps of a copy, which no interruption reaches."""
        if self._is_called:
            raise InterruptedError("halted")

    @contextmanager
    def watching(self, connection: sqlite3.Connection) -> Iterator[None]:
        # An interruption that falls between two statements is lost, so that each statement asks as well.
        connection.set_progress_handler(self.is_called, _STEPS)
        with self._lock:
            self._watched.add(connection)
        try:
            yield
        finally:
            with self._lock:
                self._watched.discard(connection)
