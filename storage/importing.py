"""Applies a document that was sent in the chat, as a deed that can be taken back."""

from collections.abc import Sequence

from registry import rights
from registry.changes import Do
from registry.deeds import ImportDocument
from registry.offices import OfficeTree
from storage import drafts, ground, offices
from storage.applying import Applying
from storage.database import Transaction
from storage.deciding import AppliedStep
from storage.errors import ChangedMeanwhile, NotAllowed
from storage.people import Actor
from storage.rows import Values
from storage.steps import DEED_RECORD, occasion_of, said_before

NEW = "{}"  # what a record said before that was not there


async def import_document(transaction: Transaction, change: Do, deed: ImportDocument, actor: Actor) -> None:
    """Raises ChangedMeanwhile where the register has changed since somebody looked at what the document would do."""
    draft = await drafts.take(transaction, deed.draft, person=change.person, chat=change.chat)
    fetch = transaction.fetch
    if draft.reading is None or await offices.revision(fetch) != change.version:
        raise ChangedMeanwhile(deed.draft)
    tree = OfficeTree(await offices.offices(fetch))
    may = rights.may(actor.role, actor.offices, deed, None, tree)
    if not may or not rights.may_import(actor.role, draft.reading.form):
        raise NotAllowed(change.person)
    occasion = occasion_of(change, actor, why=draft.reading.source, by_import=True)
    follows = frozenset((field.ref, field.name) for field in draft.follows)
    before = await ground.ground(fetch, draft.reading)
    applying = Applying(transaction, draft.reading, deed.public, occasion, follows)
    await applying.apply()
    await ground.keep_moved(transaction, change.id, before, await ground.ground(fetch, draft.reading))
    await transaction.run_each(DEED_RECORD, _rows(change.id, applying.steps))


def _rows(deed: str, steps: Sequence[AppliedStep]) -> list[Values]:
    return [
        {
            "deed": deed,
            "kind": step.kind.value,
            "record": step.record,
            "version": step.after.version,
            "before": said_before(step.before, step.after) if step.before else NEW,
            "report": "",
        }
        for step in steps
        if step.before is None or step.before.version != step.after.version
    ]
