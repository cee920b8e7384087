"""Evaluation rounds: as of which day offices report, and until when they may."""

from datetime import date
from enum import StrEnum

from registry.records import Record


class RoundState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class EvaluationRound(Record):
    concept: str
    as_of: date
    due_on: date | None = None
    state: RoundState = RoundState.CLOSED
