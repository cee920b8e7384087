"""What a deed meets besides its record, and what can stand against it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from registry.deeds import RecordDeed
from registry.offices import OfficeTree
from registry.workdays import Workdays

LONGEST_TEXT = 4000


class Obstacle(StrEnum):
    """Why something cannot be done, whoever wants it."""

    NOTHING_CHANGES = "nothing changes"
    WRONG_KIND = "wrong kind of record"
    IS_STUB = "its own text has not arrived"
    NOT_REPORTABLE = "no status that can be reported"
    TEXT_TOO_LONG = "text too long"
    NO_OPEN_ROUND = "no evaluation round is open"
    MUST_BE_SETTLED = "its status is unclear and has to be settled"
    NO_SUCH_DOUBT = "no such doubt"
    NUMBER_TAKEN = "number taken"
    ROUND_IS_OPEN = "a round is open already"
    ROUND_NOT_LATER = "not later than the rounds before"
    NOT_THE_LATEST_ROUND = "a later round came after it"
    DUE_TOO_EARLY = "due before it can be done"
    NO_CONTRIBUTION = "no contribution is awaited from there"
    NOBODY_ASKED = "no office is asked to contribute"
    NOTHING_DELIVERED = "nothing was delivered that could go back"
    IS_SETTLED = "answered or withdrawn"
    IS_RELEASED = "its answer is released"
    NOT_RELEASED = "its answer is not released yet"
    WAITS_FOR_OFFICES = "offices still owe their contribution"
    NOT_IN_ANSWER = "contributions that are no part of the answer"
    NO_ANSWER = "there is no answer yet"
    NOTHING_TO_MERGE = "nothing was delivered since"
    UNKNOWN_OFFICE = "an office nobody knows"
    NO_OFFICE_NAMED = "no office named"
    OWN_OFFICE = "the office that hands back"
    UNKNOWN_DATE = "a date nobody understands"
    DATE_PAST = "a date in the past"
    DATE_TO_COME = "a date to come"
    NO_DAY_AND_WORDS = "not a day and what happens on it"
    NO_SUCH_MANDATE = "no such mandate"


class NotPossible(Exception):
    """``words`` are those in question, ``again`` the field of the deed they were written for, if they may be written
    anew; ``instead`` is what could be done instead."""

    def __init__(
        self, obstacle: Obstacle, words: str = "", *, instead: Iterable[RecordDeed] = (), again: str = ""
    ) -> None:
        super().__init__(obstacle.value)
        self.obstacle = obstacle
        self.words = words
        self.instead = tuple(instead)
        self.again = again


@dataclass(frozen=True)
class Circumstances:
    """``round_as_of`` is the day of the open evaluation round, if there is one for the record's concept; ``acting``
    are the places of the record that the person acts for."""

    today: date
    offices: OfficeTree
    round_as_of: date | None = None
    acting: tuple[str, ...] = ()
    workdays: Workdays = field(default_factory=Workdays)
    next_number: str = ""


def limited(text: str) -> str:
    """A text as it may be kept; a longer one is refused, never cut."""
    if len(text) > LONGEST_TEXT:
        raise NotPossible(Obstacle.TEXT_TOO_LONG)
    return text.strip()
