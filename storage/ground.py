"""The rows that records stand on, as they were before a document and after it: to be taken back with it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from sqlite3 import IntegrityError

from registry.reading import Reading
from registry.rounds import RoundState
from storage.database import Transaction
from storage.rows import Fetch, Values, among, to_json, upsert

_REPORTS = ("measure_reports", "nonpublic_measure_reports")
_ROUNDS = ("rounds", "nonpublic_rounds")
# In the order in which rows can go: those that stand on others before those.
_KEYS = {
    "measure_reports": ("measure", "as_of"),
    "nonpublic_measure_reports": ("measure", "as_of"),
    "titles": ("ref", "language"),
    "nonpublic_titles": ("ref", "language"),
    "question_lists": ("key",),
    "recommendations": ("concept", "field", "number"),
    "nonpublic_recommendations": ("concept", "field", "number"),
    "fields": ("concept", "number"),
    "nonpublic_fields": ("concept", "number"),
    "rounds": ("concept", "as_of"),
    "nonpublic_rounds": ("concept", "as_of"),
    "concepts": ("name",),
    "offices": ("code",),
}
_KEEP = """
    INSERT INTO deed_rows (deed, place, "table", before, after) VALUES (:deed, :place, :table, :before, :after)
"""

Ground = dict[tuple[str, str], Values]


@dataclass(frozen=True)
class Moved:
    """A row that a deed wrote: what it was, and what it became; None where there was none."""

    table: str
    before: Values | None
    after: Values | None


async def ground(fetch: Fetch, reading: Reading) -> Ground:
    """Every row that a document could move, by table and key."""
    numbers, values = among("number", dict.fromkeys(one.number for one in reading.measures), name="number")
    rows: Ground = {}
    for table, key in _KEYS.items():
        where = f" WHERE measure IN (SELECT id FROM measures WHERE {numbers})" if table in _REPORTS else ""
        for row in await fetch(f"SELECT * FROM {table}{where}", values if where else {}):
            rows[table, to_json([row[name] for name in key])] = dict(row)
    return rows


async def rows_of(fetch: Fetch, table: str, condition: str, values: Values) -> Ground:
    """The rows of one table that meet a condition, by table and key."""
    key = _KEYS[table]
    rows = await fetch(f"SELECT * FROM {table} WHERE {condition}", values)
    return {(table, to_json([row[name] for name in key])): dict(row) for row in rows}


async def keep_moved(transaction: Transaction, deed: str, before: Ground, after: Ground) -> None:
    """Keeps open rounds as well, moved or not: once they are closed, what was said in them stays."""
    places = [place for place in {**before, **after} if before.get(place) != after.get(place) or _is_open(place, after)]
    await transaction.run_each(
        _KEEP,
        [
            {
                "deed": deed,
                "place": number,
                "table": place[0],
                "before": to_json(before[place]) if place in before else None,
                "after": to_json(after[place]) if place in after else None,
            }
            for number, place in enumerate(places)
        ],
    )


def _is_open(place: tuple[str, str], rows: Ground) -> bool:
    return place[0] in _ROUNDS and rows.get(place, {}).get("state") == RoundState.OPEN


async def moved(fetch: Fetch, deed: str) -> list[Moved]:
    rows = await fetch('SELECT "table", before, after FROM deed_rows WHERE deed = :deed', {"deed": deed})
    return [Moved(row["table"], _values(row["before"]), _values(row["after"])) for row in rows]


async def take_back_reports(transaction: Transaction, rows: Sequence[Moved]) -> None:
    """What rounds say, before the measures go that say it."""
    await _take_back(transaction, [row for row in rows if row.table in _REPORTS])


async def take_back_rest(transaction: Transaction, rows: Sequence[Moved]) -> None:
    order = list(_KEYS)
    rest = [row for row in rows if row.table not in _REPORTS]
    await _take_back(transaction, sorted(rest, key=lambda row: order.index(row.table)))


async def _take_back(transaction: Transaction, rows: Iterable[Moved]) -> None:
    """A row that was written again since, or that something newer stands on, stays."""
    waiting = list(rows)
    while waiting:
        left = [row for row in waiting if not await _went_back(transaction, row)]
        if len(left) == len(waiting):
            return
        waiting = left


async def _went_back(transaction: Transaction, row: Moved) -> bool:
    key = _KEYS[row.table]
    known = row.after or row.before or {}
    where = " AND ".join(f"{name} = :{name}" for name in key)
    found = await transaction.fetch(f"SELECT * FROM {row.table} WHERE {where}", {name: known[name] for name in key})
    if (dict(found[0]) if found else None) != row.after:
        return True
    try:
        if row.before is None:
            await transaction.fetch(f"DELETE FROM {row.table} WHERE {where}", {name: known[name] for name in key})
        else:
            await transaction.run_each(upsert(row.table, row.before, key), [row.before])
    except IntegrityError:  # something stands on it: an office on the one above, or what came since
        return False
    return True


def _values(text: str | None) -> Values | None:
    if text is None:
        return None
    values: Values = json.loads(text)
    return values
