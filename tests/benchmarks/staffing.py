"""Gives the large register staff who report, and a rival the same measures in the one table such bots keep."""

import asyncio
import json
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from registry import measures
from registry.measures import Measure
from registry.people import Role
from storage.store import Store
from tests.benchmarks.bot_api import CHATS
from tests.benchmarks.cache import Register
from tests.benchmarks.changes import COMMAND
from tests.benchmarks.register import ASKING, write_questions
from tests.benchmarks.rounds import FIRST_WRITER, Question

RECORDS = """
DROP TABLE IF EXISTS measures;
DROP TABLE IF EXISTS people;
CREATE TABLE measures (
    id INTEGER PRIMARY KEY, concept TEXT, number TEXT, title TEXT, lead_offices TEXT, status TEXT, current_state TEXT,
    as_of TEXT, version INTEGER
);
CREATE INDEX measures_number ON measures (number);
CREATE TABLE people (id INTEGER PRIMARY KEY, office TEXT);
"""


async def make(register: Register) -> None:
    """Each of the staff works for the office that leads the one measure they report."""
    store = await Store.open(register.ours)
    try:
        seen = store.register(ASKING)
        everything = await seen.measures()
        # A number may be given in several concepts: these are the measures that it means without one.
        numbers = dict.fromkeys(measure.number for measure in everything if measures.is_open(measure))
        meant = [measure for number in numbers if (measure := await seen.measure(number))]
        own = [measure for measure in meant if measures.is_open(measure) and measure.lead_offices][:CHATS]
        for person, measure in enumerate(own, FIRST_WRITER):
            await store.people.set_role(person, Role.EDITOR, measure.lead_offices[:1])
    finally:
        await store.close()
    make_records(register.records, everything, own)
    changing = [own[chat % CHATS] for chat in range(FIRST_WRITER, FIRST_WRITER + CHATS)]
    write_questions(register.changes_by_us, [change_by_us(measure) for measure in changing])
    write_questions(register.changes_of_records, [change_of_record(measure) for measure in changing])


def make_records(path: Path, everything: Sequence[Measure], own: Sequence[Measure]) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(RECORDS)
        database.executemany("INSERT INTO measures VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, 1)", map(record_of, everything))
        staff = [(person, measure.lead_offices[0]) for person, measure in enumerate(own, FIRST_WRITER)]
        database.executemany("INSERT INTO people VALUES (?, ?)", staff)
        database.execute("ANALYZE")


def record_of(measure: Measure) -> tuple[object, ...]:
    as_of = measure.as_of and measure.as_of.isoformat()
    kept = (measure.status.value, measure.current_state, as_of)
    return measure.concept, measure.number, measure.title, json.dumps(measure.lead_offices), *kept


def change_by_us(measure: Measure) -> Question:
    ref = measure.number
    preview, saved = (ref, "Bericht {n}.", "So speichern?"), ("Gespeichert", ref, "Bericht {n}.")
    return Question(COMMAND.format(ref=ref), preview, "✓ Speichern", saved)


def change_of_record(measure: Measure) -> Question:
    ref = measure.number
    return Question(COMMAND.format(ref=ref), (ref, "Bericht {n}."), "Speichern", ("Gespeichert", ref, "Bericht {n}."))


if __name__ == "__main__":
    asyncio.run(make(Register(Path(sys.argv[1]))))
