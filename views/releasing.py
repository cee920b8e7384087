"""What exactly becomes public with a record, before somebody releases it."""

from collections.abc import Iterator
from datetime import date, time
from enum import Enum

from pydantic import BaseModel

from registry.deeds import Subject
from registry.inquiries import About, ContributionStatus, Inquiry, QuestionList
from registry.measures import Measure
from registry.papers import ConsultationRole, Paper, effective_visibility
from registry.visibility import Visibility
from views import html, times
from views import names as called
from views.fields import field_caption, field_value
from views.html import Html
from views.voice import Voice

_BESIDES = frozenset({"version", "visibility", "doubted_by", "doubts", "is_new", "is_stub", "list", "position", "kind"})
_ROOM = 2800  # characters for all values together, of the 4,096 of a message
_SHORT = 80  # what is longer is folded


def disclosed(after: Subject, voice: Voice, *, question_list: QuestionList | None = None) -> tuple[Html, ...]:
    """Every field with what it says. ``question_list`` is the inquiry's, where that becomes public with it."""
    if isinstance(after, Paper) and effective_visibility(after) is Visibility.NONPUBLIC:
        return (_still_hidden(after, voice),)
    values = [(name, text) for name in type(after).model_fields if (text := _said(name, after, voice))]
    room = max(_SHORT, _ROOM // max(1, sum(len(text) > _SHORT for _, text in values)))
    told = (_told(name, text, room, voice) for name, text in values)
    return (
        html.bold(voice.say("This becomes public:")),
        *told,
        *_with_it(after, question_list, voice),
        html.italic(voice.say("Its history up to now, internal notes and what other rounds said stay non-public.")),
    )


def _still_hidden(paper: Paper, voice: Voice) -> Html:
    """The strictest of label and steps counts."""
    steps = (step for step in paper.consultations if step.visibility is Visibility.NONPUBLIC)
    named = ", ".join(", ".join(filter(None, (s.body, voice.say.date(s.on) if s.on else ""))) for s in steps)
    return html.lines(
        html.bold(voice.say("Nothing becomes public by it yet.")),
        html.fill(voice.say("These steps are not known to be public, and the strictest counts: {steps}"), steps=named),
    )


def _with_it(after: Subject, question_list: QuestionList | None, voice: Voice) -> Iterator[Html]:
    say = voice.say
    if isinstance(after, Measure) and after.as_of is not None:
        yield html.html(say("With it, what the round of {day} says of it.", day=say.date(after.as_of)))
    if isinstance(after, Inquiry) and after.answer:
        yield html.html(say("⚠ Its answer becomes public as well, released or not."))
    if question_list is not None:
        named = " · ".join(filter(None, (question_list.title, question_list.originator, question_list.committee)))
        yield html.fill(say("With it, its question list: {list}"), list=named)


def _told(name: str, text: str, room: int, voice: Voice) -> Html:
    named = field_caption(name, voice.say)
    if len(text) <= _SHORT:
        return html.fill("{field}: {text}", field=named, text=text)
    shown = html.shortened(text, room)
    cut = html.italic(voice.say("… {n} characters in all; the record shows them.", n=voice.say.number(len(text))))
    return html.lines(
        html.fill("{field}:", field=named), html.quote(shown, folded=True), cut if len(text) > room else Html("")
    )


def _said(name: str, record: Subject, voice: Voice) -> str:
    value = getattr(record, name)
    if name in _BESIDES or value is None or value == () or value == "":
        return ""
    if isinstance(record, Measure) and name == "deadline":
        return str(html.plain(times.deadline(record.deadline, voice, is_open=True)))
    if isinstance(value, str | date):
        coded = field_value(name, str(value), voice)
        return coded if len(str(value)) <= _SHORT else str(value)
    return "; ".join(_leaves(value, voice))


def _leaves(value: object, voice: Voice) -> Iterator[str]:
    """Whatever a structured value says, in its order."""
    match value:
        case tuple():
            yield from (" · ".join(_leaves(one, voice)) for one in value)
        case About():
            yield ", ".join(value.measures) or ".".join(str(n) for n in (value.field, value.recommendation) if n)
        case BaseModel():
            for name in type(value).model_fields:
                yield from _leaves(getattr(value, name), voice)
        case date():
            yield voice.say.date(value)
        case time():
            yield value.isoformat("minutes")
        case ContributionStatus():
            yield called.contribution_status(value, voice.say)
        case ConsultationRole():
            yield voice.say.of(*called.CONSULTATION_ROLE[value])
        case str() if value and not isinstance(value, Enum):
            yield value
        case int() if not isinstance(value, bool):
            yield str(value)
