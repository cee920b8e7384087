"""The work on council papers and programmes: what is asked, offered and warned of."""

from collections.abc import Iterator

from locales.phrases import phrase
from locales.translations import Language
from registry.deeds import Deed, RecordDeed, Subject
from registry.deeds.papers import (
    AddMandate,
    AddMilestone,
    AddStep,
    Decide,
    MilestoneKind,
    NoteResult,
    SetMandateDue,
)
from registry.doing import Obstacle
from registry.papers import (
    ConsultationRole,
    Milestone,
    Paper,
    effective_visibility,
    missed_by,
    next_decision,
    overtaken_deadlines,
)
from registry.queries import Intent, Kind, Query
from registry.visibility import Visibility
from views import buttons, html
from views import names as called
from views.html import Html
from views.message import Button, Message
from views.papers import consultation, due_of, mandate, milestone, result_of
from views.voice import Voice

OBSTACLES = {
    Obstacle.NO_DAY_AND_WORDS: phrase("I need a day and what happens on it, such as: Social committee 02.12.2026"),
    Obstacle.NO_SUCH_MANDATE: phrase("The paper has no such mandate."),
}
QUESTIONS = {
    "role": phrase("What does the body do with it?"),
    "public": phrase("Is that meeting public?"),
    "kind": phrase("What kind of date is it?"),
    "number": phrase("Which mandate?"),
}
PROMPTS: dict[tuple[type[Deed], str], str] = {
    (AddStep, "words"): phrase("Which body, and when? Please write both, such as: Social committee 02.12.2026"),
    (AddMilestone, "words"): phrase("What happens when? Please write both, such as: 05.12.2026 Applications close"),
    (AddMandate, "text"): phrase("What is the administration asked to do? Please write it."),
    (AddMandate, "responsible"): phrase("Which office is responsible? Please write its code or name."),
    (AddMandate, "due"): phrase("When is it due? For example 31.12.2026 or in 4 weeks."),
    (SetMandateDue, "words"): phrase("When is it due? For example 31.12.2026 or in 4 weeks."),
    (NoteResult, "text"): phrase("What is the result? Please write it."),
    (NoteResult, "day"): phrase("On which day was the result given? For example 20.03.2026."),
    (Decide, "text"): phrase("What has the city decided? Please write it."),
}
ADDED = {
    "responsible": phrase("✎ Responsible office"),
    "due": phrase("✎ Due date"),
    "day": phrase("✎ Another day"),
}
_KINDS = {
    MilestoneKind.EVENT: phrase("An event"),
    MilestoneKind.DEADLINE: phrase("A deadline of the city"),
    MilestoneKind.EXTERNAL: phrase("A deadline from outside"),
}
_ROLES = (
    ConsultationRole.PRELIMINARY,
    ConsultationRole.DECISION,
    ConsultationRole.HEARING,
    ConsultationRole.INFORMATION,
)


def may_be_added(deed: RecordDeed) -> tuple[str, ...]:
    match deed:
        case AddMandate():
            return ("responsible", "due")
        case NoteResult():
            return ("day",)
    return ()


def choices(deed: RecordDeed, missing: str, voice: Voice) -> tuple[tuple[str, RecordDeed], ...]:
    say = voice.say
    offered: tuple[tuple[str, object], ...] = ()
    match deed, missing:
        case AddStep(), "role":
            offered = tuple((say.of(*called.CONSULTATION_ROLE[role]), role) for role in _ROLES)
        case AddStep(), "public":
            offered = ((say.of("visibility", "public"), True), (say.of("visibility", "non-public"), False))
        case AddMilestone(), "kind":
            offered = tuple((say(words), kind) for kind, words in _KINDS.items())
        case SetMandateDue(among=among) | NoteResult(among=among), "number":
            offered = tuple((say("Mandate {number}", number=number), number) for number in among)
    return tuple((label, deed.model_copy(update={missing: value})) for label, value in offered)


def instead(deed: RecordDeed, voice: Voice) -> str | None:
    """What a button is called that does something else than what cannot be done."""
    if not isinstance(deed, AddMandate):
        return None
    return voice.office(deed.responsible) if deed.responsible else voice.say("Without naming an office")


def differences(before: Subject, after: Subject, voice: Voice) -> tuple[Html, ...]:
    """Steps, mandates and dates that are new or say something else, as they will read."""
    if isinstance(before, Paper) and isinstance(after, Paper):
        steps = (consultation(one, voice) for one in after.consultations if one not in before.consultations)
        mandates = (_mandate(before, after, number, voice) for number in _changed_mandates(before, after))
        return (*(html.bold(one) for one in steps), *mandates, *_new_dates(before.milestones, after.milestones, voice))
    if isinstance(before, Paper) or isinstance(after, Paper):
        return ()
    old, new = getattr(before, "milestones", ()), getattr(after, "milestones", ())
    return tuple(_new_dates(old, new, voice))


def _changed_mandates(before: Paper, after: Paper) -> tuple[int, ...]:
    return tuple(one.number for one in after.mandates if one not in before.mandates)


def _mandate(before: Paper, after: Paper, number: int, voice: Voice) -> Html:
    old = next((one for one in before.mandates if one.number == number), None)
    new = next(one for one in after.mandates if one.number == number)
    told = [due_of(old, voice)] if old and old.due_on != new.due_on else []
    told += [result_of(old, voice)] if old and old.result_on else []
    said = [html.fill(voice.say("Before: {words}"), words=one) for one in told if one]
    return html.lines(mandate(new, voice), *said)


def _new_dates(before: tuple[Milestone, ...], after: tuple[Milestone, ...], voice: Voice) -> Iterator[Html]:
    return (html.bold(milestone(one, voice)) for one in after if one not in before)


def warnings(deed: RecordDeed, before: Subject, after: Subject, voice: Voice) -> tuple[Html, ...]:
    """What somebody has to know on the day the register learns of it."""
    if not isinstance(after, Paper) or not isinstance(before, Paper):
        return ()
    return tuple(_warnings(deed, before, after, voice))


def _warnings(deed: RecordDeed, before: Paper, after: Paper, voice: Voice) -> Iterator[Html]:
    say = voice.say
    if isinstance(deed, AddStep | AddMilestone):
        step = next_decision(after.consultations, voice.today)
        for one in overtaken_deadlines(after, known_on=voice.today):
            if step is not None and step.on is not None and one.on is not None:
                told = say(
                    "⚠ {title} ends on {day}, before {body} can decide on {decided}.",
                    title=one.title,
                    day=say.date(one.on),
                    body=step.body,
                    decided=say.date(step.on),
                )
                yield html.bold(told)
    if isinstance(deed, NoteResult):
        yield from _late(after, deed, voice)
    hides = effective_visibility(before) is Visibility.PUBLIC and effective_visibility(after) is Visibility.NONPUBLIC
    if hides:
        yield html.bold(say("⚠ One non-public step makes the whole paper non-public."))


def _late(after: Paper, deed: NoteResult, voice: Voice) -> Iterator[Html]:
    say = voice.say
    noted = next((one for one in after.mandates if one.number == deed.number), None)
    if noted is None or noted.result_on is None:
        return
    if noted.due_on is not None and noted.due_on < noted.result_on:
        yield html.bold(say("⚠ The mandate was due on {day}.", day=say.date(noted.due_on)))
    for one in missed_by(after, noted.result_on):
        if one.on is not None:
            yield html.bold(say("⚠ {title} ended on {day}.", title=one.title, day=say.date(one.on)))


def new_step_needs_paper(say: Language) -> Message:
    return _which_paper(say("For example: /new step 0112/23 Social committee 02.12.2026"), say)


def new_mandate_needs_paper(say: Language) -> Message:
    return _which_paper(say("For example: /new mandate 0112/23 Examine the application"), say)


def new_milestone_needs_paper(say: Language) -> Message:
    return _which_paper(say("For example: /new milestone 0112/23 05.12.2026 Applications close"), say)


def mandate_needs_paper(say: Language) -> Message:
    return _which_paper(say("For example: /mandate 0112/23 result The city can apply"), say)


def _which_paper(example: str, say: Language) -> Message:
    return Message(
        html=html.lines(html.bold(say("Which paper?")), example),
        buttons=(buttons.row(_listed(Kind.PAPER, say), buttons.command(say("Help"), "help")),),
    )


def decision_needs_programme(say: Language) -> Message:
    return Message(
        html=html.lines(html.bold(say("Which programme?")), say("For example: /decision KommA The city takes part")),
        buttons=(buttons.row(_listed(Kind.PROGRAMME, say), buttons.command(say("Help"), "help")),),
    )


def _listed(kind: Kind, say: Language) -> Button:
    """All there are of a kind, to choose from."""
    named = html.capitalized(say.of(*called.KIND[kind]))
    return buttons.question(named, Query(intent=Intent.SEARCH, kinds=(kind,)))


def due_or_result(ref: str, number: int | None, say: Language) -> Message:
    """The same whatever the register holds: what it says of the paper comes with the next step."""
    words = f"{ref} {number}" if number else ref
    return Message(
        html=html.lines(html.bold(say("What about the mandate?")), say("When it is due, or what came of it?")),
        buttons=(
            (
                buttons.command(say("Due date"), "mandate", f"{words} due"),
                buttons.command(say("Result"), "mandate", f"{words} result"),
            ),
        ),
    )
