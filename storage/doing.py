"""Does a deed, in the one transaction it is given: rights and version are checked where nothing can come between."""

from registry import rights
from registry.changes import Do
from registry.deeds import (
    AdminDeed,
    ConfirmUnchanged,
    ImportDocument,
    NewMeasure,
    RecordDeed,
    ReportStatus,
    RoundDeed,
    SetVisibility,
    Subject,
    Undo,
    WriteNote,
    written,
)
from registry.doing import Circumstances, NotPossible, done
from registry.doing import inquiries as inquiry_deeds
from registry.doing import measures as measure_deeds
from registry.identity import identity
from registry.measures import Measure
from registry.offices import OfficeTree
from registry.people import Role
from registry.references import reference_kind
from storage import (
    administration,
    groundwork,
    new_measures,
    numbered,
    offices,
    people,
    prepared,
    rounds,
)
from storage.clearances import clearance_of_group
from storage.database import Transaction
from storage.errors import ChangedMeanwhile, NotAllowed
from storage.importing import import_document
from storage.instants import written as written_instant
from storage.people import Actor
from storage.people_history import OPERATOR
from storage.releasing import next_number, release
from storage.steps import Step, occasion_of, save, save_report
from storage.undoing import undo

_DEED = """
    INSERT INTO deeds (id, deed, pseudonym, role, chat, done_at)
    VALUES (:id, :deed, :pseudonym, :role, :chat, :done_at)
"""


async def do(transaction: Transaction, change: Do) -> None:
    """Raises ChangedMeanwhile where the decision rested on something that holds no more."""
    if change.token:
        await prepared.use(transaction, change.token, change.at)
    actor = await people.actor(transaction, change.person, change.today)
    if not await _still_sees(transaction, change, actor):
        raise NotAllowed(change.person)
    await _carry_out(transaction, change, actor)
    await offices.count_revision(transaction)


async def do_by_operator(transaction: Transaction, change: Do, deed: RecordDeed) -> None:
    """At the command line: who may run it there may do everything. Raises ChangedMeanwhile like ``do``."""
    operator = people.Actor(Role.ADMIN, (), OPERATOR)
    await _note_deed(transaction, change, operator)
    await _do_to_record(transaction, change, deed, operator)
    await offices.count_revision(transaction)


async def _carry_out(transaction: Transaction, change: Do, actor: Actor) -> None:
    deed = change.deed
    if isinstance(deed, AdminDeed):  # kept in a history of its own, without anybody's number
        await administration.do(transaction, change, deed, actor)
        return
    if isinstance(deed, RoundDeed):  # closing is undone by reopening, opening by closing
        await rounds.do(transaction, change, deed, actor)
        return
    await _note_deed(transaction, change, actor)
    match deed:
        case NewMeasure():
            await new_measures.do(transaction, change, deed, actor)
        case Undo():
            await undo(transaction, change, deed, actor)
        case ImportDocument():
            await import_document(transaction, change, deed, actor)
        case _ if isinstance(deed, RecordDeed):
            await _do_to_record(transaction, change, deed, actor)
        case _:  # NewQuestions is applied as the document that it becomes, ForgetMe is a change of its own
            raise NotAllowed(change.person)


async def _still_sees(transaction: Transaction, change: Do, actor: Actor) -> bool:
    """Whether the chat is still served and as far cleared as when the record was read."""
    if change.chat >= 0:
        return actor.role >= Role.READER
    cleared = await clearance_of_group(transaction, change.chat, change.today)
    return cleared is not None and cleared >= change.clearance


async def _note_deed(transaction: Transaction, change: Do, actor: Actor) -> None:
    await transaction.fetch(
        _DEED,
        {
            "id": change.id,
            "deed": written(change.deed),
            "pseudonym": actor.pseudonym,
            "role": int(actor.role),
            "chat": change.chat,
            "done_at": written_instant(change.at),
        },
    )


async def _do_to_record(transaction: Transaction, change: Do, deed: RecordDeed, actor: Actor) -> None:
    fetch = transaction.fetch
    seen = await numbered.find(fetch, deed.ref, change.clearance)
    if seen is None or (identity(seen.record), seen.record.version) != (change.record, change.version):
        raise ChangedMeanwhile(deed.ref)
    before = await numbered.whole(fetch, reference_kind(deed.ref), seen.id)
    tree = OfficeTree(await offices.offices(fetch))
    if before is None or not rights.may(actor.role, actor.offices, deed, before.record, tree):
        raise NotAllowed(change.person)
    at = await _circumstances(transaction, before.record, change, deed, tree)
    if isinstance(deed, ReportStatus | ConfirmUnchanged) and deed.round_as_of != at.round_as_of:
        raise ChangedMeanwhile(deed.ref)  # a round began or ended since it was shown
    try:
        after = done(deed, before.record, at)
    except NotPossible as obstacle:
        raise ChangedMeanwhile(deed.ref) from obstacle
    occasion = occasion_of(
        change,
        actor,
        who=rights.who(actor.role, actor.offices, deed, before.record, tree) if actor.pseudonym else "operator",
        why=inquiry_deeds.why(deed) or measure_deeds.why(deed),
    )
    note = ("", deed.text or "") if isinstance(deed, WriteNote) else None
    step = Step(change, before, after, note)
    await save(transaction, step, occasion, tree)
    if isinstance(deed, SetVisibility):
        await release(transaction, step)
    if isinstance(deed, ReportStatus | ConfirmUnchanged) and isinstance(after, Measure):
        await save_report(transaction, before.id, after)


async def _circumstances(
    transaction: Transaction, subject: Subject, change: Do, deed: RecordDeed, tree: OfficeTree
) -> Circumstances:
    concept = subject.concept if isinstance(subject, Measure) else None
    open_round = await groundwork.open_round(transaction.fetch, concept, change.clearance) if concept else None
    number = await next_number(transaction.fetch, subject) if isinstance(deed, SetVisibility) else ""
    return Circumstances(change.today, tree, open_round.as_of if open_round else None, next_number=number)
