"""Does a deed, in the one transaction it is given: rights and version are checked where nothing can come between."""

import json
from dataclasses import dataclass
from typing import TypeVar

from registry import rights
from registry.changes import Do
from registry.deeds import RecordDeed, ReportStatus, Subject, Undo, WriteNote, written
from registry.doing import Circumstances, NotPossible, done
from registry.inquiries import Inquiry
from registry.measures import Measure
from registry.offices import OfficeTree
from registry.papers import Paper
from registry.people import Role
from registry.programmes import Programme
from registry.queries import Kind
from registry.references import reference_kind
from registry.visibility import Clearance, Visibility
from storage import (
    desk,
    groundwork,
    history,
    inquiries,
    measures,
    numbered,
    offices,
    papers,
    people,
    prepared,
    programmes,
    sheaves,
)
from storage.database import Transaction
from storage.deciding import Decision, changes_of
from storage.errors import ChangedMeanwhile, NotAllowed
from storage.instants import written as written_instant
from storage.people import Actor
from storage.rows import Stored
from storage.wanting import ref_of

One = TypeVar("One", Measure, Inquiry, Paper, Programme)

_DEED = """
    INSERT INTO deeds (id, deed, pseudonym, role, chat, done_at)
    VALUES (:id, :deed, :pseudonym, :role, :chat, :done_at)
"""
_DEED_RECORD = """
    INSERT INTO deed_records (deed, kind, record, version, before)
    VALUES (:deed, :kind, :record, :version, :before)
"""

_UNDONE = """
    UPDATE deeds SET undone_by = :by WHERE id = :of AND pseudonym = :pseudonym AND undone_by IS NULL RETURNING id
"""


async def do(transaction: Transaction, change: Do) -> None:
    """Raises ChangedMeanwhile where the decision rested on something that holds no more."""
    if change.token:
        await prepared.use(transaction, change.token, change.at)
    actor = await people.actor(transaction, change.person, change.today)
    if not await _still_sees(transaction, change, actor):
        raise NotAllowed(change.person)
    await _note_deed(transaction, change, actor)
    match change.deed:
        case Undo():
            await _undo(transaction, change, change.deed, actor)
        case _:
            await _do_to_record(transaction, change, change.deed, actor)
    await offices.count_revision(transaction)


async def _still_sees(transaction: Transaction, change: Do, actor: Actor) -> bool:
    """Whether the chat is still served and as far cleared as when the record was read."""
    if change.chat >= 0:
        return actor.role >= Role.READER
    rows = await transaction.fetch(
        "SELECT clearance FROM chats WHERE id = :chat AND admitted = 1", {"chat": change.chat}
    )
    return bool(rows) and Clearance(rows[0]["clearance"]) >= change.clearance


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
    if seen is None or seen.record.version != change.version:
        raise ChangedMeanwhile(deed.ref)
    before = await numbered.whole(fetch, reference_kind(deed.ref), seen.id)
    tree = OfficeTree(await offices.offices(fetch))
    if before is None or not rights.may(actor.role, actor.offices, deed, before.record, tree):
        raise NotAllowed(change.person)
    try:
        after = done(deed, before.record, await _circumstances(transaction, before.record, change, tree))
    except NotPossible as obstacle:
        raise ChangedMeanwhile(deed.ref) from obstacle
    occasion = history.Occasion(
        at=change.at,
        who=_who(actor, before.record, tree),
        through=f"{change.chat} {change.message}" if change.message else "",
        by=actor.pseudonym,
    )
    note = deed.text or "" if isinstance(deed, WriteNote) else ""
    await _save(transaction, Step(change, before, after, note), occasion, tree)
    if isinstance(deed, ReportStatus) and isinstance(after, Measure):
        public = after.visibility is Visibility.PUBLIC
        await measures.save_reports(transaction, [Stored(before.id, after)], public=public)


async def _circumstances(transaction: Transaction, subject: Subject, change: Do, tree: OfficeTree) -> Circumstances:
    concept = subject.concept if isinstance(subject, Measure) else None
    open_round = await groundwork.open_round(transaction.fetch, concept, change.clearance) if concept else None
    return Circumstances(change.today, tree, open_round.as_of if open_round else None)


def _who(actor: Actor, subject: Subject, tree: OfficeTree) -> str:
    """Office staff act for an office, others in their role; a history never names a person."""
    if actor.role is Role.EDITOR:
        return next(iter(rights.own_places(actor.offices, subject, tree)), "editor")
    return actor.role.name.lower()


@dataclass(frozen=True)
class Step:
    """What one deed makes of one record."""

    change: Do
    before: Stored[Subject]
    after: Subject
    note: str = ""


async def _save(transaction: Transaction, step: Step, occasion: history.Occasion, tree: OfficeTree) -> None:
    """The record, its history, its lines on the desk, and what an undo would bring back."""
    match step.before.record, step.after:
        case Measure() as before, Measure() as after:
            events = _events(step, Kind.MEASURE, before, after)
            await measures.save(transaction, [Stored(step.before.id, after)])
            laid = sheaves.measure_sheaves([Stored(step.before.id, after)], step.change.today)
        case Inquiry() as before, Inquiry() as after:
            events = _events(step, Kind.INQUIRY, before, after)
            await inquiries.save(transaction, [Stored(step.before.id, after)])
            laid = await sheaves.inquiry_sheaves(transaction, [Stored(step.before.id, after)], step.change.today)
        case Paper() as before, Paper() as after:
            events = _events(step, Kind.PAPER, before, after)
            await papers.save(transaction, [Stored(step.before.id, after)])
            laid = await sheaves.paper_sheaves(transaction, [Stored(step.before.id, after)], step.change.today)
        case Programme() as before, Programme() as after:
            events = _events(step, Kind.PROGRAMME, before, after)
            await programmes.save(transaction, [Stored(step.before.id, after)])
            laid = sheaves.programme_sheaves([Stored(step.before.id, after)], step.change.today)
        case _:
            raise TypeError("a deed makes no record another kind of record")
    await history.write(transaction, events, occasion)
    await desk.lay(transaction, laid, tree)
    await _keep_before(transaction, step)


def _events(step: Step, kind: Kind, before: One, after: One) -> list[history.Change]:
    events = changes_of(kind, Decision(before, Stored(step.before.id, after)))
    if step.note:
        events.append(history.Change(kind, step.before.id, after.version, "note", "", step.note))
    return events


async def _keep_before(transaction: Transaction, step: Step) -> None:
    before, after = step.before.record, step.after
    changed = {name for name in type(before).model_fields if getattr(before, name) != getattr(after, name)}
    await transaction.fetch(
        _DEED_RECORD,
        {
            "deed": step.change.id,
            "kind": reference_kind(ref_of(after)).value,
            "record": step.before.id,
            "version": after.version,
            "before": before.model_dump_json(include=changed - {"version"}),
        },
    )


async def _undo(transaction: Transaction, change: Do, undo: Undo, actor: Actor) -> None:
    """Brings back what the deed changed, as a further change; nothing where anything came after it."""
    fetch = transaction.fetch
    taken = await fetch(_UNDONE, {"of": undo.of, "by": change.id, "pseudonym": actor.pseudonym})
    if not taken:
        raise ChangedMeanwhile(undo.of)
    tree = OfficeTree(await offices.offices(fetch))
    for row in await fetch("SELECT * FROM deed_records WHERE deed = :of", {"of": undo.of}):
        found = await numbered.whole(fetch, Kind(row["kind"]), row["record"])
        if found is None or found.record.version != row["version"]:
            raise ChangedMeanwhile(undo.of)
        if not rights.may(actor.role, actor.offices, undo, found.record, tree):
            raise NotAllowed(change.person)
        after = restored(found.record, row["before"])
        occasion = history.Occasion(
            at=change.at,
            who=_who(actor, found.record, tree),
            why="undone",
            through=f"{change.chat} {change.message}" if change.message else "",
            by=actor.pseudonym,
        )
        await _save(transaction, Step(change, found, after), occasion, tree)
        if isinstance(after, Measure):
            public = after.visibility is Visibility.PUBLIC
            await measures.save_reports(transaction, [Stored(found.id, after)], public=public)


def restored(record: Subject, before: str) -> Subject:
    """The record with the fields as they were before a deed, its version counted on."""
    known = record.model_dump(mode="json") | json.loads(before)
    return type(record).model_validate({**known, "version": record.version + 1})
