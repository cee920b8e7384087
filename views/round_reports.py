"""What an open evaluation round asks of an office: one measure after the other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from locales.phrases import term
from locales.translations import Language
from registry.doing.measures import REPORTABLE
from registry.measures import Measure, Status
from registry.queries import Intent, Query
from registry.rounds import EvaluationRound, OfficeProgress, Reporting
from registry.visibility import Visibility, label_of
from views import buttons, html, times
from views import names as called
from views.cards import heading
from views.desk import more
from views.inquiry_work import quoted
from views.message import Message, Style
from views.rounds import office_progress, show, standing
from views.voice import Voice

_SHORT = {
    Status.FULLY: term("status button", "● full"),
    Status.PARTLY: term("status button", "◐ partly"),
    Status.NOT_IMPLEMENTED: term("status button", "○ not"),
    Status.DISCARDED: term("status button", "✕ discarded"),
}
_MOST = 24  # measures as buttons; what is behind them comes up once these are reported
_MOST_OFFICES = 3


@dataclass(frozen=True)
class About:
    """A measure that a round asks about, and how far the offices that are asked are (none: all of them)."""

    round: EvaluationRound
    measure: Measure
    asked: Sequence[Reporting]
    counted: Sequence[OfficeProgress]
    is_last: bool


def ask_about(about: About, keys: Mapping[str | Status, str], voice: Voice) -> Message:
    """``keys`` are the tokens of what may be said of the measure: a status, ``unchanged`` or ``text``."""
    found, measure = about.round, about.measure
    say = voice.say
    return Message(
        html=html.paragraphs(
            html.lines(
                html.bold(progress(about.counted, voice) or standing(found, about.asked, voice.say)),
                _until(found, voice),
            ),
            html.lines(
                heading(measure.number, voice.title(measure.title, measure.title_en)),
                _status(measure, voice),
                quoted(measure.current_state, voice),
            ),
            html.bold(_question(found, measure, say)),
        ),
        buttons=buttons.rows(
            *_answers(keys, say),
            buttons.row(
                None if about.is_last else buttons.command(say("Later ›"), "round", f"next {measure.number}"),
                buttons.question(measure.number, Query(intent=Intent.SHOW, ref=measure.number)),
            ),
            buttons.row(buttons.command(say("Progress"), "round", "show")),
        ),
        label=label_of((measure.visibility, *(one.visibility for one in about.asked))),
        refs=(measure.number,),
    )


def _answers(keys: Mapping[str | Status, str], say: Language) -> Iterable[buttons.Row]:
    yield buttons.row(
        buttons.deed(say("✓ Unchanged"), keys["unchanged"], style=Style.SUCCESS) if "unchanged" in keys else None,
        buttons.deed(say("✎ New text"), keys["text"]) if "text" in keys else None,
    )
    yield from buttons.flowing([buttons.deed(say.of(*_SHORT[status]), keys[status]) for status in REPORTABLE])


def progress(counted: Sequence[OfficeProgress], voice: Voice) -> str:
    """``A50: 3 von 5 gemeldet``, for each of some offices."""
    told = [office_progress(one, voice) for one in counted[:_MOST_OFFICES]]
    return " · ".join((*told, "…") if len(counted) > _MOST_OFFICES else told)


def _until(found: EvaluationRound, voice: Voice) -> str:
    day = voice.say("as of {day}", day=voice.say.short_date(found.as_of))
    return f"{day} · {times.due(found.due_on, voice)}" if found.due_on else day


def _status(measure: Measure, voice: Voice) -> str:
    status = called.measure_status(measure.status, voice.say)
    if measure.as_of is None:
        return status
    day = voice.say("as of {day}", day=voice.say.short_date(measure.as_of))
    return f"{status} · {day}"


def _question(found: EvaluationRound, measure: Measure, say: Language) -> str:
    if measure.status not in REPORTABLE:
        return say("Its status is unclear. Which is it?")
    return say("How does it stand as of {day}?", day=say.short_date(found.as_of))


def all_reported(
    found: EvaluationRound, counted: Sequence[OfficeProgress], asked: Iterable[Reporting], voice: Voice
) -> Message:
    """Also to somebody whose offices lead no measure."""
    say = voice.say
    done = say("✓ All reported. Thank you!") if counted else say("Your offices lead no measure of this round.")
    return Message(
        html=html.lines(html.bold(done), progress(counted, voice), _until(found, voice)),
        buttons=buttons.rows(
            buttons.row(
                buttons.command(say("Progress"), "round", "show"), buttons.command(say("What is open?"), "open")
            )
        ),
        label=label_of(one.visibility for one in asked),
    )


def owed(
    found: EvaluationRound,
    office: str,
    numbers: Sequence[str],
    counted: Sequence[OfficeProgress],
    asked: Iterable[Reporting],
    voice: Voice,
) -> Message:
    """What an office has not reported yet; a tap shows the measure."""
    say = voice.say
    missing = say.plural("{n} measure still to report", "{n} measures still to report", len(numbers))
    told = missing if numbers else say("✓ All reported.") if counted else say("leads no measure of this round")
    shown = [buttons.question(number, Query(intent=Intent.SHOW, ref=number)) for number in numbers[:_MOST]]
    return Message(
        html=html.lines(
            html.bold(f"{voice.office(office)}: {told}"),
            _until(found, voice),
            html.italic(more(len(numbers) - _MOST, voice)),
        ),
        buttons=buttons.rows(*buttons.flowing(shown), buttons.row(show(found, voice))),
        label=_label(numbers, asked),
        refs=tuple(numbers[:_MOST]),
    )


def _label(numbers: Sequence[str], asked: Iterable[Reporting]) -> Visibility:
    return label_of(one.visibility for one in asked if one.number in numbers)


def which_office(say: Language) -> Message:
    return Message(
        html=html.lines(html.bold(say("Which office?")), say("For example: /round A50")),
        buttons=((buttons.command(say("Progress"), "round", "show"), buttons.command(say("Help"), "help")),),
    )
