"""What becomes of a measure."""

from registry.deeds import RecordDeed, ReportStatus
from registry.doing.circumstances import Circumstances, NotPossible, Obstacle, limited
from registry.measures import Measure, Status

REPORTABLE = (Status.FULLY, Status.PARTLY, Status.NOT_IMPLEMENTED, Status.DISCARDED)


def done(deed: RecordDeed, measure: Measure, at: Circumstances) -> Measure:
    match deed:
        case ReportStatus():
            return _reported(measure, deed, at)
    raise NotPossible(Obstacle.WRONG_KIND)


def _reported(measure: Measure, report: ReportStatus, at: Circumstances) -> Measure:
    """Outside of a round a report speaks of the day it is made on."""
    if measure.is_stub:
        raise NotPossible(Obstacle.IS_STUB)
    if report.status not in REPORTABLE:
        raise NotPossible(Obstacle.NOT_REPORTABLE)
    text = measure.current_state if report.text is None else limited(report.text)
    if at.round_as_of is None and (report.status, text) == (measure.status, measure.current_state):
        raise NotPossible(Obstacle.NOTHING_CHANGES)
    as_of = at.round_as_of or at.today
    return measure.model_copy(update={"status": report.status, "current_state": text, "as_of": as_of})
