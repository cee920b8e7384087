"""What a deed meets besides its record, and what can stand against it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.offices import OfficeTree

LONGEST_TEXT = 4000


class Obstacle(StrEnum):
    """Why something cannot be done, whoever wants it."""

    NOTHING_CHANGES = "nothing changes"
    WRONG_KIND = "wrong kind of record"
    IS_STUB = "its own text has not arrived"
    NOT_REPORTABLE = "no status that can be reported"
    TEXT_TOO_LONG = "text too long"


class NotPossible(Exception):
    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle.value)
        self.obstacle = obstacle


@dataclass(frozen=True)
class Circumstances:
    """``round_as_of`` is the day of the open evaluation round, if there is one for the record's concept; ``acting``
    are the places of the record that the person acts for."""

    today: date
    offices: OfficeTree
    round_as_of: date | None = None
    acting: tuple[str, ...] = ()


def limited(text: str) -> str:
    """A text as it may be kept; a longer one is refused, never cut."""
    if len(text) > LONGEST_TEXT:
        raise NotPossible(Obstacle.TEXT_TOO_LONG)
    return text.strip()
