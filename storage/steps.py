"""What one deed makes of one record: it, its history, its lines on the desk, and what an undo would bring back."""

import json
from dataclasses import dataclass
from typing import TypeVar

from registry.changes import Do
from registry.deeds import Subject
from registry.inquiries import Inquiry
from registry.measures import Measure
from registry.offices import OfficeTree
from registry.papers import Paper
from registry.programmes import Programme
from registry.queries import Kind
from registry.visibility import Visibility
from storage import desk, history, inquiries, measures, papers, programmes, sheaves
from storage.database import Transaction
from storage.deciding import Decision, changes_of
from storage.people import Actor
from storage.rows import Stored

One = TypeVar("One", Measure, Inquiry, Paper, Programme)

# A number that was given once is no other inquiry's, so it is not taken back.
_NOT_TAKEN_BACK = {"version", "number"}
DEED_RECORD = """
    INSERT INTO deed_records (deed, kind, record, version, before, report)
    VALUES (:deed, :kind, :record, :version, :before, :report)
"""


@dataclass(frozen=True)
class Step:
    """``note`` is what the history tells besides the fields that changed: what was said before, and what now."""

    change: Do
    before: Stored[Subject]
    after: Subject
    note: tuple[str, str] | None = None

    @property
    def only_notes(self) -> bool:
        before = self.before.record
        return self.note is not None and before.model_copy(update={"version": self.after.version}) == self.after

    @property
    def stored(self) -> Stored[Subject]:
        return Stored(self.before.id, self.after)


def occasion_of(change: Do, actor: Actor, *, who: str = "", why: str = "", by_import: bool = False) -> history.Occasion:
    """What all that a deed changes has in common. Where no office is named, its person acts in their role."""
    return history.Occasion(
        at=change.at,
        who=who or actor.role.name.lower(),
        why=why,
        through=change.through,
        shown=change.shown,
        by_import=by_import,
        by=actor.pseudonym,
    )


async def save(transaction: Transaction, step: Step, occasion: history.Occasion, tree: OfficeTree) -> None:
    today = step.change.today
    match step.before.record, step.after:
        case Measure() as before, Measure() as after:
            kind, events = Kind.MEASURE, _events(step, Kind.MEASURE, before, after)
            await _keep_before(transaction, step, kind, await _report(transaction, step.before.id, after))
            await measures.save(transaction, [Stored(step.before.id, after)])
            laid = sheaves.measure_sheaves([Stored(step.before.id, after)], today)
        case Inquiry() as before, Inquiry() as after:
            kind, events = Kind.INQUIRY, _events(step, Kind.INQUIRY, before, after)
            await _keep_before(transaction, step, kind)
            await inquiries.save(transaction, [Stored(step.before.id, after)])
            laid = await sheaves.inquiry_sheaves(transaction, [Stored(step.before.id, after)], today)
        case Paper() as before, Paper() as after:
            kind, events = Kind.PAPER, _events(step, Kind.PAPER, before, after)
            await _keep_before(transaction, step, kind)
            await papers.save(transaction, [Stored(step.before.id, after)])
            changed = [Stored(step.before.id, after)]
            related = await sheaves.related_papers(transaction, changed)
            laid = await sheaves.papers_with_related(transaction, changed, related, today)
        case Programme() as before, Programme() as after:
            kind, events = Kind.PROGRAMME, _events(step, Kind.PROGRAMME, before, after)
            await _keep_before(transaction, step, kind)
            await programmes.save(transaction, [Stored(step.before.id, after)])
            laid = sheaves.programme_sheaves([Stored(step.before.id, after)], today)
        case _:
            raise TypeError("a deed makes no record another kind of record")
    await history.write(transaction, events, occasion)
    if not step.only_notes:  # else the day it changed on would tell everybody of an internal note
        await desk.lay(transaction, laid, tree)


async def save_report(transaction: Transaction, record: int, measure: Measure) -> None:
    """What the measure's round says of it now."""
    public = measure.visibility is Visibility.PUBLIC
    await measures.save_reports(transaction, [Stored(record, measure)], public=public)


def _events(step: Step, kind: Kind, before: One, after: One) -> list[history.Change]:
    events = changes_of(kind, Decision(before, Stored(step.before.id, after)))
    if not before.version:  # there was no such record
        events.insert(0, history.Change(kind, step.before.id, after.version, history.ENTERED))
    if step.note:
        events.append(history.Change(kind, step.before.id, after.version, history.NOTE, *step.note))
    return events


async def _report(transaction: Transaction, record: int, after: Measure) -> str:
    return json.dumps(await measures.reports_of(transaction.fetch, record, after.as_of)) if after.as_of else ""


async def _keep_before(transaction: Transaction, step: Step, kind: Kind, report: str = "") -> None:
    await transaction.fetch(
        DEED_RECORD,
        {
            "deed": step.change.id,
            "kind": kind.value,
            "record": step.before.id,
            "version": step.after.version,
            "before": said_before(step.before.record, step.after),
            "report": report,
        },
    )


def said_before(before: Subject, after: Subject) -> str:
    """What an undo brings back of a record."""
    changed = {name for name in type(before).model_fields if getattr(before, name) != getattr(after, name)}
    return before.model_dump_json(include=changed - _NOT_TAKEN_BACK)
