"""Makes the large register: ours, the rival's desk table of the same records, and the questions with true answers."""

import asyncio
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from registry.offices import OfficeKind, OfficeTree
from registry.people import Reader, Role
from registry.visibility import Clearance
from storage.store import Store
from tests.benchmarks.bot_api import CHATS
from tests.benchmarks.cache import Register
from tests.benchmarks.rounds import FIRST_CHAT, Question, questions_to_text
from tests.benchmarks.truth import Answer, Open, answer_for, open_work
from tests.storage.large import fill

# A reader like the persons who ask, who have no clearance for what is not public.
ASKING = Reader(person=FIRST_CHAT, chat=FIRST_CHAT, role=Role.READER, clearance=Clearance.PUBLIC)

DESK = """
CREATE TABLE desk (office TEXT, due_on TEXT, position INTEGER, ref TEXT, title TEXT);
CREATE TABLE open_counts (office TEXT PRIMARY KEY, total INTEGER) WITHOUT ROWID;
"""
INDEX = "CREATE INDEX desk_open ON desk (office, position, ref, title, due_on)"


async def make(register: Register, records: int) -> None:
    store = await Store.open(register.ours)
    try:
        await fill(store, records)
        for person in range(FIRST_CHAT, FIRST_CHAT + CHATS):
            await store.people.set_role(person, Role.READER)
        seen = store.register(ASKING)
        work = open_work([*await seen.measures(), *await seen.inquiries()])
        offices = await store.offices()
    finally:
        await store.close()
    answers = [answer_for(office.code, work, offices) for office in offices if office.kind is OfficeKind.OFFICE]
    make_desk(register.desk, answers, work, offices)
    write_questions(register.questions_to_us, [question_to_us(answer) for answer in answers])
    write_questions(register.questions_to_desk, [question_to_desk(answer) for answer in answers])


def make_desk(path: Path, answers: Sequence[Answer], work: Sequence[Open], offices: OfficeTree) -> None:
    """What a rival would keep to answer fast: open work by office in order, and how much there is."""
    with sqlite3.connect(path) as database:
        database.executescript(DESK)
        for answer in answers:
            database.executemany("INSERT INTO desk VALUES (?, ?, ?, ?, ?)", desk_rows(answer.office, work, offices))
            total = answer.inquiries + answer.measures
            database.execute("INSERT INTO open_counts VALUES (?, ?)", (answer.office, total))
        database.execute(INDEX)
        database.execute("ANALYZE")
    database.close()


def desk_rows(office: str, work: Sequence[Open], offices: OfficeTree) -> Iterable[tuple[object, ...]]:
    below = frozenset(offices.subtree(office))
    for position, each in enumerate(each for each in work if each.places & below):
        yield office, each.due_on and each.due_on.isoformat(), position, each.ref, each.title


def question_to_us(answer: Answer) -> Question:
    """The German answer: both counts in the first line, then the references in bold."""
    counts = [f" {_in_german(number)} " for number in (answer.inquiries, answer.measures) if number]
    return Question(_asking_for(answer), (answer.office, *counts, *(f"<b>{ref}</b>" for ref in answer.first)))


def question_to_desk(answer: Answer) -> Question:
    total = answer.inquiries + answer.measures
    return Question(_asking_for(answer), (f"{answer.office}: {total} offen", *(f"\n{ref} ·" for ref in answer.first)))


def _asking_for(answer: Answer) -> str:
    return f"was ist offen für {answer.office}"


def _in_german(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def write_questions(path: Path, questions: Sequence[Question]) -> None:
    path.write_text(questions_to_text(questions), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(make(Register(Path(sys.argv[1])), int(sys.argv[2])))
