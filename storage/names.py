"""The names a question may use, as far as its reader sees records that bear them."""

from registry.measures import FieldOfAction
from registry.programmes import short_names
from registry.queries import Names
from registry.visibility import Clearance
from storage.layers import seen
from storage.rows import Fetch, from_row
from storage.visibility import visible


async def names(fetch: Fetch, clearance: Clearance) -> Names:
    sight = visible(clearance, "l.visibility")
    fields = await fetch(
        "SELECT l.concept, l.field AS number, coalesce(f.title, '') AS title"
        f" FROM (SELECT DISTINCT l.concept, l.field FROM listed l WHERE l.field IS NOT NULL AND {sight}) l"
        f" LEFT JOIN {seen('fields', clearance)} f ON f.concept = l.concept AND f.number = l.field"
        " ORDER BY f.title IS NULL OR f.title = '', l.concept, l.field",
        {},
    )
    of_concepts = {row["number"] for row in fields if row["concept"]}
    return Names(
        # What a list without a concept speaks of is taken to be the concept's, where one has that number.
        fields=tuple(
            from_row(FieldOfAction, row) for row in fields if row["concept"] or row["number"] not in of_concepts
        ),
        concepts=await _borne(fetch, "concept", sight),
        programmes=await _borne(fetch, "programme", sight),
        short_names=await _short_names(fetch, clearance),
        originators=await _borne(fetch, "originator", sight),
    )


async def _short_names(fetch: Fetch, clearance: Clearance) -> tuple[tuple[str, str], ...]:
    """The short names of programmes, each with the name it stands for."""
    rows = await fetch(
        f"SELECT g.name, g.title, g.carrier FROM programmes g WHERE {visible(clearance, 'g.visibility')} ORDER BY 1", {}
    )
    return tuple((short, row["name"]) for row in rows for short in short_names(row["title"], row["carrier"]))


async def _borne(fetch: Fetch, column: str, sight: str) -> tuple[str, ...]:
    """The different values of a column of the listed records."""
    rows = await fetch(
        f"SELECT DISTINCT l.{column} AS name FROM listed l WHERE l.{column} <> '' AND {sight} ORDER BY 1",
        {},
    )
    return tuple(row["name"] for row in rows)
