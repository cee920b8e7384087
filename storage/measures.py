"""Concepts, their measures, and what rounds say of those, as rows."""

from collections.abc import Iterable, Sequence
from datetime import date

from registry.measures import Measure, Status
from registry.visibility import Clearance
from storage.database import Transaction
from storage.inquiries import number_text
from storage.rows import Fetch, Stored, Values, among, from_row, insert, to_row, upsert
from storage.visibility import visible

_ELSEWHERE = ("doubted_by",)  # read from the inquiries, as far as the reader sees those
_COLUMNS = ("id", *(name for name in Measure.model_fields if name not in _ELSEWHERE))

_IN_OPEN_ROUND = """
    EXISTS (
        SELECT 1 FROM {rounds} r JOIN measures m ON m.concept = r.concept
        WHERE m.id = :measure AND r.as_of = :as_of AND r.state = 'open'
    )
"""
_TAKEN = "ON CONFLICT (measure, as_of) DO UPDATE SET status = excluded.status, current_state = excluded.current_state"
_PUBLIC_REPORT = (
    "INSERT INTO measure_reports (measure, as_of, status, current_state)"
    f" VALUES (:measure, :as_of, :status, :current_state) {_TAKEN} WHERE {_IN_OPEN_ROUND.format(rounds='rounds')}",
    "DELETE FROM nonpublic_measure_reports WHERE measure = :measure AND as_of = :as_of",
)
_NONPUBLIC_REPORT = f"""
    INSERT INTO nonpublic_measure_reports (measure, as_of, status, current_state)
    SELECT :measure, :as_of, :status, :current_state WHERE NOT EXISTS (
        SELECT 1 FROM measure_reports p WHERE p.measure = :measure AND p.as_of = :as_of
        AND (NOT {_IN_OPEN_ROUND.format(rounds="all_rounds")}
             OR (p.status = :status AND p.current_state = :current_state))
    )
    {_TAKEN} WHERE {_IN_OPEN_ROUND.format(rounds="all_rounds")}
"""
_REPORTS = """
    SELECT 'measure_reports' AS layer, status, current_state FROM measure_reports
    WHERE measure = :measure AND as_of = :as_of
    UNION ALL
    SELECT 'nonpublic_measure_reports', status, current_state FROM nonpublic_measure_reports
    WHERE measure = :measure AND as_of = :as_of
"""
_CLOSED = """
    SELECT 1 FROM all_rounds r JOIN measures m ON m.concept = r.concept
    WHERE m.id = :measure AND r.as_of = :as_of AND r.state = 'closed'
"""


async def load(fetch: Fetch, condition: str, values: Values, clearance: Clearance) -> list[Stored[Measure]]:
    """The measures (``m``) that meet a condition, as far as the clearance allows, in no order."""
    where = f"{condition} AND {visible(clearance, 'm.visibility')}"
    rows = await fetch(f"SELECT m.* FROM measures m WHERE {where}", values)
    doubts = await _doubts(fetch, where, values, clearance)
    return [Stored(row["id"], from_row(Measure, row, doubted_by=doubts.get(row["id"], ()))) for row in rows]


async def named(fetch: Fetch, keys: Iterable[tuple[str, str]], titled: Sequence[str]) -> list[Stored[Measure]]:
    """All there is of measures with these concepts and numbers, and of those that are given a title by number."""
    known = tuple(keys)
    concepts, concept_values = among("m.concept", {concept for concept, _ in known}, name="concept")
    numbers, number_values = among("m.number", {number for _, number in known}, name="number")
    titled_ones, titled_values = among("m.number", titled, name="titled")
    values = concept_values | number_values | titled_values
    return await load(fetch, f"(({concepts} AND {numbers}) OR {titled_ones})", values, Clearance.CONTENT)


async def _doubts(fetch: Fetch, where: str, values: Values, clearance: Clearance) -> dict[int, tuple[str, ...]]:
    """Which inquiries doubt the status of which measure."""
    rows = await fetch(
        "SELECT m.id, q.number FROM measures m"
        " JOIN inquiry_measures a ON a.measure = m.number AND a.is_doubted = 1"
        " JOIN inquiries q ON q.id = a.inquiry JOIN question_lists l ON l.key = q.list"
        f" WHERE {where} AND l.concept IN (m.concept, '') AND {visible(clearance, 'q.visibility')} ORDER BY q.number",
        values,
    )
    doubts: dict[int, tuple[str, ...]] = {}
    for measure, number in rows:
        doubts[measure] = (*doubts.get(measure, ()), number_text(number))
    return doubts


async def save(transaction: Transaction, measures: Sequence[Stored[Measure]]) -> None:
    rows = [{"id": stored.id, **to_row(stored.record, without=_ELSEWHERE)} for stored in measures]
    await transaction.run_each(upsert("measures", _COLUMNS, ("id",)), rows)


async def save_reports(transaction: Transaction, reports: Sequence[Stored[Measure]], *, public: bool) -> None:
    """Writes what rounds say; a report of a closed round stays as it is."""
    rows: list[Values] = [{"measure": stored.id, **to_row(stored.record)} for stored in reports if stored.record.as_of]
    for statement in _PUBLIC_REPORT if public else (_NONPUBLIC_REPORT,):
        await transaction.run_each(statement, rows)


async def publish_report(transaction: Transaction, stored: Stored[Measure]) -> None:
    """Tells everybody what a round says of a measure; what a closed public one said stays as it is."""
    await transaction.run_each(_PUBLIC_REPORT[0], [{"measure": stored.id, **to_row(stored.record)}])


async def reports_of(fetch: Fetch, measure: int, as_of: date) -> Values:
    """What one round says of a measure, in both layers; for an undo to bring back."""
    rows = await fetch(_REPORTS, {"measure": measure, "as_of": as_of.isoformat()})
    return {"as_of": as_of.isoformat(), "rows": [dict(row) for row in rows]}


async def restore_reports(transaction: Transaction, measure: int, kept: Values) -> None:
    """Brings back what a round said of a measure; a closed round stays as it is."""
    of = {"measure": measure, "as_of": kept["as_of"]}
    if await transaction.fetch(_CLOSED, of):
        return
    for table in ("measure_reports", "nonpublic_measure_reports"):
        await transaction.fetch(f"DELETE FROM {table} WHERE measure = :measure AND as_of = :as_of", of)
        rows = [{**of, "status": r["status"], "current_state": r["current_state"]} for r in _rows_in(table, kept)]
        await transaction.run_each(insert(table, ("measure", "as_of", "status", "current_state")), rows)


def _rows_in(table: str, kept: Values) -> list[Values]:
    rows = kept["rows"]
    return [row for row in rows if row["layer"] == table] if isinstance(rows, list) else []


async def public_reports(fetch: Fetch, ids: Iterable[int]) -> dict[tuple[int, str], Values]:
    """What public documents said in rounds, by measure and as-of day."""
    condition, values = among("measure", ids, name="measure")
    rows = await fetch(f"SELECT measure, as_of, status, current_state FROM measure_reports WHERE {condition}", values)
    return {
        (row["measure"], row["as_of"]): {"status": Status(row["status"]), "current_state": row["current_state"]}
        for row in rows
    }


async def save_concepts(transaction: Transaction, names: Iterable[str]) -> None:
    await transaction.run_each(
        "INSERT INTO concepts (name) VALUES (:name) ON CONFLICT (name) DO NOTHING",
        [{"name": name} for name in sorted(set(names))],
    )
