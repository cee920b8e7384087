"""The work on measures: what is asked, offered and said while they are reported, edited and cleared of doubts."""

from locales.phrases import phrase
from locales.translations import Language
from registry.deeds import (
    AnswerDoubt,
    ConfirmUnchanged,
    Deed,
    EditMeasure,
    MeasureField,
    RecordDeed,
    ReportStatus,
    Subject,
)
from registry.doing import Obstacle
from registry.measures import Measure, Status
from registry.queries import Intent, Query
from views import buttons, html
from views import names as called
from views.fields import field_caption
from views.html import Html
from views.message import Message
from views.voice import Voice

OBSTACLES = {
    Obstacle.NO_OPEN_ROUND: phrase("No evaluation round is open; there is nothing to confirm."),
    Obstacle.MUST_BE_SETTLED: phrase("Its status is unclear and has to be settled first."),
    Obstacle.NO_SUCH_DOUBT: phrase("That inquiry casts no doubt on this measure any more."),
    Obstacle.NUMBER_TAKEN: phrase("That number is taken."),
}
QUESTIONS = {"field": phrase("What shall be changed?")}
PROMPTS: dict[tuple[type[Deed], str], str] = {
    (AnswerDoubt, "text"): phrase("How was the doubt dealt with? Please write it."),
}
ADDED = {"words": phrase("✎ Write it again")}
_FIELD_PROMPTS = {
    MeasureField.TITLE: phrase("Please write the new title."),
    MeasureField.TEXT: phrase("Please write the new text of the measure."),
    MeasureField.LEAD_OFFICES: phrase("Which office leads? Please write its code or name, several with commas."),
    MeasureField.PARTICIPATING: phrase("Which offices take part? Codes or names with commas; “none” for nobody."),
    MeasureField.EXTERNAL: phrase("Which outside bodies take part? Please write them with commas between."),
    MeasureField.DEADLINE: phrase("What is the deadline? For example 31.12.2026, 4th quarter 2026 or ongoing."),
}
_ADDABLE: dict[type[Deed], tuple[str, ...]] = {ReportStatus: ("text",), EditMeasure: ("words",), AnswerDoubt: ("text",)}


def prompt(deed: Deed) -> str | None:
    """What is asked of somebody who edits a field."""
    return _FIELD_PROMPTS[deed.field] if isinstance(deed, EditMeasure) and deed.field else None


def may_be_added(deed: RecordDeed) -> tuple[str, ...]:
    return _ADDABLE.get(type(deed), ())


def choices(deed: EditMeasure, voice: Voice) -> tuple[tuple[str, RecordDeed], ...]:
    """The fields that can be edited."""
    return tuple(
        (field_caption(field.value, voice.say), deed.model_copy(update={"field": field})) for field in MeasureField
    )


def instead(deed: RecordDeed, say: Language) -> str | None:
    match deed:
        case ReportStatus():
            return say("Report the status")
    return None


def besides(deed: RecordDeed, before: Subject, voice: Voice) -> tuple[Html, ...]:
    """What a deed says that no field of the record shows."""
    match deed:
        case ConfirmUnchanged():
            return (html.italic(voice.say("Status and current state stay as they are.")),)
        case ReportStatus(status=Status() as status) if isinstance(before, Measure) and before.status is status:
            return (
                html.italic(voice.say("The status stays {status}.", status=called.measure_status(status, voice.say))),
            )
        case AnswerDoubt():
            doubt = voice.say("The doubt about {measure} is dealt with:", measure=deed.measure)
            return (html.lines(doubt, html.quote(deed.text or "", folded=True)),)
    return ()


def ways_on(deed: RecordDeed, after: Subject, voice: Voice) -> buttons.Row:
    """After a report to a round the next measure; outside of a round a report speaks of its own day."""
    if not isinstance(deed, ReportStatus | ConfirmUnchanged) or not isinstance(after, Measure):
        return ()
    if isinstance(deed, ReportStatus) and after.as_of == voice.today:
        return ()
    return (buttons.command(voice.say("Next measure ›"), "round", f"next {deed.ref}"),)


def which_measure(example: str, say: Language) -> Message:
    return Message(
        html=html.lines(html.bold(say("Which measure?")), example),
        buttons=((buttons.command(say("Open for my offices"), "mine"), buttons.command(say("Help"), "help")),),
    )


def which_doubt(measure: Measure, inquiries: tuple[str, ...], voice: Voice) -> Message:
    """``inquiries`` are those that doubt the measure's status, as far as the reader sees them."""
    say = voice.say
    asked = say("Which doubt about {measure} was dealt with?", measure=measure.number)
    none = say("Nobody doubts the status of {measure}.", measure=measure.number)
    return Message(
        html=html.bold(asked if inquiries else none),
        buttons=buttons.rows(
            *buttons.flowing([buttons.command(ref, "doubt", f"{ref} {measure.number}") for ref in inquiries]),
            buttons.row(buttons.question(measure.number, Query(intent=Intent.SHOW, ref=measure.number))),
        ),
        label=measure.visibility,
        refs=(measure.number, *inquiries),
    )


def no_such_field(ref: str, words: str, say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("I know no field “{words}” of a measure.", words=html.shortened(words, 40))),
            say("For example: /edit 1.4.M1 deadline 31.12.2026"),
        ),
        buttons=((buttons.command(say("Choose a field"), "edit", ref),),),
    )
