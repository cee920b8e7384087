"""A register that office staff, coordination and administration change while the bot is killed."""

import sqlite3
from contextlib import closing
from pathlib import Path

from registry.inquiries import About, AboutKind, Contribution, Inquiry, InquiryStatus, QuestionList
from registry.people import Role
from registry.reading import Form, Reading
from storage.store import Store
from tests.handlers.a_register import IMPORTED_AT, fill

STAFF = 20
FIRST = 8_500_000
ADMINS = frozenset({1, 11})
COORDINATION = frozenset({*range(0, STAFF, 5), *range(3, STAFF, 5)})
# A few records that many change at once, and many that one person changes now and then.
MEASURES = ("1.5.M1", "1.5.M2", "2.1.M2")
BUSY = (*MEASURES, "Q1", "0112/23")
FURTHER = 120
QUIET = tuple(f"Q{n}" for n in range(12, 12 + FURTHER))

# Written by the database itself, so that what was done twice cannot hide behind an upsert.
_LEDGERS = """
CREATE TABLE buttons (token TEXT NOT NULL, act TEXT NOT NULL, deed TEXT NOT NULL, person INTEGER NOT NULL);
CREATE TRIGGER button_made BEFORE INSERT ON prepared BEGIN
    INSERT INTO buttons (token, act, deed, person) VALUES (new.token, new.act, new.deed, new.person);
END;
CREATE TABLE uses (token TEXT NOT NULL);
CREATE TRIGGER button_used BEFORE UPDATE OF used_at ON prepared WHEN new.used_at IS NOT NULL BEGIN
    INSERT INTO uses (token) VALUES (new.token);
END;
"""


def role_of(n: int) -> Role:
    if n in ADMINS:
        return Role.ADMIN
    return Role.COORDINATOR if n in COORDINATION else Role.EDITOR


async def prepare(database: Path) -> None:
    """A small register, and staff of its offices, two in five of them coordination, two administration."""
    store = await Store.open(database)
    try:
        await fill(store, with_secrets=True)
        await store.apply(_further(), public=True, by="operator", at=IMPORTED_AT)
        for n in range(STAFF):
            await store.people.set_role(FIRST + n, role_of(n), ("A50", "A51"))
    finally:
        await store.close()
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(_LEDGERS)


def _further() -> Reading:
    """A long list of questions to one office."""
    asked = (
        Inquiry(
            list="weitere",
            position=n,
            about=About(kind=AboutKind.GENERAL),
            title=f"Haus {n}",
            text=f"Wie steht es um Haus {n}?",
            contributions=(Contribution(office="A50"),),
            status=InquiryStatus.OPEN,
        )
        for n in range(1, FURTHER + 1)
    )
    lists = (QuestionList(key="weitere", title="Weitere Fragen", originator="Fraktion Beispiel"),)
    return Reading(source="further.txt", form=Form.EVALUATION, lists=lists, inquiries=tuple(asked))
