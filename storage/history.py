"""Who changed what, when and why: rows that are added and never edited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from registry.desk import Event
from registry.queries import Kind
from storage.database import Transaction
from storage.rows import Fetch, Values, among


@dataclass(frozen=True, slots=True)
class Change:
    """One changed field, or act, of one record. ``what`` is ``imported`` where the record is new."""

    kind: Kind
    record: int
    version: int
    what: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What changes have in common: when, by whom (a role or office, never a name), why, and by which message."""

    at: datetime
    who: str
    why: str = ""
    through: str = ""
    by_import: bool = False


async def write(transaction: Transaction, changes: Sequence[Change], occasion: Occasion) -> None:
    await transaction.run_each(
        "INSERT INTO history (kind, record, version, what, before, after, at, who, why, through, by_import)"
        " VALUES (:kind, :record, :version, :what, :before, :after, :at, :who, :why, :through, :by_import)",
        [_row(change, occasion) for change in changes],
    )


def _row(change: Change, occasion: Occasion) -> Values:
    return {
        "kind": change.kind.value,
        "record": change.record,
        "version": change.version,
        "what": change.what,
        "before": change.before,
        "after": change.after,
        "at": occasion.at.astimezone(UTC).isoformat(),
        "who": occasion.who,
        "why": occasion.why,
        "through": occasion.through,
        "by_import": int(occasion.by_import),
    }


async def events(fetch: Fetch, kind: Kind, record: int, ref: str) -> tuple[Event, ...]:
    """The history of one record, oldest first."""
    rows = await fetch(
        "SELECT at, version, what, who, before, after, why FROM history"
        " WHERE kind = :kind AND record = :record ORDER BY id",
        {"kind": kind.value, "record": record},
    )
    return tuple(Event(ref=ref, **dict(row)) for row in rows)


async def changed_here(fetch: Fetch, kind: Kind, records: Sequence[int]) -> frozenset[tuple[int, str]]:
    """The fields of records that were changed by people rather than by documents."""
    condition, values = among("record", records, name="record")
    rows = await fetch(
        f"SELECT DISTINCT record, what FROM history WHERE kind = :kind AND by_import = 0 AND {condition}",
        {"kind": kind.value, **values},
    )
    return frozenset((row["record"], row["what"]) for row in rows)
