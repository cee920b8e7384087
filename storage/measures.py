"""Concepts, their fields of action, measures and rounds as rows."""

from collections.abc import Iterable, Sequence

from registry.measures import FieldOfAction, Measure, Recommendation
from registry.rounds import EvaluationRound
from registry.visibility import Clearance
from storage.database import Transaction
from storage.inquiries import number_text
from storage.rows import Fetch, Stored, Values, from_row, insert, to_row, upsert
from storage.visibility import visible

_ELSEWHERE = ("doubted_by",)  # read from the inquiries, as far as the reader sees those
_COLUMNS = ("id", *(name for name in Measure.model_fields if name not in _ELSEWHERE))


async def load(fetch: Fetch, condition: str, values: Values, clearance: Clearance) -> list[Stored[Measure]]:
    """The measures (``m``) that meet a condition, as far as the clearance allows, in no order."""
    where = f"{condition} AND {visible(clearance, 'm.visibility')}"
    rows = await fetch(f"SELECT m.* FROM measures m WHERE {where}", values)
    doubts = await _doubts(fetch, where, values, clearance)
    return [Stored(row["id"], from_row(Measure, row, doubted_by=doubts.get(row["id"], ()))) for row in rows]


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


async def save_reports(transaction: Transaction, reports: Sequence[Stored[Measure]]) -> None:
    """Writes what rounds say; a report of a closed round stays as it is."""
    await transaction.run_each(
        """
        INSERT INTO measure_reports (measure, as_of, status, current_state)
        VALUES (:measure, :as_of, :status, :current_state)
        ON CONFLICT (measure, as_of) DO UPDATE SET status = excluded.status, current_state = excluded.current_state
        WHERE EXISTS (
            SELECT 1 FROM rounds r JOIN measures m ON m.concept = r.concept
            WHERE m.id = excluded.measure AND r.as_of = excluded.as_of AND r.state = 'open'
        )
        """,
        [{"measure": stored.id, **to_row(stored.record)} for stored in reports if stored.record.as_of],
    )


async def open_rounds(fetch: Fetch) -> frozenset[tuple[str, str]]:
    """Concept and as-of day of each round in which offices may still report."""
    rows = await fetch("SELECT concept, as_of FROM rounds WHERE state = 'open'", {})
    return frozenset((row["concept"], row["as_of"]) for row in rows)


async def save_concepts(transaction: Transaction, names: Iterable[str]) -> None:
    await transaction.run_each(
        "INSERT INTO concepts (name) VALUES (:name) ON CONFLICT (name) DO NOTHING",
        [{"name": name} for name in sorted(set(names))],
    )


async def save_rounds(transaction: Transaction, rounds: Iterable[EvaluationRound]) -> None:
    """Adds rounds; one that is there keeps its state and due date."""
    await transaction.run_each(
        f"{insert('rounds', EvaluationRound.model_fields)} ON CONFLICT (concept, as_of) DO NOTHING",
        [to_row(round_) for round_ in rounds],
    )


async def save_fields(transaction: Transaction, fields: Iterable[FieldOfAction]) -> None:
    await transaction.run_each(
        upsert("fields", FieldOfAction.model_fields, ("concept", "number")), [to_row(field) for field in fields]
    )


async def save_recommendations(transaction: Transaction, recommendations: Iterable[Recommendation]) -> None:
    await transaction.run_each(
        upsert("recommendations", Recommendation.model_fields, ("concept", "field", "number")),
        [to_row(recommendation) for recommendation in recommendations],
    )
