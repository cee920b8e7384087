"""Deeds as they were done: whose, when, and what the records they changed said before."""

from datetime import datetime
from sqlite3 import Row

from registry.deeds import read
from registry.prepared import Done, Touched
from registry.queries import Kind
from registry.visibility import Visibility
from storage import numbered
from storage.instants import read as read_instant
from storage.instants import written
from storage.rows import Fetch
from storage.wanting import is_hidden, ref_of

_OF_PERSON = """
    SELECT d.* FROM deeds d JOIN people p ON p.pseudonym = d.pseudonym
    WHERE p.id = :person AND {which} ORDER BY d.done_at DESC LIMIT 1
"""


async def of_person(fetch: Fetch, person: int, of: str) -> Done | None:
    rows = await fetch(_OF_PERSON.format(which="d.id = :of"), {"person": person, "of": of})
    return await _done(fetch, rows[0]) if rows else None


async def last_of_person(fetch: Fetch, person: int, since: datetime) -> Done | None:
    """An undo is no deed that could be undone."""
    which = "d.done_at >= :since AND d.undone_by IS NULL AND json_extract(d.deed, '$.deed') <> 'undo'"
    rows = await fetch(_OF_PERSON.format(which=which), {"person": person, "since": written(since)})
    return await _done(fetch, rows[0]) if rows else None


async def _done(fetch: Fetch, row: Row) -> Done | None:
    try:
        deed = read(row["deed"])
    except ValueError:
        return None  # of a version that could do more, or less
    touched = []
    for one in await fetch("SELECT * FROM deed_records WHERE deed = :id", {"id": row["id"]}):
        found = await numbered.whole(fetch, Kind(one["kind"]), one["record"])
        if found is not None:
            record = found.record
            label = Visibility.NONPUBLIC if is_hidden(record) else Visibility.PUBLIC
            touched.append(Touched(ref=ref_of(record), version=one["version"], version_now=record.version, label=label))
    return Done(
        id=row["id"],
        deed=deed,
        done_at=read_instant(row["done_at"]),
        is_undone=row["undone_by"] is not None,
        records=tuple(touched),
    )
