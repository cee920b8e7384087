"""Deeds as they were done: whose, when, and what the records they changed said before."""

import json
from datetime import datetime
from sqlite3 import Row

from registry import rights
from registry.deeds import Subject, read
from registry.offices import OfficeTree
from registry.people import Reader
from registry.prepared import Done, Touched
from registry.queries import Kind
from registry.visibility import Visibility, may_read
from storage import closing, numbered
from storage.instants import read as read_instant
from storage.instants import written
from storage.rows import Fetch, Values
from storage.wanting import is_hidden

_OF_PERSON = """
    SELECT d.* FROM deeds d JOIN people p ON p.pseudonym = d.pseudonym
    WHERE p.id = :person AND {which} ORDER BY d.done_at DESC
"""


async def of_reader(fetch: Fetch, reader: Reader, of: str, tree: OfficeTree) -> Done | None:
    rows = await fetch(_OF_PERSON.format(which="d.id = :of"), {"person": reader.person, "of": of})
    return await _done(fetch, rows[0], reader, tree) if rows else None


async def last_of_reader(fetch: Fetch, reader: Reader, since: datetime, tree: OfficeTree) -> Done | None:
    """The last deed that may be spoken of here: what was done elsewhere to records that cannot be read here may not.

    An undo is no deed that could be undone.
    """
    which = "d.done_at >= :since AND d.undone_by IS NULL AND json_extract(d.deed, '$.deed') <> 'undo'"
    for row in await fetch(_OF_PERSON.format(which=which), {"person": reader.person, "since": written(since)}):
        done = await _done(fetch, row, reader, tree)
        was_here = row["chat"] == reader.chat
        if done and (was_here or all(may_read(reader.clearance, one.label) for one in done.records)):
            return done
    return None


async def _done(fetch: Fetch, row: Row, reader: Reader, tree: OfficeTree) -> Done | None:
    try:
        deed = read(row["deed"])
    except ValueError:
        return None  # of a version that could do more, or less
    touched, is_allowed = list[Touched](), rights.may(reader.role, reader.offices, deed, None, tree)
    for one in await fetch("SELECT * FROM deed_records WHERE deed = :id", {"id": row["id"]}):
        found = await numbered.whole(fetch, Kind(one["kind"]), one["record"])
        if found is None:
            continue
        record, was = found.record, restored(found.record, one["before"])
        is_secret = is_hidden(record) or is_hidden(was)
        label = Visibility.NONPUBLIC if is_secret else Visibility.PUBLIC
        touched.append(Touched(was=was, now=record, version=one["version"], label=label))
        is_allowed = is_allowed and rights.may_take_back(reader.role, reader.offices, deed, was, tree)
    return Done(
        id=row["id"],
        deed=deed,
        done_at=read_instant(row["done_at"]),
        is_undone=row["undone_by"] is not None,
        is_allowed=is_allowed,
        records=tuple(touched),
        closed=await closing.closed_over(fetch, row["id"], deed),
    )


def restored(record: Subject, before: str) -> Subject:
    """The record with the fields as they were before a deed, its version counted on."""
    return type(record).model_validate(values_before(record, before))


def values_before(record: Subject, before: str) -> Values:
    known: Values = record.model_dump(mode="json") | json.loads(before)
    return {**known, "version": record.version + 1}
