"""What is due when, as a reader sees it."""

import asyncio
import json
from collections.abc import Iterable
from datetime import date
from sqlite3 import Row

from registry.papers import Paper, next_decision, overtaken_deadlines
from registry.queries import Kind
from registry.reminders import Due, Key, What
from registry.visibility import Clearance
from storage import papers
from storage.conditions import HAS_DATE
from storage.desk import EVERYWHERE
from storage.listings import as_listed
from storage.rows import Fetch, Values, among
from storage.visibility import visible

_AT_ONCE = 200
_PLACES = """
    (SELECT json_group_array(o.scope) FROM desk o
     WHERE o.line = d.line AND o.is_named = 1 AND o.is_open = 1 AND o.scope <> '') AS places
"""
_LINES = f"""
SELECT l.*, d.is_open, d.is_dated, {_PLACES}
FROM desk d JOIN listed l ON l.id = d.line
WHERE d.scope = :scope AND d.through = '' AND d.kind IN ('inquiry', 'measure', 'mandate', 'milestone')
  AND {HAS_DATE} AND d.due_key <= :until AND (d.is_open = 1 OR d.due_key >= :today)
  AND l.status <> 'unrouted' AND {{sight}}
"""
# While offices are awaited, an inquiry lies on the desk with their date; that of the answer is coordination's.
_ANSWERS = f"""
SELECT l.*, d.is_open, d.is_dated, {_PLACES}, q.due_on AS answer_on
FROM inquiries q JOIN listed l ON l.owner = 'inquiry' AND l.record = q.id AND l.kind = 'inquiry'
JOIN desk d ON d.scope = '' AND d.line = l.id
WHERE q.due_on IS NOT NULL AND q.due_on <= :until AND l.status = 'open' AND d.is_open = 1 AND {{sight}}
"""
_UNROUTED = """
SELECT l.*, d.is_open, d.is_dated, '[]' AS places FROM listed l JOIN desk d ON d.scope = '' AND d.line = l.id
WHERE l.status = 'unrouted' AND l.kind = 'inquiry' AND d.is_open = 1 AND l.changed_on < :today AND {sight}
"""
_WITH_MILESTONES = f"""
SELECT l.*, d.is_open, d.is_dated, '[]' AS places FROM desk d JOIN listed l ON l.id = d.line
WHERE d.scope = '' AND d.kind = 'milestone' AND {HAS_DATE} AND d.is_open = 1 AND d.due_key >= :today
  AND l.owner = 'paper' AND {{sight}}
"""
_ONE = f"""
SELECT l.*, d.is_open, d.is_dated, {_PLACES}, q.due_on AS answer_on
FROM listed l JOIN desk d ON d.scope = '' AND d.line = l.id
LEFT JOIN inquiries q ON l.kind = 'inquiry' AND q.id = l.record
WHERE l.ref = :ref AND l.position = :position AND l.kind IN ('inquiry', 'measure', 'mandate', 'milestone')
  AND (d.is_open = 1 OR d.kind = 'milestone') AND {{sight}}
"""


class DueReader:
    """What is due, read with one reader's clearance."""

    def __init__(self, fetch: Fetch, clearance: Clearance) -> None:
        self._fetch = fetch
        self._clearance = clearance
        self._sight = visible(clearance, "l.visibility")

    async def of_places(self, places: Iterable[str], *, today: date, until: date) -> tuple[Due, ...]:
        """What is due by a day and waits for these places or what lies below them."""
        found: dict[int, Due] = {}
        for place in places:
            values: Values = {"scope": place, "until": until.isoformat(), "today": today.isoformat()}
            rows = await self._fetch(_LINES.format(sight=self._sight), values)
            for first in range(0, len(rows), _AT_ONCE):
                found |= {row["id"]: _due(row) for row in rows[first : first + _AT_ONCE] if row["id"] not in found}
                await asyncio.sleep(0)  # a city may have thousands, and people ask meanwhile
        return tuple(found.values())

    async def of_coordination(self, *, today: date, until: date) -> tuple[Due, ...]:
        """What is due by a day in the whole city, and what is coordination's alone."""
        days: Values = {"until": until.isoformat(), "today": today.isoformat()}
        answers = await self._fetch(_ANSWERS.format(sight=self._sight), days)
        unrouted = await self._fetch(_UNROUTED.format(sight=self._sight), days)
        return (
            *await self.of_places((EVERYWHERE,), today=today, until=until),
            *(_due(row, What.ANSWER, on=row["answer_on"]) for row in answers),
            *(_due(row, What.UNROUTED, on=row["changed_on"]) for row in unrouted),
            *await self._late(today),
        )

    async def _late(self, today: date) -> list[Due]:
        """Outside dates that lie before the next step that could decide."""
        rows = await self._fetch(_WITH_MILESTONES.format(sight=self._sight), {"today": today.isoformat()})
        condition, values = among("p.id", {row["record"] for row in rows}, name="paper")
        found = {one.id: one.record for one in await papers.load(self._fetch, condition, values, self._clearance)}
        return [due for row in rows if (due := _late(row, found.get(row["record"]), today))]

    async def one(self, key: Key, *, today: date) -> Due | None:
        """What a button speaks of, if it is still due."""
        rows = await self._fetch(_ONE.format(sight=self._sight), {"ref": key.ref, "position": key.position})
        for row in rows:
            due = await self._again(row, key.what, today)
            if due is not None and due.key == key:
                return due
        return None

    async def _again(self, row: Row, what: What, today: date) -> Due | None:
        """What a line means to who is reminded of ``what``."""
        match what:
            case What.LATE_RESULT:
                condition, values = among("p.id", [row["record"]], name="paper")
                found = await papers.load(self._fetch, condition, values, self._clearance)
                is_dated = row["owner"] == "paper" and row["kind"] == "milestone" and row["due_on"]
                return _late(row, found[0].record, today) if found and is_dated else None
            case What.UNROUTED:
                return _due(row, what, on=row["changed_on"]) if row["status"] == "unrouted" else None
            case What.ANSWER if row["status"] == "open":
                return _due(row, what, on=row["answer_on"]) if row["answer_on"] else None
        return _due(row) if row["due_on"] else None


def _due(row: Row, what: What | None = None, *, on: str | None = None) -> Due:
    line = as_listed(row)
    return Due(
        line=line,
        what=what or _what(line.kind, row),
        position=row["position"],
        on=date.fromisoformat(on or row["due_on"]),
        places=tuple(json.loads(row["places"])),
        changed_on=date.fromisoformat(row["changed_on"]),
    )


def _what(kind: Kind, row: Row) -> What:
    match kind:
        case Kind.MEASURE:
            return What.MEASURE if row["is_dated"] else What.REVIEW
        case Kind.MANDATE:
            return What.MANDATE
        case Kind.MILESTONE:
            return What.MILESTONE if row["is_dated"] else What.EVENT
    return What.CONTRIBUTION if row["status"] == "open" else What.ANSWER


def _late(row: Row, paper: Paper | None, today: date) -> Due | None:
    if paper is None:
        return None
    milestone = paper.milestones[row["position"] - 1]
    if milestone not in overtaken_deadlines(paper, known_on=today):
        return None
    due = _due(row, What.LATE_RESULT)
    return due.model_copy(update={"step": next_decision(paper.consultations, today)})
