"""One SQLite file: a single writer that commits in groups, and read-only connections beside it."""

import asyncio
import itertools
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from sqlite3 import Row
from typing import Any

import aiosqlite

from storage.units import (
    GroupLost,
    Result,
    Rows,
    Step,
    Taking,
    Transaction,
    TransactionByHops,
    Unit,
    Values,
    Waiting,
    Work,
    committed,
    done_at_once,
    merged,
    settle,
)

__all__ = ["Database", "Transaction"]

_WRITER = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF", "cell_size_check=ON")
_READER = ("query_only=ON", "trusted_schema=OFF", "cell_size_check=ON")
_BUSY_SECONDS = 5.0
_GROUP = 500  # units of work that may share one commit


class Database:
    """``read`` sees committed state only; ``write`` runs a unit of work on the one writer.

    Units that wait at the same time share a commit (synchronous=FULL), each inside a savepoint of its own:
    a unit that raises is rolled back alone, and none is reported done before the commit is on disk.
    """

    def __init__(
        self, writer: aiosqlite.Connection, readers: Sequence[aiosqlite.Connection], path: Path, key: bytes
    ) -> None:
        self.path = path
        self._key = key
        self._writer = writer
        self._readers = readers
        self._next_reader = itertools.cycle(readers)
        self._queue: asyncio.Queue[Waiting | None] = asyncio.Queue()
        self._is_closing = False
        self._task = asyncio.create_task(self._write_groups(), name="database writer")

    @classmethod
    async def open(cls, path: Path, *, readers: int = 2, key: bytes = b"") -> "Database":
        """``key`` seals the history; see storage/audit."""
        connections: list[aiosqlite.Connection] = []
        try:
            for pragmas in (_WRITER, *[_READER] * readers):
                connections += [await _connect(path, pragmas)]
        except BaseException:
            await _close_all(connections)
            raise
        return cls(connections[0], connections[1:], path, key)

    async def read(self, sql: str, values: Values = ()) -> list[Row]:
        connection = next(self._next_reader)
        return list(await connection.execute_fetchall(sql, values))

    async def write(self, work: Work[Result], *, at_once: bool = False) -> Result:
        """Runs the work in a transaction and returns after its commit. A cancelled caller does not stop it.

        Work that waits for nothing but its statements is cheaper ``at_once``, in the database's thread.
        """
        unit = Unit(work, at_once)
        return await self._submit(unit, unit.done)

    async def write_rows(self, *batches: tuple[str, Sequence[Values]]) -> None:
        """Runs fixed statements over rows; returns after their commit. Cheap when many callers do the same."""
        unit = Rows(tuple(sql for sql, _ in batches), tuple(rows for _, rows in batches))
        await self._submit(unit, unit.done)

    async def take(self, sql: str, values: Values = ()) -> list[Row]:
        """Runs one statement that ends in ``RETURNING``; gives its rows after the commit."""
        unit = Taking(sql, values)
        return await self._submit(unit, unit.done)

    async def close(self) -> None:
        """Finishes what is queued, then closes every connection (aiosqlite's threads would keep the process)."""
        if not self._is_closing:
            self._is_closing = True
            self._queue.put_nowait(None)
        await asyncio.wait([self._task])
        await _close_all((*self._readers, self._writer))

    async def _submit(self, unit: Waiting, done: "asyncio.Future[Result]") -> Result:
        if self._is_closing or self._task.done():
            raise ConnectionError("the database is closed")
        if asyncio.current_task() is self._task:
            raise RuntimeError("a unit of work cannot wait for another one: it would wait for itself")
        self._queue.put_nowait(unit)
        return await asyncio.shield(done)

    async def _write_groups(self) -> None:
        try:
            while group := await self._next_group():
                await self._commit(merged(group))
        finally:
            # Nobody writes these any more; whoever waits for them must learn it.
            while not self._queue.empty():
                if unit := self._queue.get_nowait():
                    settle(unit.done, error=asyncio.CancelledError())

    async def _next_group(self) -> list[Waiting]:
        """Everything that waits, up to a limit; nothing once the database is being closed and all is written."""
        group: list[Waiting] = []
        unit = await self._queue.get()
        while unit is not None:
            group.append(unit)
            if self._queue.empty() or len(group) == _GROUP:
                return group
            unit = self._queue.get_nowait()
        if group:
            self._queue.put_nowait(None)
        return group

    async def _commit(self, steps: list[Step]) -> None:
        fixed = [step for step in steps if not isinstance(step, Unit)]
        if len(fixed) == len(steps) and await self._commit_at_once(fixed):
            return
        outcomes: list[Callable[[], None]] = []
        transaction = TransactionByHops(self._writer, self._key)
        try:
            await transaction.fetch("BEGIN IMMEDIATE")
            for step in steps:
                outcomes += await self._run(step)
            await transaction.fetch("COMMIT")
        except BaseException as error:
            await self._roll_back()
            for step in steps:
                for unit in step if isinstance(step, list) else [step]:
                    settle(unit.done, error=error)
            if not isinstance(error, Exception):
                raise
            return
        for report in outcomes:
            report()

    async def _commit_at_once(self, steps: "list[Taking | list[Rows]]") -> bool:
        """Fixed statements, in one hop to the database's thread: each hop costs more than most statements do.

        Where one of them is refused nothing is written, and each is to get a savepoint of its own instead.
        """
        try:
            taken = await self._writer._execute(partial(committed, self._writer._conn, steps))  # type: ignore[no-untyped-call]
        except aiosqlite.Error:
            return False
        for step, rows in zip(steps, taken, strict=True):
            if isinstance(step, Taking):
                settle(step.done, rows)
            else:
                for unit in step:
                    settle(unit.done)
        return True

    async def _roll_back(self) -> None:
        with suppress(aiosqlite.Error):
            await self._writer.rollback()

    async def _run(self, step: Step) -> list[Callable[[], None]]:
        if isinstance(step, list):
            return await self._run_rows(step)
        return await self._run_unit(step.as_unit() if isinstance(step, Taking) else step)

    async def _run_unit(self, unit: Unit[Any]) -> list[Callable[[], None]]:
        try:
            result = await (self._at_once(unit.work) if unit.at_once else self._in_savepoint(unit.work))
        except GroupLost:
            raise
        except (Exception, asyncio.CancelledError) as error:
            if self._is_cancelled():
                raise
            return [partial(settle, unit.done, error=error)]
        return [partial(settle, unit.done, result)]

    async def _run_rows(self, units: list[Rows]) -> list[Callable[[], None]]:
        async def run_together(transaction: Transaction) -> None:
            for at, sql in enumerate(units[0].statements):
                rows = [row for unit in units for row in unit.rows[at]]
                if rows:
                    await transaction.run_each(sql, rows)

        try:
            await self._in_savepoint(run_together)
        except GroupLost:
            raise
        except Exception as error:
            if len(units) == 1:
                return [partial(settle, units[0].done, error=error)]
            return [report for unit in units for report in await self._run_rows([unit])]
        return [partial(settle, unit.done) for unit in units]

    async def _in_savepoint(self, work: Work[Result]) -> Result:
        transaction = TransactionByHops(self._writer, self._key)
        await transaction.fetch("SAVEPOINT unit")
        try:
            result = await work(transaction)
            await transaction.fetch("RELEASE unit")
        except BaseException as error:
            await self._undo(error)
            raise
        finally:
            transaction.is_over = True
        return result

    async def _at_once(self, work: Work[Result]) -> Result:
        do = partial(done_at_once, self._writer._conn, self._key, work)
        result: Result = await self._writer._execute(do)  # type: ignore[no-untyped-call]
        return result

    async def _undo(self, error: BaseException) -> None:
        # A full disk makes SQLite roll back everything, the neighbours' work included. Going on would then commit
        # each later unit by itself and report it as failed.
        if not self._writer.in_transaction:
            raise GroupLost from error
        await self._writer.execute_fetchall("ROLLBACK TO unit")
        await self._writer.execute_fetchall("RELEASE unit")

    def _is_cancelled(self) -> bool:
        """Whether the writer itself is being stopped, as against something that a unit of work waited for."""
        return self._task.cancelling() > 0


async def _connect(path: Path, pragmas: Iterable[str]) -> aiosqlite.Connection:
    connection = await aiosqlite.connect(path, isolation_level=None, timeout=_BUSY_SECONDS)
    connection.row_factory = Row
    for pragma in pragmas:
        await connection.execute_fetchall(f"PRAGMA {pragma}")
    return connection


async def _close_all(connections: Iterable[aiosqlite.Connection]) -> None:
    for connection in connections:
        await connection.close()
