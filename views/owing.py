"""Which offices still owe a contribution or a report."""

from collections.abc import Sequence

from registry.desk import OfficeCount
from registry.queries import Intent, Names, Query
from registry.visibility import label_of
from views import buttons, html
from views.desk import chips, more, page_line, pages
from views.filters import scope
from views.html import Html
from views.message import Button, Message
from views.voice import Voice

_SHOWN = 6
_PAGE_SIZE = 12
_MOST = 20
_NAME_LENGTH = 60
_SHORT = 8  # characters of which four names stand side by side


def owing(owed: Sequence[OfficeCount], query: Query, known: Names, voice: Voice) -> Message:
    say = voice.say
    whose = scope(query, known, voice) or say("Overall")
    named = sorted(owed, key=lambda count: -(count.inquiries + count.measures))
    headline = (
        say.plural("{n} office still owes something", "{n} offices still owe something", len(named))
        if named
        else say("nobody owes anything")
    )
    count = max(1, -(-len(named) // _PAGE_SIZE))
    page = min(query.page, count - 1)
    shown = named[page * _PAGE_SIZE :][:_PAGE_SIZE]
    lines = office_lines(shown, voice)
    return Message(
        html=html.paragraphs(
            html.fill(say("{scope}: {what}"), scope=html.bold(whose), what=headline),
            html.lines(*lines[:_SHOWN]),
            html.quote(html.lines(*lines[_SHOWN:]), folded=True) if lines[_SHOWN:] else Html(""),
            page_line(page, count, voice),
        ),
        buttons=buttons.rows(
            *buttons.flowing([_open(one.office, query, voice) for one in _longest_last(shown, voice)]),
            *chips(query, known, voice),
            pages(query, page, count, voice),
        ),
        label=label_of(one.visibility for one in owed),
    )


def _longest_last(counts: Sequence[OfficeCount], voice: Voice) -> list[OfficeCount]:
    """Places that are called by a long name need a row of their own; they do not tear the others apart."""
    return sorted(counts, key=lambda count: len(voice.short_office(count.office)) > _SHORT)


def office_lines(counts: Sequence[OfficeCount], voice: Voice) -> list[str]:
    """One line each for the first of them, and how many more there are."""
    return [*(_line(count, voice) for count in counts[:_MOST]), more(len(counts) - _MOST, voice)]


def _line(count: OfficeCount, voice: Voice) -> Html:
    say = voice.say
    parts = (
        say.plural("{n} inquiry", "{n} inquiries", count.inquiries) if count.inquiries else "",
        say.plural("{n} measure", "{n} measures", count.measures) if count.measures else "",
        say.plural("{n} overdue", "{n} overdue", count.overdue) if count.overdue else "",
        say("{n} in review", n=say.number(count.in_review)) if count.in_review else "",
    )
    return html.join(" · ", (html.bold(html.shortened(voice.short_office(count.office), _NAME_LENGTH)), *parts))


def _open(office: str, query: Query, voice: Voice) -> Button:
    asked = query.model_copy(update={"intent": Intent.OPEN, "offices": (office,), "page": 0})
    return buttons.question(voice.short_office(office), asked)
