"""One SQLite file: a single writer that commits in groups, and read-only connections beside it."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from sqlite3 import Row
from typing import Any, Generic, TypeVar

import aiosqlite

Values = Mapping[str, object] | Sequence[object]
Result = TypeVar("Result")

_WRITER = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF", "cell_size_check=ON")
_READER = ("query_only=ON", "trusted_schema=OFF", "cell_size_check=ON")
_BUSY_SECONDS = 5.0
_GROUP = 500  # units of work that may share one commit


class Transaction:
    """The open transaction of the writer; lives only while its unit of work runs."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def fetch(self, sql: str, values: Values = ()) -> list[Row]:
        """Runs one statement and returns all of its rows (``RETURNING`` included)."""
        return list(await self._connection.execute_fetchall(sql, values))

    async def run_each(self, sql: str, rows: Iterable[Values]) -> None:
        """Runs one statement once per row of values, in one hop to the database thread."""
        await self._connection.executemany(sql, rows)


Work = Callable[[Transaction], Awaitable[Result]]


@dataclass(eq=False)
class _Unit(Generic[Result]):
    """Work that commits or rolls back as one."""

    work: Work[Result]
    done: "asyncio.Future[Result]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())


@dataclass(eq=False)
class _Rows:
    """Rows for fixed statements; units with the same statements run together."""

    statements: tuple[str, ...]
    rows: tuple[Sequence[Values], ...]
    done: "asyncio.Future[None]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Database:
    """``read`` sees committed state only; ``write`` runs a unit of work on the one writer.

    Units that wait at the same time share a commit (synchronous=FULL), each inside a savepoint of its own:
    a unit that raises is rolled back alone, and none is reported done before the commit is on disk.
    """

    def __init__(self, writer: aiosqlite.Connection, readers: Sequence[aiosqlite.Connection], path: Path) -> None:
        self.path = path
        self._writer = writer
        self._readers = readers
        self._next_reader = itertools.cycle(readers)
        self._queue: asyncio.Queue[_Unit[Any] | _Rows | None] = asyncio.Queue()
        self._task = asyncio.create_task(self._write_groups(), name="database writer")

    @classmethod
    async def open(cls, path: Path, *, readers: int = 2) -> "Database":
        writer = await _connect(path, _WRITER)
        return cls(writer, [await _connect(path, _READER) for _ in range(readers)], path)

    async def read(self, sql: str, values: Values = ()) -> list[Row]:
        connection = next(self._next_reader)
        return list(await connection.execute_fetchall(sql, values))

    async def write(self, work: Work[Result]) -> Result:
        """Runs the work in a transaction and returns after its commit. A cancelled caller does not stop it."""
        unit = _Unit(work)
        return await self._submit(unit, unit.done)

    async def write_rows(self, *batches: tuple[str, Sequence[Values]]) -> None:
        """Runs fixed statements over rows; returns after their commit. Cheap when many callers do the same."""
        unit = _Rows(tuple(sql for sql, _ in batches), tuple(rows for _, rows in batches))
        await self._submit(unit, unit.done)

    async def close(self) -> None:
        """Finishes what is queued, then closes every connection (aiosqlite's threads would keep the process)."""
        self._queue.put_nowait(None)
        await self._task
        for connection in (*self._readers, self._writer):
            await connection.close()

    async def _submit(self, unit: "_Unit[Any] | _Rows", done: "asyncio.Future[Result]") -> Result:
        if self._task.done():
            raise ConnectionError("the database is closed")
        self._queue.put_nowait(unit)
        return await asyncio.shield(done)

    async def _write_groups(self) -> None:
        closing = False
        while not closing:
            group: list[_Unit[Any] | _Rows] = []
            first = await self._queue.get()
            waiting = [first, *(self._queue.get_nowait() for _ in range(min(self._queue.qsize(), _GROUP)))]
            group = [unit for unit in waiting if unit is not None]
            closing = len(group) < len(waiting)
            if group:
                await self._commit(_merged(group))

    async def _commit(self, steps: "list[_Unit[Any] | list[_Rows]]") -> None:
        outcomes: list[Callable[[], None]] = []
        transaction = Transaction(self._writer)
        try:
            await transaction.fetch("BEGIN IMMEDIATE")
            for step in steps:
                outcomes += await (self._run_rows(step) if isinstance(step, list) else self._run_unit(step))
            await transaction.fetch("COMMIT")
        except BaseException as error:
            with suppress(aiosqlite.Error):
                await transaction.fetch("ROLLBACK")
            for step in steps:
                for unit in step if isinstance(step, list) else [step]:
                    _settle(unit.done, error=error)
            if not isinstance(error, Exception):
                raise
            return
        for report in outcomes:
            report()

    async def _run_unit(self, unit: "_Unit[Any]") -> list[Callable[[], None]]:
        try:
            result = await self._in_savepoint(unit.work)
        except Exception as error:
            return [partial(_settle, unit.done, error=error)]
        return [partial(_settle, unit.done, result)]

    async def _run_rows(self, units: list[_Rows]) -> list[Callable[[], None]]:
        async def run_together(transaction: Transaction) -> None:
            for at, sql in enumerate(units[0].statements):
                rows = [row for unit in units for row in unit.rows[at]]
                if rows:
                    await transaction.run_each(sql, rows)

        try:
            await self._in_savepoint(run_together)
        except Exception as error:
            if len(units) == 1:
                return [partial(_settle, units[0].done, error=error)]
            return [report for unit in units for report in await self._run_rows([unit])]
        return [partial(_settle, unit.done) for unit in units]

    async def _in_savepoint(self, work: Work[Result]) -> Result:
        transaction = Transaction(self._writer)
        await transaction.fetch("SAVEPOINT unit")
        try:
            result = await work(transaction)
        except BaseException:
            await transaction.fetch("ROLLBACK TO unit")
            await transaction.fetch("RELEASE unit")
            raise
        await transaction.fetch("RELEASE unit")
        return result


def _merged(group: "list[_Unit[Any] | _Rows]") -> "list[_Unit[Any] | list[_Rows]]":
    """The group in order, with neighbouring units of equal statements joined."""
    steps: list[_Unit[Any] | list[_Rows]] = []
    for unit in group:
        last = steps[-1] if steps else None
        if isinstance(unit, _Unit):
            steps.append(unit)
        elif isinstance(last, list) and last[0].statements == unit.statements:
            last.append(unit)
        else:
            steps.append([unit])
    return steps


def _settle(done: "asyncio.Future[Any]", result: object = None, *, error: BaseException | None = None) -> None:
    if done.done():
        return
    if error is None:
        done.set_result(result)
    elif isinstance(error, Exception):
        done.set_exception(error)
    else:
        done.set_exception(ConnectionError("the writer was stopped"))


async def _connect(path: Path, pragmas: Iterable[str]) -> aiosqlite.Connection:
    connection = await aiosqlite.connect(path, isolation_level=None, timeout=_BUSY_SECONDS)
    connection.row_factory = Row
    for pragma in pragmas:
        await connection.execute_fetchall(f"PRAGMA {pragma}")
    return connection
