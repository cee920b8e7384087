"""Where a scope stands, and who still owes what, over what the reader sees."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from sqlite3 import Row

from registry.desk import Listed, OfficeCount, Summary
from registry.inquiries import SETTLED_STATUSES, InquiryStatus
from registry.measures import Status
from registry.queries import Query
from registry.visibility import Clearance, label_of
from storage.conditions import OVERDUE, conditions_of
from storage.layers import seen
from storage.listings import as_listed
from storage.rows import Fetch, among, from_row
from storage.visibility import EVERYTHING, STRICTEST, visible, withheld

_HANDED_BACK = (
    "l.kind = 'inquiry' AND l.status IN ('open', 'unrouted')"
    " AND l.record IN (SELECT inquiry FROM contributions WHERE status = 'not_responsible')"
)


class Standing:
    """The statements a summary is put together from: all select by the same question and the same sight.

    ``within`` are the places whose shares are told; none means all.
    """

    def __init__(
        self,
        fetch: Fetch,
        query: Query,
        today: date,
        *,
        clearance: Clearance,
        scopes: tuple[str, ...],
        within: tuple[str, ...],
    ) -> None:
        self._fetch = fetch
        self._query = query
        self._clearance = clearance
        self._conditions = conditions_of(query, today, scopes=scopes)
        self._conditions.lines("d.through = ''")
        self._is_within, bound = among("place", within, name="within") if within else (EVERYTHING, {})
        self._conditions.values |= bound

    async def summary(self) -> Summary:
        statuses = await self._statuses()
        measures = [row for row in statuses if row["kind"] == "measure" and row["status"] != Status.UNKNOWN]
        inquiries = [row for row in statuses if row["kind"] == "inquiry"]
        pending, delivered = await self._contributions()
        return Summary(
            query=self._query,
            measures=_by_status(measures),
            inquiries={InquiryStatus(status): count for status, count in _totals(inquiries).items()},
            contributions_pending=pending,
            contributions_delivered=delivered,
            overdue=sum(row["overdue"] for row in statuses),
            overdue_unnamed=await self._overdue_unnamed(),
            unclear=await self._refs("l.kind = 'measure' AND l.status = 'unclear'"),
            unrouted=await self._refs("l.kind = 'inquiry' AND l.status = 'unrouted'"),
            in_review=await self._refs("l.kind = 'inquiry' AND l.status = 'in_review'"),
            handed_back=await self._refs(_HANDED_BACK),
            stubs=await self._refs("l.kind = 'measure' AND l.status = 'unknown'"),
            by_field=_by_field(measures),
            by_office=await self._open_by_office(),
            next_due=await self._next_due(),
            as_of=max((date.fromisoformat(row["as_of"]) for row in measures if row["as_of"]), default=None),
            withheld=await self._withheld(),
            label=label_of(row["label"] for row in statuses),
        )

    async def owing(self) -> tuple[OfficeCount, ...]:
        """Contributions awaited, and reports awaited in open rounds, by the office that owes them."""
        awaited = (
            "JOIN (SELECT inquiry, office AS place FROM contributions WHERE status = 'pending') o"
            " ON o.inquiry = l.record AND l.kind = 'inquiry'"
        )
        contributions = await self._rows(
            f"o.place, count(*) AS lines, sum({OVERDUE}) AS overdue, {STRICTEST} AS label",
            f"AND d.is_open = 1 AND {self._is_within} GROUP BY 1",
            joins=awaited,
        )
        silent = (
            f"JOIN {seen('rounds', self._clearance)} r ON r.concept = l.concept AND r.state = 'open'"
            " AND l.kind = 'measure'"
            " JOIN (SELECT scope AS place, line FROM desk WHERE is_named = 1) o ON o.line = d.line"
        )
        reports = await self._rows(
            f"o.place, count(*) AS lines, sum(coalesce(r.due_on < :today, 0)) AS overdue, {STRICTEST} AS label",
            f"AND {self._is_within} AND NOT EXISTS (SELECT 1 FROM {seen('measure_reports', self._clearance)} x"
            " WHERE x.measure = l.record AND x.as_of = r.as_of) GROUP BY 1",
            joins=silent,
        )
        return _owed(contributions, reports)

    async def _rows(
        self, columns: str, rest: str = "", *, joins: str = "", sight: str = "", with_listed: bool = True
    ) -> list[Row]:
        seen = sight or visible(self._clearance, "d.visibility")
        source, values = self._conditions.selection(seen, joins=joins, with_listed=with_listed)
        return await self._fetch(f"SELECT {columns} {source} {rest}", values)

    async def _statuses(self) -> list[Row]:
        return await self._rows(
            f"d.kind, l.status, l.field, count(*) AS lines, sum({OVERDUE}) AS overdue, max(l.as_of) AS as_of,"
            f" {STRICTEST} AS label",
            "GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
        )

    async def _contributions(self) -> tuple[int, int]:
        """The shares of the places asked about, in all inquiries that are not settled: a place that has delivered has
        nothing open in one any more, and still its share counts."""
        settled = ", ".join(f"'{status.value}'" for status in sorted(SETTLED_STATUSES))
        rows = await self._rows(
            "sum(c.status = 'pending') AS pending, sum(c.status IN ('delivered', 'accepted')) AS delivered",
            f"AND l.status NOT IN ({settled}) AND {self._is_within}",
            joins="JOIN (SELECT inquiry, office AS place, status FROM contributions) c"
            " ON c.inquiry = l.record AND l.kind = 'inquiry'",
        )
        return rows[0]["pending"] or 0, rows[0]["delivered"] or 0

    async def _refs(self, condition: str) -> tuple[str, ...]:
        return tuple(row["ref"] for row in await self._rows("l.ref", f"AND {condition} ORDER BY d.sort_key"))

    async def _open_by_office(self) -> tuple[OfficeCount, ...]:
        """What each place that a record names has open; who has most comes first."""
        rows = await self._rows(
            "n.place AS office, sum(d.kind = 'inquiry') AS inquiries, sum(d.kind = 'measure') AS measures,"
            f" sum({OVERDUE}) AS overdue, {STRICTEST} AS visibility",
            f"AND d.is_open = 1 AND {self._is_within} GROUP BY 1 ORDER BY count(*) DESC, 1",
            joins="JOIN (SELECT line, scope AS place FROM desk WHERE is_named AND is_open) n ON n.line = d.line",
            with_listed=False,
        )
        return _with_reviews((from_row(OfficeCount, row) for row in rows), await self._reviews())

    async def _overdue_unnamed(self) -> int:
        """What is overdue without any place that still has to do it."""
        named = "SELECT line, scope AS place FROM desk WHERE is_named AND is_open"
        waits = f"SELECT 1 FROM ({named}) n WHERE n.line = d.line AND {self._is_within}"
        rows = await self._rows("count(*) AS lines", f"AND {OVERDUE} AND NOT EXISTS ({waits})", with_listed=False)
        return int(rows[0]["lines"])

    async def _reviews(self) -> list[Row]:
        """The inquiries in review that each place contributed to."""
        return await self._rows(
            f"c.place, count(*) AS lines, {STRICTEST} AS label",
            f"AND l.status = 'in_review' AND {self._is_within} GROUP BY 1 ORDER BY 2 DESC, 1",
            joins="JOIN (SELECT inquiry, office AS place FROM contributions) c"
            " ON c.inquiry = l.record AND l.kind = 'inquiry'",
        )

    async def _next_due(self) -> Listed | None:
        coming = "AND d.is_open = 1 AND d.is_dated = 1 AND d.due_key >= :today"
        rows = await self._rows("l.*", f"{coming} ORDER BY d.due_key, d.sort_key, d.line LIMIT 1")
        return as_listed(rows[0]) if rows else None

    async def _withheld(self) -> int:
        hidden = withheld(self._clearance, self._query, "d.visibility")
        return int((await self._rows("count(*) AS lines", sight=hidden, with_listed=False))[0]["lines"])


def _with_reviews(counts: Iterable[OfficeCount], reviews: Iterable[Row]) -> tuple[OfficeCount, ...]:
    """Places that have nothing open any more come last."""
    known = {count.office: count for count in counts}
    for row in reviews:
        count = known.get(row["place"], OfficeCount(office=row["place"]))
        label = label_of((count.visibility, row["label"]))
        known[count.office] = count.model_copy(update={"in_review": row["lines"], "visibility": label})
    return tuple(known.values())


def _totals(rows: Iterable[Row]) -> Counter[str]:
    totals: Counter[str] = Counter()
    for row in rows:
        totals[row["status"]] += row["lines"]
    return totals


def _by_status(rows: Iterable[Row]) -> dict[Status, int]:
    totals = _totals(rows)
    return {status: totals[status] for status in Status if totals[status]}


def _by_field(rows: Sequence[Row]) -> dict[int, dict[Status, int]]:
    fields = sorted({row["field"] for row in rows})
    return {field: _by_status(row for row in rows if row["field"] == field) for field in fields}


def _owed(contributions: Iterable[Row], reports: Iterable[Row]) -> tuple[OfficeCount, ...]:
    """Who owes most comes first."""
    owed: dict[str, OfficeCount] = {}
    for field, rows in (("inquiries", contributions), ("measures", reports)):
        for row in rows:
            known = owed.get(row["place"], OfficeCount(office=row["place"]))
            more = {
                field: row["lines"],
                "overdue": known.overdue + row["overdue"],
                "visibility": label_of((known.visibility, row["label"])),
            }
            owed[row["place"]] = known.model_copy(update=more)
    return tuple(sorted(owed.values(), key=lambda count: (-count.inquiries - count.measures, count.office)))
