"""Rounds that were closed over what a deed said in them: a closed round never changes, so the deed stays."""

import json
from datetime import date
from sqlite3 import Row

from registry.deeds import ConfirmUnchanged, Deed, ImportDocument, ReportStatus
from registry.rounds import EvaluationRound
from storage import measures
from storage.rows import Fetch, from_row

# A round that was closed before a document came goes back to what it was before that.
_OVER_IMPORT = """
    SELECT DISTINCT r.* FROM deed_rows then_
    JOIN all_rounds r ON r.concept = json_extract(then_.after, '$.concept')
        AND r.as_of = json_extract(then_.after, '$.as_of') AND r.state = 'closed'
    JOIN deed_rows said ON said.deed = then_.deed
        AND said."table" IN ('measure_reports', 'nonpublic_measure_reports')
        AND json_extract(coalesce(said.after, said.before), '$.as_of') = r.as_of
    JOIN measures m ON m.id = json_extract(coalesce(said.after, said.before), '$.measure') AND m.concept = r.concept
    WHERE then_.deed = :deed AND then_."table" IN ('rounds', 'nonpublic_rounds')
        AND json_extract(then_.after, '$.state') = 'open'
    ORDER BY r.as_of, r.concept
"""
_REPORTED = "SELECT record, report FROM deed_records WHERE deed = :deed AND report <> ''"
_CLOSED = """
    SELECT r.* FROM all_rounds r JOIN measures m ON m.concept = r.concept
    WHERE m.id = :measure AND r.as_of = :as_of AND r.state = 'closed'
"""


async def closed_over(fetch: Fetch, of: str, deed: Deed) -> tuple[EvaluationRound, ...]:
    """The rounds that took what the deed said, and were closed since; the earliest first."""
    match deed:
        case ImportDocument():
            rows = await fetch(_OVER_IMPORT, {"deed": of})
        case ReportStatus() | ConfirmUnchanged():
            rows = [row for one in await fetch(_REPORTED, {"deed": of}) for row in await _over_report(fetch, one)]
        case _:
            return ()
    return tuple(from_row(EvaluationRound, row) for row in rows)


async def _over_report(fetch: Fetch, one: Row) -> list[Row]:
    """None where the round was closed before: it says then what it said."""
    kept = json.loads(one["report"])
    said = await measures.reports_of(fetch, one["record"], date.fromisoformat(kept["as_of"]))
    return [] if said == kept else await fetch(_CLOSED, {"measure": one["record"], "as_of": kept["as_of"]})
