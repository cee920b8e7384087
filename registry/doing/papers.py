"""What becomes of a council paper or a programme."""

from collections.abc import Callable
from datetime import date

from registry.deeds import RecordDeed
from registry.deeds.papers import (
    AddMandate,
    AddMilestone,
    AddStep,
    Decide,
    MilestoneKind,
    NoteResult,
    PaperDeed,
    SetMandateDue,
)
from registry.doing.circumstances import Circumstances, NotPossible, Obstacle, limited
from registry.doing.inquiry_words import near_offices
from registry.folding import tidy
from registry.papers import Consultation, Mandate, Milestone, Paper
from registry.periods import read_due, read_past_day
from registry.programmes import Programme

_DAY_WORDS = 4  # "in 10 working days"


def lacking(deed: RecordDeed) -> str | None:
    """Words first: what they are about is chosen after."""
    match deed:
        case AddStep(words=None | "") | AddMilestone(words=None | ""):
            return "words"
        case AddStep(role=None):
            return "role"
        case AddStep(public=None):
            return "public"
        case AddMilestone(kind=None):
            return "kind"
        case SetMandateDue(number=None) | NoteResult(number=None):
            return "number"
        case SetMandateDue(words=None | ""):
            return "words"
        case AddMandate(text=None | "") | NoteResult(text=None | "") | Decide(text=None | ""):
            return "text"
    return None


def completed(deed: PaperDeed, subject: Paper | Programme, at: Circumstances) -> PaperDeed:
    """Refuses at once what cannot become anything, and takes the only mandate there is."""
    if isinstance(deed, Decide) is isinstance(subject, Paper) and not isinstance(deed, AddMilestone):
        raise NotPossible(Obstacle.WRONG_KIND)
    match deed, subject:
        case AddStep(words=str() as words) | AddMilestone(words=str() as words), _ if words.strip():
            day, said = read_day_and_words(words, at)
            return deed.model_copy(update={"words": f"{said} {day:%d.%m.%Y}"})
        case SetMandateDue() | NoteResult(), Paper():
            return _understood(_of_a_mandate(deed, subject), at)
        case AddMandate(), _:
            return _understood(deed, at)
    return deed


def _understood(deed: PaperDeed, at: Circumstances) -> PaperDeed:
    """With the day that its words mean, so that it is the one that was shown."""
    match deed:
        case SetMandateDue(words=str() as words) if words.strip():
            return deed.model_copy(update={"understood": (words, _day(words, deed, at))})
        case AddMandate(due=words) if words:
            return deed.model_copy(update={"understood": (words, _day(words, deed, at))})
        case NoteResult(day=words, number=int(), text=str()):
            return deed.model_copy(update={"understood": (words, _result_on(deed, at))})
    return deed


def _of_a_mandate(deed: SetMandateDue | NoteResult, paper: Paper) -> SetMandateDue | NoteResult:
    numbers = tuple(mandate.number for mandate in paper.mandates)
    if not numbers or (deed.number is not None and deed.number not in numbers):
        raise NotPossible(Obstacle.NO_SUCH_MANDATE)
    only: dict[str, object] = {"number": numbers[0]} if len(numbers) == 1 else {"among": numbers}
    return deed if deed.number is not None else deed.model_copy(update=only)


def done(deed: RecordDeed, subject: Paper | Programme, at: Circumstances) -> Paper | Programme:
    match deed, subject:
        case AddMilestone(), Paper() | Programme():
            milestone = _milestone(deed, at)
            return subject.model_copy(update={"milestones": _in_order((*subject.milestones, milestone))})
        case Decide(), Programme():
            return subject.model_copy(update={"decision": limited(deed.text or "")})
        case _, Paper():
            return _done_to_paper(deed, subject, at)
    raise NotPossible(Obstacle.WRONG_KIND)


def _done_to_paper(deed: RecordDeed, paper: Paper, at: Circumstances) -> Paper:
    match deed:
        case AddStep():
            return paper.model_copy(update={"consultations": _with_step(paper, _step(deed, at))})
        case AddMandate():
            return paper.model_copy(update={"mandates": _with_new(paper, _mandate(deed, paper, at))})
        case SetMandateDue(number=int() as number):
            return _with_mandate(paper, number, lambda mandate: _due(mandate, deed, at))
        case NoteResult(number=int() as number):
            return _with_mandate(paper, number, lambda mandate: _answered(mandate, deed, at))
    raise NotPossible(Obstacle.WRONG_KIND)


def _step(deed: AddStep, at: Circumstances) -> Consultation:
    day, body = read_day_and_words(deed.words or "", at)
    return Consultation.model_validate({"body": body, "on": day, "public": deed.public, "role": deed.role})


def _with_step(paper: Paper, step: Consultation) -> tuple[Consultation, ...]:
    """In the order of their days; the same body on the same day is the same step."""
    others = [one for one in paper.consultations if (one.body, one.on) != (step.body, step.on)]
    return tuple(sorted((*others, step), key=lambda one: one.on or date.max))


def _mandate(deed: AddMandate, paper: Paper, at: Circumstances) -> Mandate:
    number = max((mandate.number for mandate in paper.mandates), default=0) + 1
    office = at.offices.find(deed.responsible) if deed.responsible else None
    if deed.responsible and office is None:
        near = (deed.model_copy(update={"responsible": one.code}) for one in near_offices(deed.responsible, at.offices))
        nobody = deed.model_copy(update={"responsible": ""})
        raise NotPossible(Obstacle.UNKNOWN_OFFICE, deed.responsible, instead=(*near, nobody), again="responsible")
    return Mandate(
        number=number,
        text=limited(deed.text or ""),
        responsible=office.code if office else "",
        due_text=tidy(deed.due),
        due_on=_day(deed.due, deed, at) if deed.due else None,
    )


def _with_new(paper: Paper, new: Mandate) -> tuple[Mandate, ...]:
    """One that says the same as another is that one, whatever words its day was told in."""
    known = [one.model_copy(update={"number": new.number, "due_text": new.due_text}) for one in paper.mandates]
    return paper.mandates if new in known else (*paper.mandates, new)


def _with_mandate(paper: Paper, number: int, changed: Callable[[Mandate], Mandate]) -> Paper:
    mandates = tuple(changed(mandate) if mandate.number == number else mandate for mandate in paper.mandates)
    return paper.model_copy(update={"mandates": mandates})


def _due(mandate: Mandate, deed: SetMandateDue, at: Circumstances) -> Mandate:
    """The same day in other words is no other day."""
    day = _day(deed.words or "", deed, at)
    if day == mandate.due_on:
        return mandate
    return mandate.model_copy(update={"due_on": day, "due_text": tidy(deed.words or "")})


def _answered(mandate: Mandate, deed: NoteResult, at: Circumstances) -> Mandate:
    """The same result said again, without a day, keeps the day it has."""
    result, on = limited(deed.text or ""), _result_on(deed, at)
    if result == mandate.result and mandate.result_on is not None and not deed.day:
        return mandate
    return mandate.model_copy(update={"result": result, "result_on": on})


def _result_on(deed: NoteResult, at: Circumstances) -> date:
    if deed.understood and deed.understood[0] == deed.day:
        return deed.understood[1]
    if not deed.day:
        return at.today
    day = read_past_day(deed.day, at.today)
    if day is None:
        raise NotPossible(Obstacle.UNKNOWN_DATE, deed.day, again="day")
    return day


def _milestone(deed: AddMilestone, at: Circumstances) -> Milestone:
    day, title = read_day_and_words(deed.words or "", at)
    is_deadline = deed.kind in {MilestoneKind.DEADLINE, MilestoneKind.EXTERNAL}
    return Milestone(title=title, on=day, is_deadline=is_deadline, external=deed.kind is MilestoneKind.EXTERNAL)


def _in_order(milestones: tuple[Milestone, ...]) -> tuple[Milestone, ...]:
    """By day; those that recur without one come last. One that is there already is there once."""
    return tuple(sorted(dict.fromkeys(milestones), key=lambda one: one.on or date.max))


def _day(words: str, deed: SetMandateDue | AddMandate, at: Circumstances) -> date:
    if deed.understood and deed.understood[0] == words:
        return deed.understood[1]
    day = read_due(words, at.today, at.workdays)
    if day is None:
        raise NotPossible(Obstacle.UNKNOWN_DATE, words, again="words" if isinstance(deed, SetMandateDue) else "due")
    return day


def read_day_and_words(words: str, at: Circumstances) -> tuple[date, str]:
    """The day that words begin or end with, and the rest: ``Sozialausschuss 02.12.2026``, ``in 2 Wochen Beirat``."""
    said = limited(tidy(words)).split()
    for size in range(min(_DAY_WORDS, len(said) - 1), 0, -1):
        for there, rest in ((said[-size:], said[:-size]), (said[:size], said[size:])):
            day = read_due(" ".join(there).strip(",;:()"), at.today, at.workdays)
            if day is not None:
                return day, " ".join(rest).strip(" ,;:–-")
    raise NotPossible(Obstacle.NO_DAY_AND_WORDS, words, again="words")
