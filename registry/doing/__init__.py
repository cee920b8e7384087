"""What becomes of a record when somebody does something to it. Pure: nothing is read and nothing written here."""

from registry.deeds import RecordDeed, ReportStatus, SetVisibility, Subject, WriteNote
from registry.doing import inquiries, measures, papers
from registry.doing.circumstances import Circumstances, NotPossible, Obstacle, limited
from registry.inquiries import Inquiry
from registry.measures import Measure, Status
from registry.visibility import Visibility

__all__ = ["Circumstances", "NotPossible", "Obstacle", "done", "lacking"]


def lacking(deed: RecordDeed) -> str | None:
    """The field that still has to be said before the deed can be done."""
    match deed:
        case ReportStatus(status=None):
            return "status"
        case ReportStatus(status=Status.DISCARDED, text=None | ""):
            return "text"
        case SetVisibility(to=None):
            return "to"
        case WriteNote(text=None | ""):
            return "text"
    return None


def done(deed: RecordDeed, subject: Subject, at: Circumstances) -> Subject:
    """The record afterwards, its version counted on. Raises NotPossible."""
    if isinstance(deed, WriteNote):
        limited(deed.text or "")
        return subject.model_copy(update={"version": subject.version + 1})
    after = _changed(deed, subject, at)
    if after == subject:
        raise NotPossible(Obstacle.NOTHING_CHANGES)
    return after.model_copy(update={"version": subject.version + 1})


def _changed(deed: RecordDeed, subject: Subject, at: Circumstances) -> Subject:
    match deed, subject:
        case SetVisibility(to=Visibility() as label), _:
            return subject.model_copy(update={"visibility": label})
        case _, Measure():
            return measures.done(deed, subject, at)
        case _, Inquiry():
            return inquiries.done(deed, subject, at)
        case _:
            return papers.done(deed, subject, at)
