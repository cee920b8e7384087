"""Takes a deed back: its records say again what they said before it, as a further change of each."""

import json
from sqlite3 import Row

from registry import rights
from registry.changes import Do
from registry.deeds import Deed, ImportDocument, NewMeasure, Undo, WriteNote, read
from registry.measures import Measure
from registry.offices import OfficeTree
from registry.queries import Kind
from storage import closing, history, measures, numbered, offices, releasing, taking_back
from storage.database import Transaction
from storage.deeds import restored
from storage.errors import ChangedMeanwhile, NotAllowed
from storage.people import Actor
from storage.steps import Step, occasion_of, save

_UNDONE = """
    UPDATE deeds SET undone_by = :by WHERE id = :of AND pseudonym = :pseudonym AND undone_by IS NULL RETURNING deed
"""


async def undo(transaction: Transaction, change: Do, what: Undo, actor: Actor) -> None:
    """Nothing where anything came after it, a round was closed over it, or its person may no longer do it."""
    fetch = transaction.fetch
    taken = await fetch(_UNDONE, {"of": what.of, "by": change.id, "pseudonym": actor.pseudonym})
    if not taken:
        raise ChangedMeanwhile(what.of)
    deed, tree = read(taken[0]["deed"]), OfficeTree(await offices.offices(fetch))
    if await closing.closed_over(fetch, what.of, deed):
        raise ChangedMeanwhile(what.of)
    if isinstance(deed, ImportDocument | NewMeasure):
        if not rights.may(actor.role, actor.offices, deed, None, tree):
            raise NotAllowed(change.person)
        await taking_back.take_back(transaction, change, what.of, actor)
        return
    for row in await fetch("SELECT * FROM deed_records WHERE deed = :of", {"of": what.of}):
        await _bring_back(transaction, change, deed, row, actor, tree)
    await releasing.withdraw(transaction, what.of)


async def _bring_back(
    transaction: Transaction, change: Do, deed: Deed, row: Row, actor: Actor, tree: OfficeTree
) -> None:
    found = await numbered.whole(transaction.fetch, Kind(row["kind"]), row["record"])
    if found is None or found.record.version != row["version"]:
        raise ChangedMeanwhile(change.id)
    was = restored(found.record, row["before"])
    if not rights.may_take_back(actor.role, actor.offices, deed, was, tree):
        raise NotAllowed(change.person)
    who = rights.who(actor.role, actor.offices, deed, was, tree)
    occasion = occasion_of(change, actor, who=who, why=history.UNDONE)
    note = (deed.text or "", "") if isinstance(deed, WriteNote) else None
    await save(transaction, Step(change, found, was, note), occasion, tree)
    if isinstance(was, Measure) and row["report"]:
        await measures.restore_reports(transaction, found.id, json.loads(row["report"]))
