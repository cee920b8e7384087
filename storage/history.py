"""Who changed what, when and why: rows that are added and never edited."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from sqlite3 import Row

from registry.desk import Event
from registry.queries import Kind
from registry.visibility import Clearance, Visibility
from storage import audit, recall
from storage.database import Transaction
from storage.rows import Fetch, Values, among

NOTE = "note"
ENTERED = "entered"  # in the chat, where no document brought it
UNDONE = "undone"  # why something became what it was before
_SIDES = ("before", "after")
LINKS = frozenset({"about", "answers", "doubts", "related"})  # with numbers of other records


@dataclass(frozen=True, slots=True)
class Change:
    """One changed field, or act, of one record. ``what`` is ``imported`` or ``entered`` where it is new.

    ``kind`` is a Kind, or that of what has no references of its own (a concept, for its rounds).
    """

    kind: str
    record: int
    version: int
    what: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What changes have in common: when, by whom (a role or office, never a name), why, and by which message.

    ``by`` is the pseudonym of a person, which is told to nobody; ``shown`` the message that the answer takes the
    place of, by its chat and number.
    """

    at: datetime
    who: str
    why: str = ""
    through: str = ""
    by_import: bool = False
    by: str = ""
    shown: tuple[int, int] | None = None


async def write(transaction: Transaction, changes: Sequence[Change], occasion: Occasion) -> None:
    """Whatever hides a record passes here, so this is where its messages are withdrawn."""
    await audit.append(transaction, "history", [_row(change, occasion) for change in changes])
    if hidden := [(str(change.kind), change.record) for change in changes if _hides(change)]:
        await recall.withdraw(transaction, hidden, at=occasion.at, but=occasion.shown)


def _hides(change: Change) -> bool:
    return change.what == "removed" or (change.what == "visibility" and change.before == Visibility.PUBLIC.value)


def _row(change: Change, occasion: Occasion) -> Values:
    return {
        "kind": str(change.kind),
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
        "pseudonym": occasion.by,
    }


async def events(
    fetch: Fetch, kind: Kind, record: int, ref: str, clearance: Clearance, *, notes: bool = False, drafts: bool = True
) -> tuple[Event, ...]:
    """The history of one record, oldest first, as far as the clearance allows; internal notes only if asked for.

    Without ``drafts`` it tells how far an inquiry is, but no words that nobody approved: answers, remarks and reasons.
    """
    rows = await fetch(
        "SELECT at, version, what, who, before, after, why, by_import FROM history"
        " WHERE kind = :kind AND record = :record ORDER BY id",
        {"kind": kind.value, "record": record},
    )
    by_offices = {row["version"] for row in rows if row["what"] == "contributions" and not row["by_import"]}
    told = tuple(_event(ref, row) for row in rows if notes or row["what"] != NOTE)
    if not drafts:
        told = tuple(_without_words(event, has_reason=event.version in by_offices) for event in told)
    return told if clearance is Clearance.CONTENT else _since_release(told)


def _event(ref: str, row: Row) -> Event:
    return Event(ref=ref, **{name: value for name, value in dict(row).items() if name != "by_import"})


def _since_release(told: Sequence[Event]) -> tuple[Event, ...]:
    """What happened since the record was last made public; what it said before that stays untold."""
    releases = [at for at, event in enumerate(told) if event.what == "visibility" and event.after == "public"]
    if not releases:
        return ()
    release = told[releases[-1]]
    at_once = [event for event in told if event.what in {"imported", ENTERED} and event.version == release.version]
    return (*at_once, *(_without_links(event) for event in told[releases[-1] :]))


def _without_links(event: Event) -> Event:
    """Numbers of other records are left out, for those may be hidden."""
    return event.model_copy(update={"before": "", "after": ""}) if event.what in LINKS else event


def _without_words(event: Event, *, has_reason: bool) -> Event:
    why = {"why": ""} if has_reason and event.why != UNDONE else {}
    match event.what:
        case "answer":
            return event.model_copy(update=dict.fromkeys(_SIDES, "") | why)
        case "contributions":
            return event.model_copy(update={name: _statuses(event, name) for name in _SIDES} | why)
    return event.model_copy(update=why)


def _statuses(event: Event, side: str) -> str:
    parts = json.loads(getattr(event, side) or "[]")
    return json.dumps([{"office": part["office"], "status": part["status"]} for part in parts])


@dataclass(frozen=True, slots=True)
class Past:
    """What has to be known of records' pasts: the fields that people changed, and who was public once."""

    changed_here: frozenset[tuple[int, str]]
    once_public: frozenset[int]


async def past(fetch: Fetch, kind: Kind, records: Sequence[int]) -> Past:
    condition, values = among("record", records, name="record")
    rows = await fetch(
        "SELECT DISTINCT record, what, by_import FROM history"
        f" WHERE kind = :kind AND (by_import = 0 OR (what = 'visibility' AND after = 'public')) AND {condition}",
        {"kind": kind.value, **values},
    )
    return Past(
        frozenset((row["record"], row["what"]) for row in rows if not row["by_import"]),
        frozenset(row["record"] for row in rows if row["what"] == "visibility"),
    )


async def former_texts(fetch: Fetch, kind: Kind, records: Sequence[int]) -> dict[int, str]:
    """What records that are not public any more said while they were; those that said the same are left out."""
    condition, values = among("h.record", records, name="record")
    rows = await fetch(
        "SELECT t.record, t.before, min(t.id) FROM history t JOIN ("
        " SELECT h.record, max(h.version) AS hidden_at FROM history h"
        f" WHERE h.kind = :kind AND h.what = 'visibility' AND h.before = 'public' AND {condition} GROUP BY 1"
        ") h ON h.record = t.record AND t.version >= h.hidden_at WHERE t.kind = :kind AND t.what = 'text' GROUP BY 1",
        {"kind": kind.value, **values},
    )
    return {row["record"]: row["before"] for row in rows}


async def free_id(fetch: Fetch, kind: Kind, table: str) -> int:
    """An id that no record has or had: the history of one that was taken back must not become another's."""
    rows = await fetch(
        f"SELECT max((SELECT coalesce(max(id), 0) FROM {table}),"
        " (SELECT coalesce(max(record), 0) FROM history WHERE kind = :kind)) + 1 AS id",
        {"kind": kind.value},
    )
    return int(rows[0]["id"])
