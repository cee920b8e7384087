"""Measures that no document brought."""

from registry import rights
from registry.changes import Do
from registry.deeds import NewMeasure
from registry.doing import NotPossible
from registry.doing.measures import created
from registry.measures import Measure
from registry.offices import OfficeTree
from registry.queries import Kind
from registry.visibility import Clearance
from storage import history, measures, offices
from storage.database import Transaction
from storage.errors import ChangedMeanwhile, NotAllowed
from storage.importing import NEW
from storage.people import Actor
from storage.rows import Fetch, Stored
from storage.steps import Step, occasion_of, save


async def is_taken(fetch: Fetch, concept: str, number: str) -> bool:
    """Whether a measure has that number, whoever may see it; one that is only referred to leaves it free."""
    return any(not stored.record.is_stub for stored in await _of_number(fetch, concept, number))


async def do(transaction: Transaction, change: Do, deed: NewMeasure, actor: Actor) -> None:
    fetch, concept = transaction.fetch, deed.concept or ""
    tree = OfficeTree(await offices.offices(fetch))
    if not rights.may(actor.role, actor.offices, deed, None, tree):
        raise NotAllowed(change.person)
    if await is_taken(fetch, concept, deed.ref):
        raise ChangedMeanwhile(deed.ref)
    known = await _of_number(fetch, concept, deed.ref)
    nothing = Measure(number=deed.ref, concept=concept, is_stub=True, version=0)
    before = known[0] if known else Stored(await history.free_id(fetch, Kind.MEASURE, "measures"), nothing)
    try:
        after = created(deed, tree).model_copy(update={"version": before.record.version + 1})
    except NotPossible as obstacle:
        raise ChangedMeanwhile(deed.ref) from obstacle
    occasion = occasion_of(change, actor)
    await save(transaction, Step(change, Stored(before.id, before.record), after), occasion, tree)
    if not known:
        # An undo takes away what was not there before.
        await transaction.fetch(
            "UPDATE deed_records SET before = :new WHERE deed = :deed", {"new": NEW, "deed": change.id}
        )


async def _of_number(fetch: Fetch, concept: str, number: str) -> list[Stored[Measure]]:
    values: dict[str, object] = {"concept": concept, "number": number}
    return await measures.load(fetch, "m.concept = :concept AND m.number = :number", values, Clearance.CONTENT)
