"""Evaluation rounds: which there are, and how far the offices are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from locales.translations import Language
from registry.desk import Event
from registry.rounds import EvaluationRound, OfficeProgress, Reporting, RoundState
from registry.visibility import Visibility
from registry.visibility import label_of as strictest_of
from views import buttons, html, times
from views.html import Html
from views.message import Button, Message
from views.voice import Voice

_SHOWN = 5  # offices before the fold
_MOST = 40
_BUTTONS = 8
_WORDS_LENGTH = 60
_USUAL_TIME = timedelta(weeks=6)  # that offices are given to report


@dataclass(frozen=True)
class Overview:
    """All that is told of a round; ``before`` is the round before it, ``others`` are open besides."""

    round: EvaluationRound
    asked: Sequence[Reporting]
    offices: Sequence[OfficeProgress] = ()
    events: Sequence[Event] = ()
    before: EvaluationRound | None = None
    others: Sequence[EvaluationRound] = ()
    may_lead: bool = False
    is_latest: bool = True


def overview(told: Overview, voice: Voice) -> Message:
    say, found = voice.say, told.round
    lines = [office_progress(one, voice) for one in told.offices[:_MOST]]
    return Message(
        html=html.paragraphs(
            html.lines(
                html.bold(standing(found, told.asked, say)), _when(found, voice), _reason(found, told.events, say)
            ),
            html.lines(*lines[:_SHOWN]),
            html.quote(html.lines(*lines[_SHOWN:]), folded=True) if lines[_SHOWN:] else Html(""),
        ),
        buttons=buttons.rows(*_ways_on(told, voice)),
        label=label_of(told.asked),
    )


def _ways_on(told: Overview, voice: Voice) -> Iterable[buttons.Row]:
    say, found = voice.say, told.round
    is_open = found.state is RoundState.OPEN
    if is_open:
        owing = [one.office for one in told.offices if one.owes and one.office][:_SHOWN]
        yield from buttons.flowing([buttons.command(voice.short_office(one), "round", one) for one in owing])
    compare = buttons.command(say("Compare"), "round", f"compare {address(found)}") if told.before else None
    is_owed = is_open and any(one.owes for one in told.offices)
    yield buttons.row(buttons.command(say("Report"), "round", "next") if is_owed else None, compare)
    if told.may_lead and told.is_latest:
        yield buttons.row(close(found, say) if is_open else reopen(found, say))
    if not is_open:
        yield buttons.row(buttons.command(say("Evaluation rounds"), "round", "show"))
    yield from buttons.flowing([show(one, voice) for one in told.others])


def office_progress(one: OfficeProgress, voice: Voice) -> str:
    """``A50: 3 von 5 gemeldet``"""
    office = voice.short_office(one.office) or voice.say("without a lead office")
    mark = "✓ " if not one.owes else ""
    return mark + voice.say("{office}: {reported} of {measures} reported", **{**one._asdict(), "office": office})


def standing(found: EvaluationRound, asked: Sequence[Reporting], say: Language) -> str:
    return say.plural(
        "Evaluation as of {day}: {reported} of {n} measure reported",
        "Evaluation as of {day}: {reported} of {n} measures reported",
        len(asked),
        day=say.short_date(found.as_of),
        reported=say.number(sum(one.is_reported for one in asked)),
    )


def _when(found: EvaluationRound, voice: Voice) -> str:
    if found.state is RoundState.CLOSED:
        told = voice.say("closed")
    else:
        told = times.due(found.due_on, voice) if found.due_on else ""
    return " · ".join(filter(None, (found.concept, told)))


def _reason(found: EvaluationRound, events: Sequence[Event], say: Language) -> Html:
    reasons = [event.why for event in events if event.why]
    if not reasons or found.state is RoundState.CLOSED:
        return Html("")
    return html.italic(say("Opened again: {reason}", reason=html.shortened(reasons[-1], _WORDS_LENGTH)))


def label_of(asked: Iterable[Reporting]) -> Visibility:
    return strictest_of(one.visibility for one in asked)


def address(found: EvaluationRound) -> str:
    """How a button names a round."""
    return f"{found.concept} {found.as_of.isoformat()}"


def called(found: EvaluationRound, say: Language) -> str:
    return say("{concept} as of {day}", concept=found.concept, day=say.date(found.as_of))


def show(found: EvaluationRound, voice: Voice) -> Button:
    day = voice.say.short_date(found.as_of)
    return buttons.command(f"{day} · {found.concept}", "round", f"show {address(found)}")


def close(found: EvaluationRound, say: Language) -> Button:
    return buttons.command(say("Close the round"), "round", f"close {address(found)}")


def reopen(found: EvaluationRound, say: Language) -> Button:
    return buttons.command(say("Open it again"), "round", f"reopen {address(found)}")


def none_is_open(rounds: Sequence[EvaluationRound], label: Visibility, voice: Voice, *, may_lead: bool) -> Message:
    """``rounds`` are those before, the latest first; coordination is told how to open one."""
    say = voice.say
    how = opening(rounds, voice)
    return Message(
        html=html.lines(
            html.bold(say("No evaluation round is open.")),
            html.fill(say("You open one like this: {command}"), command=html.code(how))
            if may_lead
            else say("Coordination opens the next one. Until then, /status reports how far a measure is."),
        ),
        buttons=buttons.rows(
            *buttons.flowing([show(one, voice) for one in rounds[:3]]),
            buttons.row(
                buttons.command(say("Open a round"), "round", "open") if may_lead else None,
                buttons.command(say("Open for my offices"), "mine"),
            ),
        ),
        label=label,
    )


def opening(rounds: Iterable[EvaluationRound], voice: Voice) -> str:
    """A command that opens the next round."""
    day = suggested_day(rounds, voice)
    dates = {"day": voice.say.short_date(day), "due": voice.say.short_date(suggested_due(day, voice))}
    return voice.say("/round open {day} due {due}", **dates)


def suggested_day(rounds: Iterable[EvaluationRound], voice: Voice) -> date:
    """The end of the last half-year; of the next one, where a round looked at that already."""
    today, latest = voice.today, max((one.as_of for one in rounds), default=date.min)
    day = date(today.year, 6, 30) if today > date(today.year, 6, 30) else date(today.year - 1, 12, 31)
    while day <= latest:
        day = date(day.year, 12, 31) if day.month <= 6 else date(day.year + 1, 6, 30)
    return day


def suggested_due(as_of: date, voice: Voice) -> date:
    """A working day that leaves offices their usual time."""
    return voice.workdays.next_workday(max(as_of, voice.today) + _USUAL_TIME)


def no_such_round(words: str, rounds: Sequence[EvaluationRound], label: Visibility, voice: Voice) -> Message:
    say = voice.say
    return Message(
        html=html.bold(say("I know no evaluation round “{words}”.", words=html.shortened(words, _WORDS_LENGTH))),
        buttons=buttons.rows(
            *buttons.flowing([show(one, voice) for one in rounds[:_BUTTONS]]),
            buttons.row(buttons.command(say("Help"), "help")),
        ),
        label=label,
    )


def nothing_to_compare(say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("There are no two rounds to compare yet.")),
            say("A comparison needs two rounds of one concept."),
        ),
        buttons=((buttons.command(say("Evaluation rounds"), "round", "show"), buttons.command(say("Help"), "help")),),
    )
