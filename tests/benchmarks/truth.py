"""What is really open for an office, found by going through all records one by one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from registry import inquiries, measures
from registry.deadlines import review_on
from registry.inquiries import ContributionStatus, Inquiry
from registry.measures import Measure
from registry.offices import OfficeTree
from registry.references import natural_key

FIRST = 5


@dataclass(frozen=True)
class Open:
    """One thing that a place has to do."""

    ref: str
    title: str
    due_on: date | None
    places: frozenset[str]
    is_inquiry: bool


@dataclass(frozen=True)
class Answer:
    """What the answer has to say: how many inquiries and measures, and the first five by due date."""

    office: str
    inquiries: int
    measures: int
    first: tuple[str, ...]


def open_work(records: Iterable[Measure | Inquiry]) -> list[Open]:
    """Everything that is open for somebody, by due date and then as people count."""
    found = [_of_inquiry(each) if isinstance(each, Inquiry) else _of_measure(each) for each in records]
    return sorted(
        (each for each in found if each.places), key=lambda each: (each.due_on or date.max, natural_key(each.ref))
    )


def answer_for(office: str, work: Sequence[Open], offices: OfficeTree) -> Answer:
    """A department answers for everything below it."""
    below = frozenset(offices.subtree(office))
    own = [each for each in work if each.places & below]
    number = sum(each.is_inquiry for each in own)
    return Answer(office, number, len(own) - number, tuple(each.ref for each in own[:FIRST]))


def _of_measure(measure: Measure) -> Open:
    places = frozenset(measure.lead_offices) if measures.is_open(measure) else frozenset[str]()
    due_on = measure.deadline.due_on or review_on(measure.deadline, measure.as_of)
    return Open(measure.number, measure.title, due_on, places, is_inquiry=False)


def _of_inquiry(inquiry: Inquiry) -> Open:
    """Open for a place whose contribution is awaited, and for one that agrees or gives the answer."""
    awaited = {part.office for part in inquiry.contributions if part.status is ContributionStatus.PENDING}
    routing = inquiry.routing
    leading = {*routing.coordinating, *routing.answering} if routing else set()
    places = frozenset(awaited | leading) if inquiries.is_open(inquiry) else frozenset[str]()
    return Open(inquiry.number or "", inquiry.title, inquiry.offices_due_on or inquiry.due_on, places, is_inquiry=True)
