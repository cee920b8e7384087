"""Reminders: of what, on which mornings, and which of it stands in which part of a message."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from registry.desk import Listed
from registry.papers import Consultation
from registry.queries import Kind
from registry.records import Record
from registry.visibility import Visibility, label_of
from registry.workdays import Workdays

AHEAD, SOON, TODAY = 10, 3, 0  # working days before
LEARNED = 10_000  # the morning after a late result is learned of
ESCALATED_AFTER, COORDINATED_AFTER = 5, 10  # working days overdue
_EVERY = 5  # working days after
_EVERY_REVIEW = 20  # nobody is late with a review


class What(StrEnum):
    """What somebody is reminded of."""

    CONTRIBUTION = "contribution"  # of an office to an inquiry
    ANSWER = "answer"  # to an inquiry
    UNROUTED = "unrouted"  # an inquiry without an office
    MEASURE = "measure"
    REVIEW = "review"  # of an ongoing or recurring measure
    MANDATE = "mandate"
    MILESTONE = "milestone"  # that has to be met
    EVENT = "event"  # a milestone that only takes place
    LATE_RESULT = "late_result"  # an outside date that lies before the next step that could decide


_BEFORE: Mapping[What, tuple[int, ...]] = {
    What.UNROUTED: (TODAY,),
    What.REVIEW: (TODAY,),
    What.LATE_RESULT: (LEARNED, AHEAD, SOON, TODAY),
}
_AFTER: Mapping[What, int | None] = {What.REVIEW: _EVERY_REVIEW, What.EVENT: None, What.LATE_RESULT: None}
_KINDS = {
    What.MEASURE: Kind.MEASURE,
    What.REVIEW: Kind.MEASURE,
    What.MANDATE: Kind.MANDATE,
    What.MILESTONE: Kind.MILESTONE,
    What.EVENT: Kind.MILESTONE,
}
OF_COORDINATION = frozenset({What.ANSWER, What.UNROUTED, What.LATE_RESULT})


class Key(NamedTuple):
    """Names what somebody is reminded of. ``position`` tells mandates and milestones of one paper apart."""

    ref: str
    what: What
    position: int


class Due(Record):
    """Something that is due on a day. ``places`` are those it waits for, ``step`` is one that comes too late."""

    line: Listed
    what: What
    position: int = 0
    on: date
    places: tuple[str, ...] = ()
    changed_on: date
    step: Consultation | None = None

    @property
    def key(self) -> Key:
        return Key(self.line.ref, self.what, self.position)

    @property
    def label(self) -> Visibility:
        return self.line.visibility


def newest_stage(what: What, left: int) -> int | None:
    """The last stage that has come when so many working days are left; fewer than none once it is overdue."""
    every = _AFTER.get(what, _EVERY)
    if left < 0 and every is None:
        return None
    if every is not None and left <= -every:
        return -(-left // every * every)
    return min((stage for stage in _BEFORE.get(what, (AHEAD, SOON, TODAY)) if left <= stage), default=None)


def latest_due(today: date, workdays: Workdays) -> date:
    """The last day of which anybody is reminded today."""
    return workdays.add(today, AHEAD + 1) - timedelta(days=1)


class Wish(StrEnum):
    """What a person or a chat wants to be reminded of."""

    ALL = "all"  # whatever waits for their offices
    REST = "rest"  # a person: of that, what no chat is told
    COORDINATION = "coordination"  # a chat: what coordination is told
    NONE = "none"


class Coverage(Record):
    """What the last digest of a chat told: the places and kinds it is about (without any, all), up to which day."""

    offices: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    on: date
    until: date


@dataclass(frozen=True)
class Memory:
    """What a chat was told before today, as stages by what was due when; what it asked to hear of later; its digests.

    A coverage of today is a digest that is still to come this day."""

    told: Mapping[tuple[Key, date], int] = field(default_factory=dict)
    snoozed: Mapping[Key, date] = field(default_factory=dict)
    digests: tuple[Coverage, ...] = ()


def stage_due(due: Due, left: int, today: date, memory: Memory, workdays: Workdays) -> int | None:
    """The stage of which a chat is to be told today, if any. Each is told once; a later one stands for those before."""
    stage = newest_stage(due.what, left)
    until = memory.snoozed.get(due.key)
    if until is not None:
        return None if until > today else (LEARNED if stage is None else stage)
    if stage is None or memory.told.get((due.key, due.on), LEARNED + 1) <= stage:
        return None
    return None if any(_told_by(one, due, stage, workdays) for one in memory.digests) else stage


def _told_by(digest: Coverage, due: Due, stage: int, workdays: Workdays) -> bool:
    """Whether a digest came when that very stage had, and told of what was there by then."""
    is_about = not digest.offices or bool(set(due.places) & set(digest.offices))
    is_kind = not digest.kinds or _KINDS.get(due.what, Kind.INQUIRY) in digest.kinds
    was_there = due.changed_on < digest.on
    same_stage = newest_stage(due.what, workdays.between(digest.on, due.on)) == stage
    in_digest = due.what not in OF_COORDINATION and due.on <= digest.until
    return is_about and is_kind and was_there and same_stage and in_digest


class Why(StrEnum):
    """Why a chat is told."""

    OWN = "own"
    ESCALATED = "escalated"
    COORDINATION = "coordination"
    NOBODY = "nobody"  # hears of it otherwise


class Part(StrEnum):
    """The parts of a message, in their order."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    AHEAD = "ahead"
    LATER = "later"  # which somebody asked to hear of again
    LATE = "late"
    UNROUTED = "unrouted"
    REVIEW = "review"
    NOBODY = "nobody"


_PARTS = {What.REVIEW: Part.REVIEW, What.UNROUTED: Part.UNROUTED, What.LATE_RESULT: Part.LATE}


class Reminder(NamedTuple):
    """One of which a chat is told today, and in which part."""

    due: Due
    left: int
    stage: int
    why: Why
    part: Part


def reminder(due: Due, *, left: int, stage: int, why: Why = Why.OWN) -> Reminder:
    return Reminder(due, left, stage, why, Part.NOBODY if why is Why.NOBODY else _part(due.what, left))


def _part(what: What, left: int) -> Part:
    by_left = (
        (left < TODAY, Part.OVERDUE),
        (left == TODAY, Part.TODAY),
        (left <= SOON, Part.SOON),
        (left <= AHEAD, Part.AHEAD),
    )
    return _PARTS.get(what) or next((part for holds, part in by_left if holds), Part.LATER)


@dataclass(frozen=True)
class Bundle:
    """All that a chat is told this morning, in the order in which it stands there."""

    today: date
    reminders: tuple[Reminder, ...] = ()

    @property
    def label(self) -> Visibility:
        return label_of({reminder.due.label for reminder in self.reminders})


def bundled(today: date, reminders: Iterable[Reminder]) -> Bundle:
    order = {part: at for at, part in enumerate(Part)}
    ordered = sorted(reminders, key=lambda one: (order[one.part], one.due.on, one.due.line.ref, one.due.position))
    return Bundle(today=today, reminders=tuple(ordered))
