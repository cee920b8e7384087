"""A measure's table as a record, with what is doubtful about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from documents.evaluation.cells import Boxes, Responsible, read_boxes, read_responsible
from documents.evaluation.tables import MeasureTable, untagged
from documents.findings import finding
from documents.lines import clean
from documents.wording import short_title
from registry.deadlines import DeadlineKind, read_deadline
from registry.measures import Measure
from registry.offices import OfficeTree
from registry.reading import Finding, FindingKind


@dataclass(frozen=True, slots=True)
class Reported:
    """Which concept and which round a table reports on."""

    concept: str
    as_of: date | None


def measure_of(
    table: MeasureTable, number: str, reported: Reported, offices: OfficeTree
) -> tuple[Measure, list[Finding]]:
    """The measure of a table and its findings; ``number`` is the canonical one."""
    responsible = read_responsible(" ".join(table.offices), offices)
    boxes = read_boxes(" ".join(table.status))
    text = clean(" ".join(table.text))
    measure = Measure(
        number=number,
        concept=reported.concept,
        title=short_title(text),
        text=text,
        lead_offices=responsible.lead,
        participating=responsible.participating,
        external=responsible.external,
        deadline=read_deadline(untagged(" ".join(table.deadline))),
        status=boxes.status,
        current_state=clean(" ".join(table.state or ())),
        as_of=reported.as_of,
        is_new=table.is_new,
    )
    doubts = (*_doubts_of_offices(responsible), *_doubts_of_status(boxes), *_doubts_of_deadline(measure))
    findings = [finding(kind, table.lines[0], ref=number, words=words) for kind, words in doubts]
    return measure, [*findings, *_notes(table, number)]


def stub(number: str, reported: Reported) -> Measure:
    """A measure that is only referred to, until its table arrives."""
    return Measure(number=number, concept=reported.concept, is_stub=True)


def _doubts_of_offices(responsible: Responsible) -> Iterator[tuple[FindingKind, str]]:
    if not responsible.lead:
        yield FindingKind.NO_LEAD_OFFICE, ", ".join((*responsible.participating, *responsible.external))
    for words in responsible.unknown:
        yield FindingKind.UNKNOWN_OFFICE, words


def _doubts_of_status(boxes: Boxes) -> Iterator[tuple[FindingKind, str]]:
    if not boxes.count:
        yield FindingKind.NO_STATUS_BOXES, ""
    elif not boxes.ticked:
        yield FindingKind.NO_BOX_TICKED, ""
    elif len(boxes.ticked) > 1:
        yield FindingKind.CONTRADICTING_BOXES, ", ".join(boxes.ticked)
    elif boxes.is_unknown_label:
        yield FindingKind.NO_BOX_TICKED, boxes.ticked[0]


def _doubts_of_deadline(measure: Measure) -> Iterator[tuple[FindingKind, str]]:
    if measure.deadline.kind is DeadlineKind.UNREAD:
        yield FindingKind.UNREAD_DEADLINE, measure.deadline.text


def _notes(table: MeasureTable, number: str) -> Iterator[Finding]:
    if table.joined:
        yield finding(FindingKind.JOINED_ROWS, table.joined[0], ref=number)
    for text in table.continued:
        yield finding(FindingKind.CONTINUED_TEXT, text.first, ref=number, words=text.words)
