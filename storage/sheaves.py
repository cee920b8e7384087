"""Binds the lines of stored records into sheaves for the desk."""

from collections.abc import Iterable, Sequence
from datetime import date

from registry.inquiries import Inquiry
from registry.measures import Measure
from registry.offices import OfficeTree
from registry.papers import Paper
from registry.programmes import Programme
from registry.queries import Kind
from registry.visibility import Clearance
from storage import desk, inquiries, measures, papers, programmes
from storage.database import Transaction
from storage.desk import Sheaf
from storage.lines import inquiry_line, measure_line, paper_lines, programme_lines
from storage.rows import Stored, among
from storage.visibility import EVERYTHING

_FULL = Clearance.CONTENT  # the desk holds everything; who sees what of it is decided when it is read


def measure_sheaves(found: Iterable[Stored[Measure]], on: date) -> list[Sheaf]:
    return [Sheaf(Kind.MEASURE, stored.id, [measure_line(stored.record)], on) for stored in found]


def programme_sheaves(found: Iterable[Stored[Programme]], on: date) -> list[Sheaf]:
    return [Sheaf(Kind.PROGRAMME, stored.id, list(programme_lines(stored.record)), on) for stored in found]


async def inquiry_sheaves(transaction: Transaction, found: Iterable[Stored[Inquiry]], on: date) -> list[Sheaf]:
    lists = {one.key: one for one in await inquiries.lists(transaction.fetch, _FULL)}
    sheaves = []
    for stored in found:
        own = lists[stored.record.list]
        line = inquiry_line(stored.record, originator=own.originator, concept=own.concept)
        sheaves.append(Sheaf(Kind.INQUIRY, stored.id, [line], on))
    return sheaves


async def paper_sheaves(transaction: Transaction, found: Sequence[Stored[Paper]], on: date) -> list[Sheaf]:
    answered = await papers.answered(transaction.fetch, [stored.record.number for stored in found])
    return [
        Sheaf(Kind.PAPER, stored.id, list(paper_lines(stored.record, answered=stored.record.number in answered)), on)
        for stored in found
    ]


async def related_papers(transaction: Transaction, changed: Sequence[Stored[Paper]]) -> list[Stored[Paper]]:
    """Changed papers with those they answer and those that answer them: of these the mandates open or close."""
    numbers = {number for one in changed for number in (one.record.number, one.record.answers) if number}
    either, values = among("p.number", sorted(numbers), name="number")
    answering, more = among("p.answers", [one.record.number for one in changed], name="answered")
    return await papers.load(transaction.fetch, f"({either} OR {answering})", values | more, _FULL)


async def papers_with_related(
    transaction: Transaction, changed: Sequence[Stored[Paper]], related: Sequence[Stored[Paper]], on: date
) -> list[Sheaf]:
    laid = await paper_sheaves(transaction, related, on)
    # What a paper is related to may be hidden: that it came would be told by the day on which the paper changed.
    days = await desk.changed_days(transaction) if len(related) > len(changed) else {}
    own = {stored.id for stored in changed}
    return [sheaf if sheaf.record in own else desk.dated(sheaf, days) for sheaf in laid]


async def lay_everything_anew(transaction: Transaction, tree: OfficeTree) -> None:
    """The whole desk once more, as after a change of the office tree; when a record last changed stays known."""
    changed = await desk.changed_days(transaction)
    fetch, on = transaction.fetch, date.min
    sheaves = [
        *measure_sheaves(await measures.load(fetch, EVERYTHING, {}, _FULL), on),
        *await inquiry_sheaves(transaction, await inquiries.load(fetch, EVERYTHING, {}, _FULL), on),
        *await paper_sheaves(transaction, await papers.load(fetch, EVERYTHING, {}, _FULL), on),
        *programme_sheaves(await programmes.load(fetch, EVERYTHING, {}, _FULL), on),
    ]
    await desk.clear(transaction)
    await desk.lay(transaction, [desk.dated(sheaf, changed) for sheaf in sheaves], tree, anew=False)
