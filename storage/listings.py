"""Reads the desk: how many lines answer a question, and one page of them."""

from collections.abc import Iterable, Sequence
from datetime import date
from sqlite3 import Row

from registry.desk import PAGE_SIZE, Counts, Listed, Listing
from registry.queries import Kind, Query
from registry.visibility import Clearance, Visibility, label_of
from storage.conditions import HAS_DATE, OVERDUE, STILL_RUNS, Conditions, conditions_of, undated
from storage.rows import Fetch, from_row
from storage.search import lines_with
from storage.visibility import NOTHING, STRICTEST, visible, withheld

_COUNT_FIELDS = {
    Kind.INQUIRY: "inquiries",
    Kind.MEASURE: "measures",
    Kind.PAPER: "papers",
    Kind.MANDATE: "mandates",
    Kind.MILESTONE: "milestones",
    Kind.PROGRAMME: "programmes",
}

_MOST_RANKED = 2_000  # who finds more than that has asked too little for the best hits to mean anything

# What is kept by the month, and of this month the days that have passed.
_KEPT_COUNTS = """
    SELECT d.kind, d.is_through, d.visibility, d.lines,
           CASE WHEN d.due_month <> '' AND d.due_month < :month THEN d.lines ELSE 0 END AS overdue
    FROM desk_counts d WHERE d.scope = :scope AND d.lines > 0 AND {kinds}
    UNION ALL
    SELECT d.kind, d.through <> '', d.visibility, 0, 1
    FROM desk d
    WHERE d.scope = :scope AND {has_date} AND {overdue} AND d.due_key >= :month AND {kinds}
"""


async def listing(fetch: Fetch, query: Query, today: date, *, clearance: Clearance, scopes: tuple[str, ...]) -> Listing:
    """One page of what answers a question, and the counts of all of it."""
    found = await lines_with(fetch, query.words)
    if query.words and not found:
        return Listing(query=query)
    conditions = conditions_of(query, today, scopes=scopes)
    ranking = _add_words(conditions, found)
    counts = await _counts(fetch, conditions, clearance, withheld(clearance, query, "d.visibility"))
    shown = [row for row in counts if not row["is_withheld"]]
    own, through = (_as_counts(row for row in shown if row["is_through"] == group) for group in (0, 1))
    total = own.total + through.total
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(query.page, pages - 1)
    order = ranking if total <= _MOST_RANKED else ""
    lines = await _page(fetch, conditions, clearance, page, order) if shown else ()
    return Listing(
        query=query,
        own=own,
        through=through,
        undated=await _undated(fetch, undated(query, today, scopes=scopes), found, clearance),
        lines=lines,
        page=page,
        pages=pages,
        withheld=sum(row["lines"] for row in counts if row["is_withheld"]),
        label=label_of(row["label"] for row in shown),
    )


async def open_counts(
    fetch: Fetch, query: Query, today: date, *, clearance: Clearance, scopes: tuple[str, ...]
) -> tuple[Counts, Counts, Visibility]:
    """What a scope itself has open, what reaches it by way of places above it, and the strictest label of both."""
    rows = await _counts(fetch, conditions_of(query, today, scopes=scopes), clearance, NOTHING)
    own, through = (_as_counts(row for row in rows if row["is_through"] == group) for group in (0, 1))
    return own, through, label_of(row["label"] for row in rows)


async def _undated(fetch: Fetch, conditions: Conditions | None, found: Sequence[str], clearance: Clearance) -> Counts:
    """How much open work the reader may see that a period hides."""
    if conditions is None:
        return Counts()
    _add_words(conditions, found)
    return _as_counts(await _counts(fetch, conditions, clearance, NOTHING))


def _add_words(conditions: Conditions, found: Sequence[str]) -> str:
    """Demands the lines that a search has found; gives the order that puts the best hits first."""
    if not found:
        return ""
    bound = {f"found{rank}": lines for rank, lines in enumerate(found)}
    *better, everything = bound
    conditions.lines(_is_in(everything), **bound)
    ranks = "".join(f" WHEN {_is_in(name)} THEN {rank}" for rank, name in enumerate(better))
    return f"d.through <> '', CASE{ranks} ELSE {len(better)} END, "


def _is_in(name: str) -> str:
    return f"d.line IN (SELECT value FROM json_each(:{name}))"


async def _counts(fetch: Fetch, conditions: Conditions, clearance: Clearance, hidden: str) -> list[Row]:
    """How many lines there are and are overdue, by kind, by way, and by whether only their number may be told."""
    sight = visible(clearance, "d.visibility")
    sums = (
        f"SELECT d.kind, d.is_through, {hidden} AS is_withheld,"
        f" sum(d.lines) AS lines, sum(d.overdue) AS overdue, {STRICTEST} AS label"
    )
    if conditions.asks_for_open_work_alone:
        kept = _KEPT_COUNTS.format(kinds=conditions.on_lines[0], has_date=HAS_DATE, overdue=OVERDUE)
        values = conditions.values | {"scope": conditions.scopes[0], "month": str(conditions.values["today"])[:7]}
        return await fetch(f"{sums} FROM ({kept}) d WHERE {sight} OR {hidden} GROUP BY 1, 2, 3", values)
    selected, values = conditions.selection(f"({sight} OR {hidden})")
    counted = f"SELECT d.kind, d.through <> '' AS is_through, d.visibility, 1 AS lines, {OVERDUE} AS overdue {selected}"
    return await fetch(f"{sums} FROM ({counted}) d GROUP BY 1, 2, 3", values)


def _as_counts(rows: Iterable[Row]) -> Counts:
    found = list(rows)
    kinds = {_COUNT_FIELDS[Kind(row["kind"])]: row["lines"] for row in found}
    return Counts(**kinds, overdue=sum(row["overdue"] for row in found))


async def _page(
    fetch: Fetch, conditions: Conditions, clearance: Clearance, page: int, ranking: str
) -> tuple[Listed, ...]:
    selected, values = conditions.selection(visible(clearance, "d.visibility"))
    order = f"{ranking}d.through, d.due_key, d.sort_key, d.kind, d.line"
    rows = await fetch(
        "SELECT p.through AS by_way_of, p.is_open, p.is_dated, l.* FROM ("
        f" SELECT d.line, d.through, d.is_open AND {STILL_RUNS} AS is_open, d.is_dated,"
        f" row_number() OVER (ORDER BY {order}) AS place {selected} ORDER BY {order} LIMIT :size OFFSET :skip"
        ") p JOIN listed l ON l.id = p.line ORDER BY p.place",
        values | {"size": PAGE_SIZE, "skip": page * PAGE_SIZE},
    )
    return tuple(as_listed(row, through=row["by_way_of"]) for row in rows)


def as_listed(row: Row, *, through: str = "") -> Listed:
    return from_row(Listed, row, through=through or None)
