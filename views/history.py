"""What changed in a record, newest first."""

from collections.abc import Sequence

from locales.phrases import term
from registry.desk import Event
from registry.queries import Query
from registry.visibility import Visibility
from views import buttons, html, parts, times
from views.cards import back
from views.desk import more
from views.fields import changed_values, field_name
from views.html import Html
from views.message import Message
from views.voice import Voice

_SHOWN = 5
_MOST = 12
_REASON_LENGTH = 40

WHO = {
    "operator": term("history", "command line"),
    "sample": term("history", "sample data"),
    "reader": term("history", "reader"),
    "editor": term("history", "office staff"),
    "coordinator": term("history", "coordination"),
    "admin": term("history", "administration"),
}

WHY = {"undone": term("history", "taken back")}


def history(ref: str, events: Sequence[Event], label: Visibility, asked: Query, voice: Voice) -> Message:
    """``events`` are oldest first, as they happened."""
    say = voice.say
    newest = tuple(reversed(events))
    lines = [*(_line(event, voice) for event in newest[:_MOST]), more(len(newest) - _MOST, voice)]
    headline = say.plural("{ref}: {n} change", "{ref}: {n} changes", len(newest), ref=ref)
    return Message(
        html=html.paragraphs(
            html.bold(headline),
            html.lines(*lines[:_SHOWN]),
            html.quote(html.lines(*lines[_SHOWN:]), folded=True) if lines[_SHOWN:] else Html(""),
        ),
        buttons=buttons.rows(
            buttons.row(back(asked, voice), buttons.detail(say("‹ To {ref}", ref=ref), ref, asked)),
        ),
        label=label,
        refs=(ref,),
    )


def _line(event: Event, voice: Voice) -> Html:
    what = html.bold(field_name(event.what, voice.say))
    who = voice.say.of(*WHO[event.who]) if event.who in WHO else voice.office(event.who)
    return html.join(" · ", (times.moment(event.at, voice), what, _change(event, voice), _reason(event, voice), who))


def _change(event: Event, voice: Voice) -> str:
    if event.what in parts.STRUCTURED:
        return parts.changes(event.what, event.before, event.after, voice)
    before, after = changed_values(event.what, event.before, event.after, voice)
    return f"{before} → {after}" if before and after else after or before


def _reason(event: Event, voice: Voice) -> str:
    return voice.say.of(*WHY[event.why]) if event.why in WHY else html.shortened(event.why, _REASON_LENGTH)
