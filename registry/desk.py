"""What the register answers: listings, summaries and histories as values."""

from datetime import date, datetime, timedelta

from pydantic import Field

from registry.inquiries import InquiryStatus
from registry.measures import Status
from registry.queries import Kind, Query
from registry.records import Record
from registry.visibility import Visibility

PAGE_SIZE = 5
HORIZON = timedelta(days=30)  # how far ahead deadlines are listed where no period is asked for
NONPUBLIC_STEP = "nonpublic_step"  # the visibility, in a history, of a public paper that a step keeps non-public


class Listed(Record):
    """One line of a listing. ``status`` is the code of the record's own status set.

    ``through`` is the department by which the line reaches the office asked about, or None where it is its own.
    ``due_on`` can be missed where ``is_dated``; else it is the day to look at an ongoing or recurring one again,
    and of a programme its last day, after which it is not open any more.
    """

    ref: str
    kind: Kind
    title: str
    title_en: str = ""
    offices: tuple[str, ...] = ()
    due_on: date | None = None
    is_dated: bool = True
    is_open: bool = True
    status: str = ""
    through: str | None = None
    visibility: Visibility = Visibility.PUBLIC


class Counts(Record):
    """How many of each kind; ``overdue`` are among them, not besides."""

    inquiries: int = 0
    measures: int = 0
    papers: int = 0
    mandates: int = 0
    milestones: int = 0
    programmes: int = 0
    overdue: int = 0

    @property
    def total(self) -> int:
        return self.inquiries + self.measures + self.papers + self.mandates + self.milestones + self.programmes


class Listing(Record):
    """One page of an answer. ``own`` counts what the scope itself has open, ``through`` what reaches it only by
    way of its department; ``withheld`` how many more a reader with reference clearance may know to exist.

    ``undated`` counts what the scope has open without any date, where a period was asked for that hides it."""

    query: Query
    own: Counts = Counts()
    through: Counts = Counts()
    undated: Counts = Counts()
    lines: tuple[Listed, ...] = ()
    page: int = 0
    pages: int = 1
    withheld: int = 0
    label: Visibility = Visibility.PUBLIC  # the strictest of all that is counted here, listed on this page or not


class OfficeCount(Record):
    """What one office still has to do; ``visibility`` is the strictest of what is counted."""

    office: str
    inquiries: int = 0
    measures: int = 0
    mandates: int = 0
    overdue: int = 0
    in_review: int = 0
    visibility: Visibility = Visibility.PUBLIC


class Summary(Record):
    """Where a scope stands, over what the reader may see. Statuses without a record are absent from the maps.

    ``handed_back`` are the inquiries of which an office said that it is not responsible, which waits for coordination.
    ``overdue_unnamed`` counts what is overdue and waits for no place of those asked about.
    ``stubs`` are the measures that other documents only refer to: named, but counted nowhere else."""

    query: Query
    measures: dict[Status, int] = Field(default_factory=dict)
    inquiries: dict[InquiryStatus, int] = Field(default_factory=dict)
    contributions_pending: int = 0
    contributions_delivered: int = 0
    overdue: int = 0
    overdue_unnamed: int = 0
    unclear: tuple[str, ...] = ()
    unrouted: tuple[str, ...] = ()
    in_review: tuple[str, ...] = ()
    handed_back: tuple[str, ...] = ()
    stubs: tuple[str, ...] = ()
    by_field: dict[int, dict[Status, int]] = Field(default_factory=dict)
    by_office: tuple[OfficeCount, ...] = ()
    next_due: Listed | None = None
    as_of: date | None = None
    withheld: int = 0
    label: Visibility = Visibility.PUBLIC


class Event(Record):
    """One entry of a record's history. ``who`` is a role or office, never a name; ``before`` and ``after`` are
    as stored, ``what`` names the field or act (``imported``, ``entered``, ``status``, ``due_on`` …)."""

    at: datetime
    ref: str
    version: int
    what: str
    who: str
    before: str = ""
    after: str = ""
    why: str = ""
