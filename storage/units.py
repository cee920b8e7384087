"""Units of work: what waits to be written, and what its caller is told."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from sqlite3 import Connection, Row
from typing import Any, Generic, TypeVar

import aiosqlite

Values = Mapping[str, object] | Sequence[object]
Result = TypeVar("Result")


class Transaction(ABC):
    """The open transaction of the writer; usable only while its unit of work runs. ``key`` seals the history."""

    def __init__(self, key: bytes) -> None:
        self.key = key
        self.is_over = False

    @abstractmethod
    async def fetch(self, sql: str, values: Values = ()) -> list[Row]:
        """Runs one statement and returns all of its rows (``RETURNING`` included)."""

    @abstractmethod
    async def run_each(self, sql: str, rows: Iterable[Values]) -> None:
        """Runs one statement once per row of values."""

    def _assert_open(self) -> None:
        if self.is_over:
            raise RuntimeError("the transaction is over: its statements would land in somebody else's")


class TransactionByHops(Transaction):
    """Each statement is a hop to the database's thread, so that the work may wait for other things as well."""

    def __init__(self, connection: aiosqlite.Connection, key: bytes) -> None:
        super().__init__(key)
        self._connection = connection

    async def fetch(self, sql: str, values: Values = ()) -> list[Row]:
        self._assert_open()
        return list(await self._connection.execute_fetchall(sql, values))

    async def run_each(self, sql: str, rows: Iterable[Values]) -> None:
        self._assert_open()
        await self._connection.executemany(sql, rows)


class TransactionAtOnce(Transaction):
    """For work that is done in the database's own thread, where no statement has to be waited for."""

    def __init__(self, connection: Connection, key: bytes) -> None:
        super().__init__(key)
        self._connection = connection

    async def fetch(self, sql: str, values: Values = ()) -> list[Row]:
        self._assert_open()
        return self._connection.execute(sql, values).fetchall()

    async def run_each(self, sql: str, rows: Iterable[Values]) -> None:
        self._assert_open()
        self._connection.executemany(sql, rows)


Work = Callable[[Transaction], Awaitable[Result]]


@dataclass(eq=False)
class Unit(Generic[Result]):
    """Work that commits or rolls back as one; ``at_once`` where it waits for nothing but its statements."""

    work: Work[Result]
    at_once: bool = False
    done: "asyncio.Future[Result]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())


@dataclass(eq=False)
class Rows:
    """Rows for fixed statements; units with the same statements run together."""

    statements: tuple[str, ...]
    rows: tuple[Sequence[Values], ...]
    done: "asyncio.Future[None]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())


@dataclass(eq=False)
class Taking:
    """One statement that writes and returns the rows it wrote."""

    sql: str
    values: Values
    done: "asyncio.Future[list[Row]]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    def as_unit(self) -> Unit[list[Row]]:
        return Unit(lambda transaction: transaction.fetch(self.sql, self.values), done=self.done)


Waiting = Unit[Any] | Rows | Taking
Step = Unit[Any] | Taking | list[Rows]


class GroupLost(Exception):
    """The transaction of the whole group is gone; its cause is what made SQLite drop it."""


def merged(group: list[Waiting]) -> list[Step]:
    """The group in order, with neighbouring units of equal statements joined."""
    steps: list[Step] = []
    for unit in group:
        last = steps[-1] if steps else None
        if isinstance(unit, Unit | Taking):
            steps.append(unit)
        elif isinstance(last, list) and last[0].statements == unit.statements:
            last.append(unit)
        else:
            steps.append([unit])
    return steps


def settle(done: "asyncio.Future[Any]", result: object = None, *, error: BaseException | None = None) -> None:
    cause = error.__cause__ if isinstance(error, GroupLost) else error
    if done.done():
        return
    if cause is None:
        done.set_result(result)
        return
    if isinstance(cause, Exception):
        done.set_exception(cause)
    else:
        done.set_exception(ConnectionError("the work was cancelled before it was committed"))
    # A caller that was cancelled no longer asks for it; that is no reason for a warning.
    done.exception()


def done_at_once(connection: Connection, key: bytes, work: Work[Result]) -> Result:
    """Does work in the database's thread, within a savepoint: a hop for each statement costs more than most do."""
    transaction = TransactionAtOnce(connection, key)
    connection.execute("SAVEPOINT unit")
    try:
        result = _finished(work(transaction))
        connection.execute("RELEASE unit")
    except BaseException as error:
        if not connection.in_transaction:
            raise GroupLost from error
        connection.execute("ROLLBACK TO unit")
        connection.execute("RELEASE unit")
        raise
    finally:
        transaction.is_over = True
    return result


def _finished(work: Awaitable[Result]) -> Result:
    """What work gives that never has to wait."""
    steps = work.__await__()
    try:
        next(steps)
    except StopIteration as end:
        result: Result = end.value
        return result
    raise RuntimeError("work that is done at once waited for something else than its statements")


def committed(connection: Connection, steps: "Sequence[Taking | list[Rows]]") -> list[list[Row]]:
    """Runs all of the steps and commits; gives the rows that each of them returned."""
    taken: list[list[Row]] = []
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in steps:
            taken.append([])
            if isinstance(step, Taking):
                taken[-1] = connection.execute(step.sql, step.values).fetchall()
            else:
                for at, sql in enumerate(step[0].statements):
                    connection.executemany(sql, [row for unit in step for row in unit.rows[at]])
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise
    return taken
