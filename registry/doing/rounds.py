"""What becomes of the evaluation rounds of a concept."""

from collections.abc import Sequence
from datetime import date

from registry.deeds.rounds import CloseRound, OpenRound, ReopenRound, RoundDeed
from registry.doing.circumstances import NotPossible, Obstacle, limited
from registry.rounds import EvaluationRound, RoundState


def lacking(deed: RoundDeed) -> str | None:
    """The field that still has to be said before the deed can be done."""
    match deed:
        case OpenRound(concept=None):
            return "concept"
        case OpenRound(as_of=None):
            return "as_of"
        case OpenRound(due_on=None):
            return "due_on"
        case ReopenRound(reason=None | ""):
            return "reason"
    return None


def lacks_due_date(deed: RoundDeed, rounds: Sequence[EvaluationRound], today: date) -> str | None:
    """Offices that shall report again need a day that is still to come."""
    if not isinstance(deed, ReopenRound) or deed.due_on is not None:
        return None
    found = next((one for one in rounds if one.as_of == deed.as_of), None)
    return "due_on" if found and found.due_on and found.due_on < today else None


def admit(deed: RoundDeed, rounds: Sequence[EvaluationRound]) -> None:
    """Raises NotPossible where the rounds of the concept stand against it, whatever else is still to be said."""
    latest = max(rounds, key=lambda one: one.as_of, default=None)
    if isinstance(deed, OpenRound):
        if any(one.state is RoundState.OPEN for one in rounds):
            raise NotPossible(Obstacle.ROUND_IS_OPEN)
        if latest and deed.as_of and deed.as_of <= latest.as_of:
            raise NotPossible(Obstacle.ROUND_NOT_LATER)
    elif latest is None or latest.as_of != deed.as_of:
        # What an older round says would stand above what was reported since.
        raise NotPossible(Obstacle.NOT_THE_LATEST_ROUND)
    elif latest.state is (RoundState.CLOSED if isinstance(deed, CloseRound) else RoundState.OPEN):
        raise NotPossible(Obstacle.NOTHING_CHANGES)


def done(deed: RoundDeed, rounds: Sequence[EvaluationRound], today: date) -> EvaluationRound:
    """The round afterwards. ``rounds`` are those of its concept. Raises NotPossible."""
    admit(deed, rounds)
    match deed:
        case OpenRound(concept=str() as concept, as_of=date() as as_of, due_on=date() as due_on):
            return _opened(EvaluationRound(concept=concept, as_of=as_of, due_on=due_on), today)
        case CloseRound():
            return _latest(rounds, RoundState.CLOSED)
        case ReopenRound(reason=str() as reason):
            limited(reason)
            return _reopened(_latest(rounds, RoundState.OPEN), deed.due_on, today)
    raise NotPossible(Obstacle.NOTHING_CHANGES)


def _latest(rounds: Sequence[EvaluationRound], state: RoundState) -> EvaluationRound:
    return max(rounds, key=lambda one: one.as_of).model_copy(update={"state": state})


def _reopened(known: EvaluationRound, due_on: date | None, today: date) -> EvaluationRound:
    """A round that was closed by mistake keeps its due date, even if that has passed."""
    if due_on in (None, known.due_on):
        return known
    return _opened(known.model_copy(update={"due_on": due_on}), today)


def _opened(new: EvaluationRound, today: date) -> EvaluationRound:
    if new.due_on is not None and new.due_on < max(new.as_of, today):
        raise NotPossible(Obstacle.DUE_TOO_EARLY)
    return new.model_copy(update={"state": RoundState.OPEN})


def opposite(deed: RoundDeed, before: Sequence[EvaluationRound], *, is_gone: bool, reason: str) -> RoundDeed:
    """What takes a deed back that was done to these rounds; ``is_gone`` says that closing left no round, ``reason`` is
    that of opening it again."""
    if not isinstance(deed, CloseRound):
        if deed.concept is None or deed.as_of is None:
            raise NotPossible(Obstacle.NOTHING_CHANGES)
        return CloseRound(concept=deed.concept, as_of=deed.as_of)
    was = next((one for one in before if one.as_of == deed.as_of), None)
    if is_gone:
        return OpenRound(concept=deed.concept, as_of=deed.as_of, due_on=was.due_on if was else None)
    return ReopenRound(concept=deed.concept, as_of=deed.as_of, reason=reason, due_on=was.due_on if was else None)
