"""Questions to the register as values."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from registry.inquiries import InquiryStatus
from registry.measures import FieldOfAction, Status
from registry.records import Record


class Intent(StrEnum):
    OPEN = "open"
    OVERDUE = "overdue"
    DEADLINES = "deadlines"
    SUMMARY = "summary"
    SEARCH = "search"  # full text; without words whatever the filters leave, settled records too
    SHOW = "show"
    MINE = "mine"
    HISTORY = "history"
    OWING = "owing"  # which offices still owe a contribution, or a report


class Kind(StrEnum):
    MEASURE = "measure"
    INQUIRY = "inquiry"
    PAPER = "paper"
    MANDATE = "mandate"
    MILESTONE = "milestone"
    PROGRAMME = "programme"


MOST = 9999  # of anything that is counted in a question; what a button brings may be forged
Number = Annotated[int, Field(ge=1, le=MOST)]


class Period(Record):
    """A span of local dates, both ends included; an open end is None."""

    since: date | None = None
    until: date | None = None


class Query(Record):
    """One question. Filters that are set must all hold; within one filter any value will do.

    ``offices`` are codes: a department means its whole subtree, any other place means itself, with what reaches
    it only through its department as a group below. ``recommendation`` is (field, recommendation) and measures
    are canonical numbers. ``ref`` is a canonical reference (``1.5.M1``, ``Q12``, ``0112/23``, ``KommA.1a``).
    ``page`` counts from 0.
    """

    intent: Intent = Intent.OPEN
    offices: tuple[str, ...] = ()
    field: Number | None = None
    recommendation: tuple[Number, Number] | None = None
    concept: str | None = None
    programme: str | None = None
    originator: str | None = None
    kinds: tuple[Kind, ...] = ()
    statuses: tuple[Status, ...] = ()
    inquiry_statuses: tuple[InquiryStatus, ...] = ()
    unrouted: bool = False
    is_new: bool = False
    in_review: bool = False
    changed_since: date | None = None
    period: Period | None = None
    words: str = ""
    ref: str | None = None
    page: Annotated[int, Field(ge=0, le=MOST)] = 0


def asks_for_places_alone(query: Query) -> bool:
    """Whether a question says nothing but whose work it is about."""
    bare = Query(intent=query.intent, offices=query.offices, page=query.page)
    return query == bare and query.intent in {Intent.OPEN, Intent.MINE, Intent.SUMMARY}


class Offer(Record):
    """Something that may have been meant: the words in doubt, how the offer is called, and the whole question."""

    words: str
    name: str
    query: Query


class Understanding(Record):
    """What was understood of a question.

    ``query`` is None where nothing was, or where a doubtful word has to be asked about first (then ``offers``
    are the candidates). ``not_understood`` are the words that were left over, in the order they were written.
    """

    query: Query | None = None
    not_understood: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()


class Names(Record):
    """The names a question may use besides the offices', as far as its reader may know them."""

    fields: tuple[FieldOfAction, ...] = ()
    concepts: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    short_names: tuple[tuple[str, str], ...] = ()  # what a programme is called for short, and its name
    originators: tuple[str, ...] = ()


def is_known(query: Query, known: Names) -> bool:
    """Whether whoever knows these names may be told all that a question names."""
    named = (
        (query.concept, known.concepts),
        (query.programme, known.programmes),
        (query.originator, known.originators),
    )
    return all(name is None or name in names for name, names in named)
