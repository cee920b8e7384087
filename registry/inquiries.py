"""Inquiries: question lists, their paragraphs, and the offices' contributions to an answer."""

from datetime import date
from enum import StrEnum

from registry.records import Record
from registry.routing import Routing
from registry.visibility import Visibility


class InquiryKind(StrEnum):
    QUESTION = "question"
    REMARK = "remark"


class InquiryStatus(StrEnum):
    UNROUTED = "unrouted"
    OPEN = "open"
    IN_REVIEW = "in_review"
    RELEASED = "released"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


_AWAITING = frozenset({InquiryStatus.UNROUTED, InquiryStatus.OPEN})
_APPROVED = frozenset({InquiryStatus.RELEASED, InquiryStatus.ANSWERED})
SETTLED_STATUSES = frozenset({InquiryStatus.ANSWERED, InquiryStatus.WITHDRAWN})


class ContributionStatus(StrEnum):
    PENDING = "pending"
    DELIVERED = "delivered"
    ACCEPTED = "accepted"
    NOT_RESPONSIBLE = "not_responsible"


class AboutKind(StrEnum):
    GENERAL = "general"
    FIELD = "field"
    RECOMMENDATION = "recommendation"
    MEASURE = "measure"


class About(Record):
    """What an inquiry is about; ``measures`` are canonical numbers."""

    kind: AboutKind = AboutKind.GENERAL
    field: int | None = None
    recommendation: int | None = None
    measures: tuple[str, ...] = ()


class Contribution(Record):
    """``reason`` and ``better_office`` are of an office that is not responsible; ``remark`` says why it was asked
    anew."""

    office: str
    status: ContributionStatus = ContributionStatus.PENDING
    text: str = ""
    reason: str = ""
    better_office: str | None = None
    remark: str = ""


class QuestionList(Record):
    """A list of inquiries from one originator; ``key`` is stable across repeated imports of the same list."""

    key: str
    title: str
    originator: str = ""
    committee: str = ""
    on: date | None = None
    concept: str = ""
    visibility: Visibility = Visibility.NONPUBLIC


class Inquiry(Record):
    """One question paragraph or remark.

    ``number`` (``Q12``) is given by the register and absent before; ``position`` counts from 1 within the list.
    ``offices_due_on`` is when contributions are due, ``due_on`` when the answer is. ``doubts`` are the measures
    whose status the question calls into doubt.
    """

    number: str | None = None
    list: str
    position: int
    about: About = About()
    kind: InquiryKind = InquiryKind.QUESTION
    title: str = ""
    title_en: str = ""
    text: str
    routing: Routing | None = None
    contributions: tuple[Contribution, ...] = ()
    status: InquiryStatus = InquiryStatus.UNROUTED
    offices_due_on: date | None = None
    due_on: date | None = None
    answer: str = ""
    answered_on: date | None = None
    doubts: tuple[str, ...] = ()
    visibility: Visibility = Visibility.NONPUBLIC
    version: int = 1


def awaits_offices(inquiry: Inquiry) -> bool:
    """Whether offices have yet to contribute, or to be named; later only the answer itself can be overdue."""
    return inquiry.status in _AWAITING


def is_open(inquiry: Inquiry) -> bool:
    return inquiry.status not in SETTLED_STATUSES


def approved_answer(inquiry: Inquiry) -> str:
    """The answer once it is released; before that it is a draft."""
    return inquiry.answer if inquiry.status in _APPROVED else ""


def for_everybody(inquiry: Inquiry) -> Inquiry:
    """What may be read of it outside the offices that work on it: who owes what, but no words that nobody approved."""
    parts = tuple(Contribution(office=part.office, status=part.status) for part in inquiry.contributions)
    return inquiry.model_copy(update={"contributions": parts, "answer": approved_answer(inquiry)})
