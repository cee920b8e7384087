"""What becomes of a record when somebody does something to it. Pure: nothing is read and nothing written here."""

from registry.deeds import AnswerDoubt, RecordDeed, ReportStatus, SetVisibility, Subject, WriteNote
from registry.deeds.inquiries import DeliverContribution, InquiryDeed
from registry.deeds.papers import PaperDeed
from registry.doing import inquiries, inquiry_words, measures, papers, visibility
from registry.doing.circumstances import Circumstances, NotPossible, Obstacle, limited
from registry.inquiries import Inquiry
from registry.measures import Measure
from registry.papers import Paper
from registry.programmes import Programme

__all__ = ["Circumstances", "NotPossible", "Obstacle", "completed", "done", "lacking"]


def lacking(deed: RecordDeed) -> str | None:
    """The field that still has to be said before the deed can be done."""
    match deed:
        case SetVisibility(to=None):
            return "to"
        case WriteNote(text=None | ""):
            return "text"
    return measures.lacking(deed) or inquiry_words.lacking(deed) or papers.lacking(deed)


def completed(deed: RecordDeed, subject: Subject, at: Circumstances) -> RecordDeed:
    """The deed with what its words mean and what the record leaves no choice of. Raises NotPossible."""
    if isinstance(deed, SetVisibility):
        return visibility.completed(deed, subject, at)
    if isinstance(deed, PaperDeed):
        if not isinstance(subject, Paper | Programme):
            raise NotPossible(Obstacle.WRONG_KIND)
        return papers.completed(deed, subject, at)
    if isinstance(deed, ReportStatus) and isinstance(subject, Inquiry):
        raise NotPossible(Obstacle.WRONG_KIND, instead=(DeliverContribution(ref=deed.ref, text=deed.text),))
    if not isinstance(deed, InquiryDeed):
        return measures.completed(deed, at)
    if not isinstance(subject, Inquiry):
        raise NotPossible(Obstacle.WRONG_KIND)
    return inquiry_words.completed(deed, subject, at)


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
        case SetVisibility(), _:
            return visibility.done(deed, subject, at)
        case AnswerDoubt(), Inquiry():
            return measures.doubt_answered(deed, subject)
        case _, Measure():
            return measures.done(deed, subject, at)
        case _, Inquiry():
            return inquiries.done(deed, subject, at)
        case _:
            return papers.done(deed, subject, at)
