"""The look into the register after the kills finds lines that were not laid, and rows that somebody rewrote."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.reliability import writes
from tests.reliability.reckoning import Written
from tests.reliability.soundness import look_into


async def found(database: Path) -> dict[str, int]:
    written = Written()
    await look_into(database, written)
    return written.broken


@pytest.fixture
async def database(tmp_path: Path) -> Path:
    await writes.prepare(tmp_path / "register.db")
    return tmp_path / "register.db"


async def test_a_register_as_it_was_written_is_sound(database: Path) -> None:
    assert await found(database) == {}
    assert await found(database) == {}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE listed SET status = 'released' WHERE ref = 'Q12'",
        "UPDATE inquiries SET title = 'Anderes' WHERE number = 12",
        "DELETE FROM desk WHERE scope = 'A50' AND line = (SELECT id FROM listed WHERE ref = 'Q12')",
        "UPDATE desk_counts SET lines = lines + 1 WHERE scope = 'A50'",
        "DELETE FROM search_standings WHERE line = (SELECT id FROM listed WHERE ref = 'Q12')",
    ],
)
async def test_a_desk_that_differs_from_its_records_is_found(database: Path, sql: str) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(sql)
        connection.commit()

    assert (await found(database)).keys() == {"desk_otherwise"}


async def test_a_history_that_was_rewritten_is_found(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("DROP TRIGGER history_is_never_edited")
        connection.execute("UPDATE history SET after = 'anders' WHERE id = 3")
        connection.commit()

    assert await found(database) == {"seals_broken": 1}
