"""The single writer: what shares a commit, what fails alone, and what nobody may lose."""

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest

from storage.database import Database, Transaction

PUT = "INSERT INTO numbers (n) VALUES (:n)"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(tmp_path / "numbers.db")
    await opened.write_rows(("CREATE TABLE numbers (n INTEGER PRIMARY KEY CHECK (n < 1000)) STRICT", [()]))
    yield opened
    await opened.close()


def put(*numbers: int) -> Callable[[Transaction], Awaitable[int]]:
    async def work(transaction: Transaction) -> int:
        for n in numbers:
            await transaction.fetch(PUT, {"n": n})
        return len(numbers)

    return work


async def numbers(database: Database) -> list[int]:
    return [row["n"] for row in await database.read("SELECT n FROM numbers ORDER BY n")]


async def test_a_unit_that_fails_is_undone_alone_and_its_neighbours_commit(database: Database) -> None:
    outcomes = await asyncio.gather(
        database.write(put(1, 2)), database.write(put(3, 1)), database.write(put(4)), return_exceptions=True
    )

    assert [type(outcome) for outcome in outcomes] == [int, sqlite3.IntegrityError, int]
    assert await numbers(database) == [1, 2, 4]


async def test_units_done_at_once_fail_alone_and_in_turn_like_all_others(database: Database) -> None:
    outcomes = await asyncio.gather(
        database.write(put(1, 2), at_once=True),
        database.write(put(3, 1), at_once=True),
        database.write(put(2)),
        database.write_rows((PUT, [{"n": 4}])),
        database.write(put(5), at_once=True),
        return_exceptions=True,
    )

    told = [outcome if isinstance(outcome, int) else type(outcome) for outcome in outcomes]
    assert told == [2, sqlite3.IntegrityError, sqlite3.IntegrityError, type(None), 1]
    assert await numbers(database) == [1, 2, 4, 5]


async def test_work_done_at_once_that_waits_for_something_else_is_refused_and_undone(database: Database) -> None:
    async def wait(transaction: Transaction) -> None:
        await transaction.run_each(PUT, [{"n": 1}])
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError):
        await database.write(wait, at_once=True)
    await database.write(put(2), at_once=True)

    assert await numbers(database) == [2]


async def test_rows_that_fail_in_a_merged_batch_fail_for_their_sender_alone(database: Database) -> None:
    batches = [[{"n": 1}], [{"n": 2}, {"n": 5000}], [{"n": 3}]]

    outcomes = await asyncio.gather(*(database.write_rows((PUT, rows)) for rows in batches), return_exceptions=True)

    assert [type(outcome) for outcome in outcomes] == [type(None), sqlite3.IntegrityError, type(None)]
    assert await numbers(database) == [1, 3]


async def test_rows_that_are_refused_leave_what_is_taken_beside_them_alone(database: Database) -> None:
    take = f"{PUT} RETURNING n"
    refused = {"n": 5000}

    outcomes = await asyncio.gather(
        database.take(take, {"n": 1}),
        database.write_rows((PUT, [{"n": 2}, refused])),
        database.take(take, refused),
        database.take(take, {"n": 3}),
        return_exceptions=True,
    )

    told = [[row["n"] for row in outcome] if isinstance(outcome, list) else type(outcome) for outcome in outcomes]
    assert told == [[1], sqlite3.IntegrityError, sqlite3.IntegrityError, [3]]
    assert await numbers(database) == [1, 3]


async def test_units_and_rows_keep_the_order_they_came_in(database: Database) -> None:
    async def double(transaction: Transaction) -> None:
        await transaction.fetch("UPDATE numbers SET n = n * 2")

    await asyncio.gather(
        database.write_rows((PUT, [{"n": 1}])),
        database.write(double),
        database.write_rows((PUT, [{"n": 3}])),
        database.write(double),
    )

    assert await numbers(database) == [4, 6]


async def test_a_cancelled_caller_does_not_stop_its_unit(database: Database) -> None:
    caller = asyncio.create_task(database.write(put(1, 2, 3)))
    await asyncio.sleep(0)
    caller.cancel()
    await asyncio.gather(caller, return_exceptions=True)
    await database.write(put(4))

    assert caller.cancelled()
    assert await numbers(database) == [1, 2, 3, 4]


async def test_a_unit_that_awaits_something_cancelled_is_told_so_and_the_writer_lives_on(database: Database) -> None:
    async def wait_for_the_cancelled(transaction: Transaction) -> None:
        await transaction.fetch(PUT, {"n": 1})
        abandoned: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        abandoned.cancel()
        await abandoned

    with pytest.raises(ConnectionError):
        await database.write(wait_for_the_cancelled)
    await database.write(put(2))

    assert await numbers(database) == [2]


@pytest.mark.parametrize("seed", range(5))
async def test_fifty_tasks_with_failures_and_cancellations_leave_each_unit_whole_or_absent(
    database: Database, seed: int
) -> None:
    chance = random.Random(seed)
    undone = set(chance.sample(range(50), 15))

    async def pair(n: int, transaction: Transaction) -> None:
        await transaction.fetch(PUT, {"n": 2 * n})
        await asyncio.sleep(chance.random() / 500)
        await transaction.run_each(PUT, [{"n": 2 * n + 1}])
        if n in undone:
            raise ZeroDivisionError

    tasks = [asyncio.create_task(database.write(partial(pair, n))) for n in range(50)]
    await asyncio.sleep(0.005)
    for task in chance.sample(tasks, 10):
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await database.write(put())

    kept = [n for n in range(50) if n not in undone]
    assert await numbers(database) == sorted([2 * n for n in kept] + [2 * n + 1 for n in kept])


@pytest.mark.parametrize("at_once", [False, True], ids=["by hops", "at once"])
async def test_a_full_disk_undoes_the_whole_group_and_all_of_it_is_told_so(tmp_path: Path, at_once: bool) -> None:
    database = await Database.open(tmp_path / "small.db")
    await database.write_rows(("CREATE TABLE texts (t TEXT) STRICT", [()]))
    size = (await database.read("PRAGMA page_count"))[0][0]

    async def limit(transaction: Transaction) -> None:
        await transaction.fetch(f"PRAGMA max_page_count = {size + 3}")

    async def write(length: int, transaction: Transaction) -> None:
        await transaction.fetch("INSERT INTO texts VALUES (:t)", {"t": "x" * length})

    await database.write(limit)
    sizes = (10, 100_000, 10)
    outcomes = await asyncio.gather(
        *(database.write(partial(write, length), at_once=at_once) for length in sizes), return_exceptions=True
    )
    found = [row["size"] for row in await database.read("SELECT length(t) AS size FROM texts")]
    await database.write(partial(write, 20))
    later = [row["size"] for row in await database.read("SELECT length(t) AS size FROM texts")]
    await database.close()

    succeeded = [size for size, outcome in zip(sizes, outcomes, strict=True) if outcome is None]
    assert isinstance(outcomes[1], sqlite3.OperationalError)
    assert found == succeeded
    assert later == [*succeeded, 20]


async def test_what_is_queued_when_the_database_is_closed_is_still_written(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "numbers.db")
    await database.write_rows(("CREATE TABLE numbers (n INTEGER PRIMARY KEY) STRICT", [()]))
    waiting = [asyncio.create_task(database.write(put(n))) for n in range(700)]
    await asyncio.sleep(0)

    await database.close()

    assert await asyncio.gather(*waiting) == [1] * 700
    with sqlite3.connect(tmp_path / "numbers.db") as connection:
        assert connection.execute("SELECT count(*) FROM numbers").fetchone() == (700,)


async def test_after_closing_nothing_waits_for_ever(database: Database) -> None:
    closing = asyncio.create_task(database.close())
    await asyncio.sleep(0)

    with pytest.raises(ConnectionError):
        await asyncio.wait_for(database.write(put(1)), timeout=2)
    await closing
    await database.close()


@pytest.mark.parametrize("at_once", [False, True], ids=["by hops", "at once"])
async def test_a_transaction_that_is_over_refuses_statements(database: Database, at_once: bool) -> None:
    leaked: list[Transaction] = []

    async def leak(transaction: Transaction) -> None:
        leaked.append(transaction)

    await database.write(leak, at_once=at_once)

    with pytest.raises(RuntimeError):
        await leaked[0].fetch(PUT, {"n": 1})
    with pytest.raises(RuntimeError):
        await leaked[0].run_each(PUT, [{"n": 1}])
    assert await numbers(database) == []


async def test_a_unit_that_waits_for_another_unit_is_refused_instead_of_waiting_for_ever(database: Database) -> None:
    async def nest(transaction: Transaction) -> None:
        await database.write(put(1))

    with pytest.raises(RuntimeError):
        await asyncio.wait_for(database.write(nest), timeout=2)


async def test_readers_see_committed_state_only_and_cannot_write(database: Database) -> None:
    seen: list[list[int]] = []

    async def look(transaction: Transaction) -> None:
        await transaction.fetch(PUT, {"n": 1})
        seen.append(await numbers(database))

    await database.write(look)

    assert seen == [[]]
    assert await numbers(database) == [1]
    with pytest.raises(sqlite3.OperationalError):
        await database.read("DELETE FROM numbers")


async def test_a_lock_held_elsewhere_fails_the_group_and_the_next_one_succeeds(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await database.write(lambda t: t.fetch("PRAGMA busy_timeout = 50"))
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(sqlite3.OperationalError):
        await database.write(put(1))
    other.execute("ROLLBACK")
    other.close()
    await database.write(put(2))

    assert await numbers(database) == [2]
