"""What people do to measures."""

from datetime import date
from enum import StrEnum
from typing import Literal

from registry.measures import Status
from registry.records import Record
from registry.visibility import Visibility


class ReportStatus(Record):
    """Reports a measure's status and current state. ``status`` is None while it is still to be said; without a
    ``text`` the current state stays as it is. ``round_as_of`` is the day of the round it was shown to report to."""

    deed: Literal["report_status"] = "report_status"
    ref: str
    status: Status | None = None
    text: str | None = None
    round_as_of: date | None = None


class ConfirmUnchanged(Record):
    """Reports to the evaluation round of that day that status and current state are as they were."""

    deed: Literal["confirm_unchanged"] = "confirm_unchanged"
    ref: str
    round_as_of: date | None = None


class MeasureField(StrEnum):
    """What of a measure coordinators may write anew; its status is reported."""

    TITLE = "title"
    TEXT = "text"
    LEAD_OFFICES = "lead_offices"
    PARTICIPATING = "participating"
    EXTERNAL = "external"
    DEADLINE = "deadline"


class EditMeasure(Record):
    """Writes one field of a measure anew, from words as people type them. What is None is still to be said."""

    deed: Literal["edit_measure"] = "edit_measure"
    ref: str
    field: MeasureField | None = None
    words: str | None = None


class AnswerDoubt(Record):
    """Says that the doubt an inquiry (``ref``) casts on a measure's status has been dealt with, and how."""

    deed: Literal["answer_doubt"] = "answer_doubt"
    ref: str
    measure: str
    text: str | None = None


class NewMeasure(Record):
    """A measure that no document brought. ``lead_offices`` and ``deadline`` are words as people type them; what is
    None is still to be said."""

    deed: Literal["new_measure"] = "new_measure"
    ref: str
    concept: str | None = None
    title: str | None = None
    lead_offices: str | None = None
    deadline: str | None = None
    to: Visibility | None = None
