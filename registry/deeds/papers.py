"""What coordination does to council papers and programmes. Words are as people type them; None is still to be said."""

from datetime import date
from enum import StrEnum
from typing import Literal

from registry.papers import ConsultationRole
from registry.records import Record


class Dated(Record):
    """``understood`` are the words of a day as they were shown, and the day they meant then: which day "in 2 weeks"
    is changes over night, and what was shown is what is done."""

    understood: tuple[str, date] | None = None


class AddStep(Record):
    """Adds a step of the consultation sequence (``words``: body and day), or says more of one that is known."""

    deed: Literal["add_step"] = "add_step"
    ref: str
    words: str | None = None
    role: ConsultationRole | None = None
    public: bool | None = None


class AddMandate(Dated):
    """Adds what a resolution asks of the administration."""

    deed: Literal["add_mandate"] = "add_mandate"
    ref: str
    text: str | None = None
    responsible: str = ""
    due: str = ""


class MilestoneKind(StrEnum):
    EVENT = "event"
    DEADLINE = "deadline"  # of the city's own
    EXTERNAL = "external"  # set outside the administration


class AddMilestone(Record):
    """Adds a date to a paper or programme (``words``: the day and what happens on it)."""

    deed: Literal["add_milestone"] = "add_milestone"
    ref: str
    words: str | None = None
    kind: MilestoneKind | None = None


class SetMandateDue(Dated):
    """Sets or moves the day a mandate is due. ``among`` are the mandates there are to choose from."""

    deed: Literal["set_mandate_due"] = "set_mandate_due"
    ref: str
    number: int | None = None
    words: str | None = None
    among: tuple[int, ...] = ()


class NoteResult(Dated):
    """Notes what came of a mandate; ``day`` is when, today where nothing is said."""

    deed: Literal["note_result"] = "note_result"
    ref: str
    number: int | None = None
    text: str | None = None
    day: str = ""
    among: tuple[int, ...] = ()


class Decide(Record):
    """Notes whether and how the city takes part in a programme."""

    deed: Literal["decide"] = "decide"
    ref: str
    text: str | None = None


PaperDeed = AddStep | AddMandate | AddMilestone | SetMandateDue | NoteResult | Decide
