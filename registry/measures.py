"""Concepts and their measures: what a measure is, and when it is open."""

from datetime import date
from enum import StrEnum

from registry.deadlines import Deadline
from registry.records import Record
from registry.visibility import Visibility


class Status(StrEnum):
    """Implementation status in one evaluation round."""

    FULLY = "fully"
    PARTLY = "partly"
    NOT_IMPLEMENTED = "not_implemented"
    DISCARDED = "discarded"
    UNCLEAR = "unclear"  # its boxes contradict each other, or none is ticked
    UNKNOWN = "unknown"  # only referred to; its table has not arrived


OPEN_STATUSES = frozenset({Status.PARTLY, Status.NOT_IMPLEMENTED, Status.UNCLEAR})


class FieldOfAction(Record):
    concept: str
    number: int
    title: str = ""


class Recommendation(Record):
    concept: str
    field: int
    number: int
    text: str = ""


class Measure(Record):
    """A measure with its latest report.

    ``number`` is canonical (``1.5.M1``); offices are codes where the office tree has them; ``external`` are
    places outside the administration. ``as_of`` is the evaluation round that status and current state belong to.
    """

    number: str
    concept: str
    title: str = ""
    title_en: str = ""
    text: str = ""
    lead_offices: tuple[str, ...] = ()
    participating: tuple[str, ...] = ()
    external: tuple[str, ...] = ()
    deadline: Deadline = Deadline()
    status: Status = Status.UNKNOWN
    current_state: str = ""
    as_of: date | None = None
    is_new: bool = False
    is_stub: bool = False
    doubted_by: tuple[str, ...] = ()
    visibility: Visibility = Visibility.NONPUBLIC
    version: int = 1

    @property
    def field(self) -> int:
        return int(self.number.split(".")[0])

    @property
    def recommendation(self) -> int:
        return int(self.number.split(".")[1])


def is_open(measure: Measure) -> bool:
    return measure.status in OPEN_STATUSES


def is_overdue(measure: Measure, today: date) -> bool:
    due_on = measure.deadline.due_on
    return is_open(measure) and due_on is not None and due_on < today
