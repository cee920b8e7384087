"""Which offices still owe a contribution or a report."""

from collections.abc import Sequence

from registry.desk import OfficeCount
from registry.queries import Intent, Names, Query
from views import buttons, html
from views.desk import chips, more
from views.filters import scope
from views.html import Html
from views.message import Button, Message
from views.voice import Voice

_SHOWN = 6
_MOST = 20
_NAME_LENGTH = 60


def owing(owed: Sequence[OfficeCount], query: Query, known: Names, voice: Voice) -> Message:
    say = voice.say
    whose = scope(query, known, voice) or say("Overall")
    named = sorted(owed, key=lambda count: -(count.inquiries + count.measures))
    headline = (
        say.plural("{n} office still owes something", "{n} offices still owe something", len(named))
        if named
        else say("nobody owes anything")
    )
    lines = office_lines(named, voice)
    return Message(
        html=html.paragraphs(
            html.fill(say("{scope}: {what}"), scope=html.bold(whose), what=headline),
            html.lines(*lines[:_SHOWN]),
            html.quote(html.lines(*lines[_SHOWN:]), folded=True) if lines[_SHOWN:] else Html(""),
        ),
        buttons=buttons.rows(
            *buttons.flowing([_open(count.office, query, voice) for count in named[:10]]),
            *chips(query, known, voice),
        ),
    )


def office_lines(counts: Sequence[OfficeCount], voice: Voice) -> list[str]:
    """One line each for the first of them, and how many more there are."""
    return [*(_line(count, voice) for count in counts[:_MOST]), more(len(counts) - _MOST, voice)]


def _line(count: OfficeCount, voice: Voice) -> Html:
    say = voice.say
    parts = (
        say.plural("{n} inquiry", "{n} inquiries", count.inquiries) if count.inquiries else "",
        say.plural("{n} measure", "{n} measures", count.measures) if count.measures else "",
        say("{n} overdue", n=say.number(count.overdue)) if count.overdue else "",
    )
    return html.join(" · ", (html.bold(html.shortened(voice.short_office(count.office), _NAME_LENGTH)), *parts))


def _open(office: str, query: Query, voice: Voice) -> Button:
    asked = query.model_copy(update={"intent": Intent.OPEN, "offices": (office,), "page": 0})
    return buttons.question(voice.short_office(office), asked)
