"""Whether the register is sound in itself: the seals of its history, and the desk against the records it shows."""

from pathlib import Path

from registry.offices import OfficeTree
from storage import audit, offices, sheaves
from storage.database import Transaction
from storage.store import Store
from tests.reliability.reckoning import Written

_LINE = "l.owner, l.record, l.kind, l.position"
_LAID = (  # without the numbers of lines, which differ each time they are laid
    "SELECT owner, record, kind, position, ref, title, title_en, offices, status, due_on, concept, field,"
    " recommendation, programme, originator, is_new, as_of, changed_on, visibility FROM listed",
    f"SELECT d.scope, {_LINE}, d.through, d.is_named, d.is_open, d.is_dated, d.due_key, d.sort_key, d.visibility"
    " FROM desk d JOIN listed l ON l.id = d.line",
    f"SELECT w.word, {_LINE}, s.standing FROM search_standings s"
    " JOIN search_words w ON w.id = s.word JOIN listed l ON l.id = s.line",
)
_COUNTS = "SELECT scope, visibility, is_through, kind, due_month, lines FROM desk_counts WHERE lines > 0"
_COUNTED = """
    SELECT scope, visibility, through <> '', kind,
           CASE WHEN is_dated = 1 THEN substr(due_key, 1, 7) ELSE '' END, count(*)
    FROM desk WHERE is_open = 1 GROUP BY 1, 2, 3, 4, 5
"""


class _Compared(Exception):
    """Undoes the laying, and carries how many lines differ."""


async def look_into(database: Path, written: Written) -> None:
    verdict = await audit.verify(database, audit.read_key(audit.key_beside(database)))
    written.seals_broken = verdict.unproven + (verdict.broken is not None)
    store = await Store.open(database)
    try:
        await store.database.write(_lay_anew)
    except _Compared as compared:
        [written.desk_otherwise] = compared.args
    finally:
        await store.close()


async def _lay_anew(transaction: Transaction) -> None:
    before, counts = await _all(transaction, *_LAID), await _all(transaction, _COUNTS)
    counted = await _all(transaction, _COUNTED)
    await sheaves.lay_everything_anew(transaction, OfficeTree(await offices.offices(transaction.fetch)))
    raise _Compared(len(before ^ await _all(transaction, *_LAID)) + len(counts ^ counted))


async def _all(transaction: Transaction, *statements: str) -> set[tuple[object, ...]]:
    return {(n, *row) for n, sql in enumerate(statements) for row in await transaction.fetch(sql, {})}
