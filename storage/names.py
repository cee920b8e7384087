"""The names a question may use, as far as its reader sees records that bear them."""

from registry.measures import FieldOfAction
from registry.queries import Names
from registry.visibility import Clearance
from storage.rows import Fetch, from_row
from storage.visibility import visible


async def names(fetch: Fetch, clearance: Clearance) -> Names:
    sight = visible(clearance, "l.visibility")
    fields = await fetch(
        "SELECT f.* FROM fields f WHERE EXISTS (SELECT 1 FROM listed l"
        f" WHERE l.concept = f.concept AND l.field = f.number AND {sight}) ORDER BY f.concept, f.number",
        {},
    )
    return Names(
        fields=tuple(from_row(FieldOfAction, row) for row in fields),
        concepts=await _borne(fetch, "concept", sight),
        programmes=await _borne(fetch, "programme", sight),
        originators=await _borne(fetch, "originator", sight),
    )


async def _borne(fetch: Fetch, column: str, sight: str) -> tuple[str, ...]:
    """The different values of a column of the listed records."""
    rows = await fetch(
        f"SELECT DISTINCT l.{column} AS name FROM listed l WHERE l.{column} <> '' AND {sight} ORDER BY 1",
        {},
    )
    return tuple(row["name"] for row in rows)
