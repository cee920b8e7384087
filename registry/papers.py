"""Council papers: consultations, mandates, milestones, and the result that answers a mandate."""

from collections.abc import Iterable
from datetime import date, time
from enum import StrEnum

from registry.records import Record
from registry.visibility import Visibility, strictest


class ConsultationRole(StrEnum):
    PRELIMINARY = "preliminary"  # Vorberatung
    DECISION = "decision"  # Entscheidung
    HEARING = "hearing"  # Anhörung
    INFORMATION = "information"  # Kenntnisnahme
    UNKNOWN = "unknown"


class Consultation(Record):
    """One step of the consultation sequence; ``public`` is None where the paper does not say."""

    body: str
    on: date | None = None
    public: bool | None = None
    role: ConsultationRole = ConsultationRole.UNKNOWN

    @property
    def visibility(self) -> Visibility:
        return Visibility.PUBLIC if self.public else Visibility.NONPUBLIC


class Mandate(Record):
    """What a resolution asks of the administration. ``number`` is the item of the resolution (1, 2, …).

    ``result`` is what people noted here; a paper that answers the whole is a result of its own.
    """

    number: int
    text: str
    responsible: str = ""
    due_text: str = ""
    due_on: date | None = None
    report_to: str = ""
    result: str = ""
    result_on: date | None = None


class Milestone(Record):
    """A dated event. ``is_deadline`` marks a date by which something must have happened; ``external`` one set
    outside the administration; ``rhythm`` keeps the words of a recurring one, which has no date."""

    title: str
    on: date | None = None
    starts: time | None = None
    ends: time | None = None
    is_deadline: bool = False
    external: bool = False
    rhythm: str = ""


class Section(Record):
    heading: str
    text: str


class Paper(Record):
    """A council paper, or the administration's result on a mandate (``answers`` names the mandating paper).

    ``number`` is canonical (``0112/23``); a result without a number of its own has the mandating paper's
    number and a suffix (``0112/23-E1``).
    """

    number: str
    title: str = ""
    title_en: str = ""
    type: str = ""
    originator: str = ""
    consultations: tuple[Consultation, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    sections: tuple[Section, ...] = ()
    conclusion: str = ""
    signed_on: date | None = None
    answers: str | None = None
    related: tuple[str, ...] = ()
    is_stub: bool = False
    visibility: Visibility = Visibility.NONPUBLIC
    version: int = 1


def effective_visibility(paper: Paper) -> Visibility:
    """The strictest of the paper's own label and those of its steps; never a matter of time passing."""
    return strictest([paper.visibility, *(step.visibility for step in paper.consultations)])


def next_decision(consultations: Iterable[Consultation], on: date) -> Consultation | None:
    """The first step on or after a day that could decide, if there is one."""
    deciding = [c for c in consultations if c.role is ConsultationRole.DECISION and c.on is not None and c.on >= on]
    return min(deciding, key=lambda c: c.on or date.max, default=None)


def overtaken_deadlines(paper: Paper, *, known_on: date) -> tuple[Milestone, ...]:
    """External deadlines still ahead on a day that will have passed before the next step that could decide."""
    step = next_decision(paper.consultations, known_on)
    decided_on = step.on if step else None
    return _external_deadlines_between(paper, known_on, decided_on) if decided_on else ()


def missed_deadlines(paper: Paper, result: Paper) -> tuple[Milestone, ...]:
    """The paper's external deadlines that had passed when its result was signed."""
    return missed_by(paper, result.signed_on) if result.signed_on else ()


def missed_by(paper: Paper, day: date) -> tuple[Milestone, ...]:
    """The paper's external deadlines that had passed on a day."""
    return _external_deadlines_between(paper, date.min, day)


def _external_deadlines_between(paper: Paper, since: date, before: date) -> tuple[Milestone, ...]:
    deadlines = (milestone for milestone in paper.milestones if milestone.is_deadline and milestone.external)
    return tuple(deadline for deadline in deadlines if deadline.on is not None and since <= deadline.on < before)
