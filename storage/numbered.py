"""Records by what people call them, as far as a clearance allows."""

from registry.deeds import Subject
from registry.inquiries import Inquiry
from registry.measures import Measure
from registry.papers import Paper
from registry.programmes import Programme
from registry.queries import Kind
from registry.references import reference_kind
from registry.visibility import Clearance
from storage import inquiries as inquiry_rows
from storage import measures as measure_rows
from storage import papers as paper_rows
from storage import programmes as programme_rows
from storage.rows import Fetch, Stored
from storage.visibility import visible

_LATEST = """
    m.id = (
        SELECT one.id FROM measures one WHERE one.number = :number AND {visible}
        ORDER BY one.as_of DESC, one.concept DESC LIMIT 1
    )
"""


async def measures(fetch: Fetch, number: str, clearance: Clearance) -> list[Stored[Measure]]:
    """That of the latest round: two concepts may have a measure of one number."""
    latest = _LATEST.format(visible=visible(clearance, "one.visibility"))
    return await measure_rows.load(fetch, latest, {"number": number}, clearance)


async def inquiries(fetch: Fetch, number: str, clearance: Clearance) -> list[Stored[Inquiry]]:
    stored = inquiry_rows.stored_number(number)
    if stored is None:
        return []
    found = await inquiry_rows.load(fetch, "q.number = :number", {"number": stored}, clearance)
    # Who may read the twelfth non-public inquiry finds it as Q12, too, as long as there is no public one.
    return found or (await inquiries(fetch, f"QN{stored}", clearance) if number == f"Q{stored}" else [])


async def papers(fetch: Fetch, number: str, clearance: Clearance) -> list[Stored[Paper]]:
    return await paper_rows.load(fetch, "p.number = :number", {"number": number}, clearance)


async def programmes(fetch: Fetch, name: str, clearance: Clearance) -> list[Stored[Programme]]:
    """The programme of that name, or the one whose module is named so (``KommA.1a``)."""
    return await programme_rows.load(
        fetch,
        "lower(g.name) IN (lower(:name), lower(:programme))",
        {"name": name, "programme": name.rpartition(".")[0]},
        clearance,
    )


async def find(fetch: Fetch, ref: str, clearance: Clearance) -> Stored[Subject] | None:
    """The record a reference means to somebody with that clearance."""
    found: list[Stored[Measure]] | list[Stored[Inquiry]] | list[Stored[Paper]] | list[Stored[Programme]]
    match reference_kind(ref):
        case Kind.MEASURE:
            found = await measures(fetch, ref, clearance)
        case Kind.INQUIRY:
            found = await inquiries(fetch, ref, clearance)
        case Kind.PAPER:
            found = await papers(fetch, ref, clearance)
        case _:
            found = await programmes(fetch, ref, clearance)
    return Stored[Subject](found[0].id, found[0].record) if found else None


async def whole(fetch: Fetch, kind: Kind, record: int) -> Stored[Subject] | None:
    """A record with all that it says, by the number its rows go by."""
    found: list[Stored[Measure]] | list[Stored[Inquiry]] | list[Stored[Paper]] | list[Stored[Programme]]
    values: dict[str, object] = {"id": record}
    match kind:
        case Kind.MEASURE:
            found = await measure_rows.load(fetch, "m.id = :id", values, Clearance.CONTENT)
        case Kind.INQUIRY:
            found = await inquiry_rows.load(fetch, "q.id = :id", values, Clearance.CONTENT)
        case Kind.PAPER:
            found = await paper_rows.load(fetch, "p.id = :id", values, Clearance.CONTENT)
        case _:
            found = await programme_rows.load(fetch, "g.id = :id", values, Clearance.CONTENT)
    return Stored[Subject](found[0].id, found[0].record) if found else None
