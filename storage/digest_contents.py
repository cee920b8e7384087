"""What a digest says: every line of a scope in the first section that it fits, over what the reader sees."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from sqlite3 import Row

from registry.days import Unit, around, later
from registry.desk import OfficeCount
from registry.digests import ITEMS_A_SECTION, QUIET_AFTER_MONTHS, Contents, Items, Section
from registry.inquiries import SETTLED_STATUSES, InquiryStatus
from registry.measures import OPEN_STATUSES
from registry.queries import Intent, Query
from registry.visibility import Clearance, label_of
from storage.conditions import HAS_DATE, OVERDUE, Conditions, whenever
from storage.history import LINKS, NOTE
from storage.listings import as_listed, open_counts
from storage.rows import Fetch, Values, among
from storage.visibility import EVERYTHING, NOTHING, STRICTEST, visible

_OWN = "d.through = ''"
_ORDER = tuple(Section)


def _at(section: Section) -> int:
    return _ORDER.index(section)


def _quoted(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in sorted(values))


_WAS_OPEN = _quoted({*OPEN_STATUSES, *InquiryStatus} - SETTLED_STATUSES)
_NO_NEWS = _quoted({NOTE, *LINKS})
# A record that was made public is new to those who could not see it before. An index of kinds would be read whole.
_FRESH = f"""
    SELECT kind, record, max(version = 1 OR ({{is_narrow}} AND what = 'visibility' AND after = 'public')) AS is_new,
           max(what = 'status' AND before IN ({_WAS_OPEN})) AS was_open
    FROM history WHERE id > :told_to AND what NOT IN ({_NO_NEWS}) GROUP BY kind || '', record
"""
# A mandate has no status: it is settled when it has a result, which it had not then.
_MANDATE_WAS_OPEN = """
    EXISTS (
        SELECT 1 FROM history h, json_each(h.before) m
        WHERE h.kind = l.owner AND h.record = l.record AND h.id > :told_to AND h.what = 'mandates'
          AND json_extract(m.value, '$.number') = l.position AND json_extract(m.value, '$.result_on') IS NULL
    )
"""
_IS_CLOSED = f"(d.is_open = 0 AND (l.kind <> 'inquiry' OR l.status IN ({_quoted(SETTLED_STATUSES)})))"
_NEWS = f"""
    CASE
        WHEN l.kind IN ('paper', 'programme') THEN iif(f.is_new, {_at(Section.NEW)}, {_at(Section.CHANGED)})
        WHEN {_IS_CLOSED} THEN iif(
            f.was_open OR (l.kind = 'mandate' AND {_MANDATE_WAS_OPEN}), {_at(Section.SETTLED)}, NULL)
        WHEN f.is_new THEN {_at(Section.NEW)}
        ELSE {_at(Section.CHANGED)}
    END
"""
_IS_DUE = f"{HAS_DATE} AND ((d.is_open = 1 AND d.is_dated = 1) OR d.kind = 'milestone')"
_DUE = {
    Section.OVERDUE: f"{HAS_DATE} AND {OVERDUE}",
    Section.THIS_WEEK: f"{_IS_DUE} AND d.due_key BETWEEN :today AND :week",
    Section.AHEAD: f"{_IS_DUE} AND d.due_key > :week AND d.due_key <= :ahead",
}
_IN_ORDER = "ORDER BY d.due_key, d.sort_key, d.line"
_PART = f"""
SELECT {{section}} AS section, c.total, c.label, p.*
FROM (SELECT count(*) AS total, {STRICTEST} AS label {{source}}) c CROSS JOIN (
    SELECT d.line, d.due_key, d.sort_key, d.is_open, d.is_dated {{source}} {_IN_ORDER} LIMIT :most
) p
"""
_LISTED = """
SELECT d.section, d.total, d.label, d.is_open, d.is_dated, l.* FROM ({parts}) d JOIN listed l ON l.id = d.line
ORDER BY d.section, d.due_key, d.sort_key, d.line
"""
_IS_SILENT = "l.kind = 'measure' AND coalesce(l.as_of, l.changed_on) <= :silent"
# Each from where the fewest lines are; ``meets`` is what is demanded of them. What is due is told already.
_ELSE = f"""
SELECT {{line}}, {_NEWS} AS section
FROM ({_FRESH}) f CROSS JOIN listed l ON l.owner = f.kind AND l.record = f.record CROSS JOIN desk d ON d.line = l.id
WHERE {{tells}} AND l.kind <> 'milestone' AND {{meets}}
UNION ALL
SELECT {{line}}, {_at(Section.IN_REVIEW)}
FROM listed l CROSS JOIN desk d ON d.line = l.id WHERE l.kind = 'inquiry' AND l.status = 'in_review' AND {{meets}}
UNION ALL
SELECT {{line}}, {_at(Section.QUIET)}
FROM desk d CROSS JOIN listed l ON l.id = d.line
WHERE {{meets}} AND {HAS_DATE} AND d.kind = 'measure' AND d.is_dated = 0 AND d.due_key <= :today
UNION ALL
SELECT {{line}}, {_at(Section.QUIET)}
FROM desk d CROSS JOIN listed l ON l.id = d.line
WHERE EXISTS (SELECT 1 FROM listed l WHERE {_IS_SILENT}) AND {{meets}} AND d.is_open = 1 AND {_IS_SILENT}
"""
# Of a line that fits several sections the first counts; one that several of the scopes have is open if any has it so.
_PARTS = f"""
SELECT section, total, label, line, due_key, sort_key, is_open, is_dated FROM (
    SELECT d.*, row_number() OVER (PARTITION BY section {_IN_ORDER}) AS place,
           count(*) OVER (PARTITION BY section) AS total, {STRICTEST} OVER (PARTITION BY section) AS label
    FROM (
        SELECT line, due_key, sort_key, visibility, is_dated, max(is_open) AS is_open, min(section) AS section
        FROM ({_ELSE}) GROUP BY line
    ) d WHERE section IS NOT NULL
) WHERE place <= :most
"""
_BY_OFFICE = """
SELECT d.scope AS office, {strictest} AS visibility, sum(d.lines * (d.kind = 'inquiry')) AS inquiries,
       sum(d.lines * (d.kind = 'measure')) AS measures, sum(d.lines * (d.kind = 'mandate')) AS mandates
FROM desk_counts d WHERE d.is_through = 0 AND d.lines > 0 AND {within} AND {sight} GROUP BY 1
HAVING inquiries + measures + mandates > 0 ORDER BY inquiries + measures + mandates DESC, 1
"""


async def contents(
    fetch: Fetch,
    scope: Query,
    today: date,
    *,
    clearance: Clearance,
    scopes: tuple[str, ...],
    places: tuple[str, ...],
    horizon: int,
    told: tuple[int, date] | None,
) -> Contents:
    """``places`` are those whose open work is counted one by one; ``told`` is how far the history went in the digest
    before, and its day."""
    [newest] = await fetch("SELECT coalesce(max(id), 0) AS id FROM history", {})
    # What has a date is looked for, dates of papers included, as where deadlines are asked for.
    asked = scope.model_copy(update={"intent": Intent.DEADLINES}) if scope.intent is Intent.OPEN else scope
    conditions = whenever(asked, today, scopes=scopes)
    conditions.lines(_OWN)
    rows = await _lines(fetch, conditions, clearance, _days(today, horizon), told_to=told[0] if told else None)
    own, through, label = await open_counts(fetch, scope, today, clearance=clearance, scopes=scopes)
    by_office = await _by_office(fetch, places, clearance)
    return Contents(
        today=today,
        items=tuple(_items(rows)),
        open=own,
        through=through,
        by_office=by_office,
        since=told[1] if told else None,
        until=newest["id"],
        label=label_of([*(row["label"] for row in rows), label, *(one.visibility for one in by_office)]),
    )


def _days(today: date, horizon: int) -> Values:
    return {
        "week": around(today, Unit.WEEK).last.isoformat(),
        "ahead": (today + timedelta(days=horizon)).isoformat(),
        "silent": later(today, -QUIET_AFTER_MONTHS, Unit.MONTH).isoformat(),
    }


async def _lines(
    fetch: Fetch, conditions: Conditions, clearance: Clearance, days: Values, *, told_to: int | None
) -> list[Row]:
    sight, values = visible(clearance, "d.visibility"), days | {"told_to": told_to, "most": ITEMS_A_SECTION}
    parts = []
    for section, condition in _DUE.items():
        source, bound = replace(conditions, on_lines=[*conditions.on_lines, condition]).selection(sight)
        parts.append(f"SELECT * FROM ({_PART.format(section=_at(section), source=source)})")
        values |= bound
    due = await fetch(_LISTED.format(parts=" UNION ALL ".join(parts)), values)
    in_scopes, bound = among("d.scope", conditions.scopes, name="scope")
    is_told = " OR ".join(f"({condition})" for condition in _DUE.values())
    if len(conditions.scopes) > 1:
        is_told = f"EXISTS (SELECT 1 FROM desk d WHERE d.line = l.id AND {in_scopes} AND {_OWN} AND ({is_told}))"
    rest = _PARTS.format(
        line="d.line, d.due_key, d.sort_key, d.visibility, d.is_open, d.is_dated",
        meets=" AND ".join((in_scopes, *conditions.on_lines, sight, *conditions.on_listed, f"NOT ({is_told})")),
        tells=NOTHING if told_to is None else EVERYTHING,
        is_narrow=NOTHING if clearance is Clearance.CONTENT else EVERYTHING,
    )
    return due + await fetch(_LISTED.format(parts=rest), values | bound)


def _items(rows: Sequence[Row]) -> list[Items]:
    return [
        Items(
            section=_ORDER[section],
            lines=tuple(as_listed(row) for row in (first, *rest)),
            total=first["total"],
        )
        for section, group in groupby(rows, key=lambda row: int(row["section"]))
        for first, *rest in [list(group)]
    ]


async def _by_office(fetch: Fetch, places: tuple[str, ...], clearance: Clearance) -> tuple[OfficeCount, ...]:
    if not places:
        return ()
    within, values = among("d.scope", places, name="place")
    sql = _BY_OFFICE.format(strictest=STRICTEST, within=within, sight=visible(clearance, "d.visibility"))
    return tuple(OfficeCount.model_validate(dict(row)) for row in await fetch(sql, values))
