"""What coordinators do to evaluation rounds."""

from datetime import date
from typing import Literal

from registry.records import Record


class OpenRound(Record):
    """Asks every lead office how its measures stand as of a day. What is None is still to be said."""

    deed: Literal["open_round"] = "open_round"
    concept: str | None = None
    as_of: date | None = None
    due_on: date | None = None


class CloseRound(Record):
    """Ends a round: what it says stays so. One in which nobody has reported is taken back with that."""

    deed: Literal["close_round"] = "close_round"
    concept: str
    as_of: date


class ReopenRound(Record):
    """Lets offices report in a closed round again; the reason is part of its history.

    ``due_on`` takes the place of a due date that has passed."""

    deed: Literal["reopen_round"] = "reopen_round"
    concept: str
    as_of: date
    reason: str | None = None
    due_on: date | None = None


RoundDeed = OpenRound | CloseRound | ReopenRound
