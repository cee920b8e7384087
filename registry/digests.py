"""Digests: what comes round in a chat, when, and what it says."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from registry.desk import Counts, Listed, OfficeCount
from registry.queries import Intent, Query
from registry.records import Record
from registry.slots import Rule
from registry.visibility import Visibility

ITEMS_A_SECTION = 8  # listed; what is more is counted
QUIET_AFTER_MONTHS = 6
HORIZONS = (7, 14, 30, 60, 90)  # days ahead, as offered; any number up to a year will do

MOST_IN_CHAT = 10  # digests

Horizon = Annotated[int, Field(ge=1, le=366)]


class WhenEmpty(StrEnum):
    LINE = "line"  # one line that says so
    NOTHING = "nothing"


class Section(StrEnum):
    """The parts of a digest, in their order. An item stands in the first that fits."""

    OVERDUE = "overdue"
    THIS_WEEK = "this_week"
    AHEAD = "ahead"  # due within the horizon
    NEW = "new"  # since the last digest
    CHANGED = "changed"  # since the last digest
    IN_REVIEW = "in_review"
    QUIET = "quiet"  # no report for half a year
    SETTLED = "settled"  # since the last digest


class Digest(Record):
    """What a chat (or a topic of it) gets, and when. ``scope`` says what of: places, a field, a programme, kinds.

    ``id`` is 0 before there is one. Without a ``language`` it is the chat's, and where that has none the city's.
    """

    id: int = 0
    chat: int
    thread: int | None = None
    scope: Query = Query(intent=Intent.OPEN)
    rule: Rule = Rule()
    horizon: Horizon = 30
    language: str | None = None
    when_empty: WhenEmpty = WhenEmpty.LINE
    is_silent: bool = False
    is_pinned: bool = False
    is_paused: bool = False
    is_ended: bool = False

    @property
    def is_private(self) -> bool:
        """Whether it goes to one person, whose number the chat then has."""
        return self.chat > 0


class Items(Record):
    """The items of one section that are listed, and how many there are in all."""

    section: Section
    lines: tuple[Listed, ...] = ()
    total: int = 0


class Contents(Record):
    """What a digest says, over what its chat may see. ``items`` has no empty section.

    ``since`` is the day from which changes are told, None in a first digest, which tells none. ``until`` is how far the
    history went: the next digest tells what came after. ``through`` counts what reaches the scope only by way of its
    department, ``by_office`` are the places of the scope with what they have open. ``label`` is the strictest of all
    that is counted.
    """

    today: date
    items: tuple[Items, ...] = ()
    open: Counts = Counts()
    through: Counts = Counts()
    by_office: tuple[OfficeCount, ...] = ()
    since: date | None = None
    until: int = 0
    label: Visibility = Visibility.PUBLIC

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to act on; that something is open without a date is no news."""
        return not self.items


class Outcome(StrEnum):
    """What became of a slot, and of its message."""

    ANNOUNCED = "announced"  # its first line is on its way
    COMPOSED = "composed"  # its text is on its way
    SENT = "sent"
    SKIPPED = "skipped"


class Reason(StrEnum):
    """Why a slot was skipped."""

    MISSED = "missed"  # a later one was due as well when the bot was back
    EMPTY = "empty"
    UNREACHABLE = "unreachable"
    ENDED = "ended"  # the digest was ended, paused or set to other times meanwhile


class Bulletin(Record):
    """One message that the clock brings: that of a digest's slot, or a chat's reminders of a morning.

    ``key`` names the slot. ``told_to`` is how far the history went when the one before was composed, ``told_on`` the
    day of that.
    """

    key: str
    digest: int = 0  # 0: reminders
    chat: int
    thread: int | None = None
    on: date
    due_at: datetime
    is_late: bool = False
    state: Outcome = Outcome.ANNOUNCED
    reason: Reason | None = None
    told_to: int | None = None
    told_on: date | None = None


def key_of(digest: int, on: date) -> str:
    return f"digest {digest} {on.isoformat()}"


LATE = timedelta(minutes=30)  # after which a digest says that it was to come earlier
