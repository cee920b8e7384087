"""What becomes of a measure."""

import re

from registry.deadlines import read_deadline
from registry.deeds import (
    AnswerDoubt,
    ConfirmUnchanged,
    EditMeasure,
    MeasureField,
    NewMeasure,
    RecordDeed,
    ReportStatus,
)
from registry.doing.circumstances import Circumstances, NotPossible, Obstacle, limited
from registry.folding import fold, tidy
from registry.inquiries import Inquiry
from registry.measures import Measure, Status
from registry.offices import OfficeTree
from registry.visibility import Visibility

REPORTABLE = (Status.FULLY, Status.PARTLY, Status.NOT_IMPLEMENTED, Status.DISCARDED)

_BETWEEN_OFFICES = (re.compile(r"[,;/&+]"), re.compile(r"[,;/&+]|\b(?:und|and)\b"))
_NOBODY = frozenset({"-", "–", "keine", "keines", "niemand", "none", "nobody"})


def lacking(deed: RecordDeed) -> str | None:
    """The field that still has to be said before the deed can be done."""
    match deed:
        case ReportStatus(status=None):
            return "status"
        case ReportStatus(status=Status.DISCARDED, text=None | ""):
            return "text"
        case EditMeasure(field=None):
            return "field"
        case EditMeasure(words=None | ""):
            return "words"
        case AnswerDoubt(text=None | ""):
            return "text"
    return None


def completed(deed: RecordDeed, at: Circumstances) -> RecordDeed:
    """With the round that a report goes to, so that it is the one that was shown."""
    if isinstance(deed, ReportStatus | ConfirmUnchanged):
        return deed.model_copy(update={"round_as_of": at.round_as_of})
    return deed


def done(deed: RecordDeed, measure: Measure, at: Circumstances) -> Measure:
    match deed:
        case ReportStatus():
            return _reported(measure, deed, at)
        case ConfirmUnchanged():
            return _confirmed(measure, at)
        case EditMeasure(field=MeasureField() as field, words=str() as words):
            return _edited(measure, field, words, at)
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


def _confirmed(measure: Measure, at: Circumstances) -> Measure:
    if measure.is_stub:
        raise NotPossible(Obstacle.IS_STUB)
    if at.round_as_of is None:
        raise NotPossible(Obstacle.NO_OPEN_ROUND)
    if measure.status not in REPORTABLE:
        raise NotPossible(Obstacle.MUST_BE_SETTLED, instead=(ReportStatus(ref=measure.number),))
    return measure.model_copy(update={"as_of": at.round_as_of})


def _edited(measure: Measure, field: MeasureField, words: str, at: Circumstances) -> Measure:
    if measure.is_stub:
        raise NotPossible(Obstacle.IS_STUB)
    again = EditMeasure(ref=measure.number, field=field)
    written: dict[str, object] = {field.value: read_field(field, words, at.offices, instead=again)}
    if field is MeasureField.TITLE:
        written["title_en"] = ""  # a translation of the former title
    return measure.model_copy(update=written)


def read_field(field: MeasureField, words: str, tree: OfficeTree, *, instead: EditMeasure | None = None) -> object:
    """What somebody typed, as the field keeps it. Raises NotPossible for an office nobody knows."""
    match field:
        case MeasureField.DEADLINE:
            return read_deadline(words)
        case MeasureField.LEAD_OFFICES | MeasureField.PARTICIPATING:
            return read_offices(words, tree, instead=instead)
        case MeasureField.EXTERNAL:
            return tuple(dict.fromkeys(tidy(name) for name in re.split(r"[;,]", words) if name.strip()))
        case MeasureField.TITLE:
            return tidy(limited(words))
    return limited(words)


def read_offices(words: str, tree: OfficeTree, *, instead: EditMeasure | None = None) -> tuple[str, ...]:
    """Offices as people list them; the name of one may hold an "and" itself, so this parts names last."""
    if fold(tidy(words)) in _NOBODY:
        return ()
    parted = [[words], *([name for name in marks.split(words) if name.strip()] for marks in _BETWEEN_OFFICES)]
    for names in parted:
        found = [tree.find(name) for name in names]
        if all(found):
            return tuple(dict.fromkeys(office.code for office in found if office))
    unknown = next(tidy(name) for name in parted[-1] if tree.find(name) is None)
    raise NotPossible(Obstacle.UNKNOWN_OFFICE, unknown, instead=(instead,) if instead else ())


def why(deed: RecordDeed) -> str:
    """The reason that a deed gives, for the history."""
    return deed.text or "" if isinstance(deed, AnswerDoubt) else ""


def created(deed: NewMeasure, tree: OfficeTree) -> Measure:
    """A measure as it is entered; nobody has reported on it yet. Raises NotPossible for an office nobody knows."""
    return Measure(
        number=deed.ref,
        concept=deed.concept or "",
        title=tidy(limited(deed.title or "")),
        lead_offices=read_offices(deed.lead_offices, tree) if deed.lead_offices else (),
        deadline=read_deadline(deed.deadline or ""),
        status=Status.UNCLEAR,  # as with a document that ticks no box: shown and counted as open, never guessed
        is_new=True,
        visibility=deed.to or Visibility.NONPUBLIC,
    )


def doubt_answered(deed: AnswerDoubt, inquiry: Inquiry) -> Inquiry:
    """The question stays as it was asked; it only casts no doubt any more."""
    if deed.measure not in inquiry.doubts:
        raise NotPossible(Obstacle.NO_SUCH_DOUBT)
    limited(deed.text or "")
    return inquiry.model_copy(update={"doubts": tuple(one for one in inquiry.doubts if one != deed.measure)})
