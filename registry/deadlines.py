"""Deadlines as offices write them: a date, a rhythm, or words that stay words."""

from datetime import date
from enum import StrEnum

from registry.records import Record


class DeadlineKind(StrEnum):
    DATED = "dated"
    ONGOING = "ongoing"
    RECURRING = "recurring"
    NONE = "none"
    UNREAD = "unread"


class Deadline(Record):
    """The original words beside what was understood of them.

    ``due_on`` is the last day (the city's local date) of a dated deadline; ``times_a_year`` belongs to a
    recurring one, ``if_needed`` to one that holds only where there is need.
    """

    text: str = ""
    kind: DeadlineKind = DeadlineKind.NONE
    due_on: date | None = None
    times_a_year: int | None = None
    if_needed: bool = False
