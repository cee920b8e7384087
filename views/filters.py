"""What was understood of a question, as labels; each can be taken away."""

from collections.abc import Iterator
from typing import NamedTuple

from registry.queries import Intent, Names, Query
from views import html, times
from views import names as called
from views.voice import Voice

_NAME_LENGTH = 60


class Filter(NamedTuple):
    """A filter's label, the question without it, and whether it says whose records are meant."""

    label: str
    without: Query
    is_scope: bool


def filters(query: Query, known: Names, voice: Voice) -> tuple[Filter, ...]:
    """Every filter of the question, the scope first."""
    scopes = (Filter(label, _change(query, change), True) for label, change in _scopes(query, known, voice))
    others = (Filter(label, _change(query, change), False) for label, change in _others(query, voice))
    return (*scopes, *others)


def scope(query: Query, known: Names, voice: Voice) -> str:
    """Whose records are meant: ``A50 · Amt für Soziales``."""
    if len(query.offices) == 1 and query.field is None and query.recommendation is None:
        return " · ".join(
            (voice.office(query.offices[0]), *_labels(query.model_copy(update={"offices": ()}), known, voice))
        )
    return " · ".join(_labels(query, known, voice))


def _labels(query: Query, known: Names, voice: Voice) -> tuple[str, ...]:
    return tuple(label for label, _ in _scopes(query, known, voice))


Change = dict[str, object]


def _change(query: Query, change: Change) -> Query:
    return query.model_copy(update={**change, "page": 0})


def _scopes(query: Query, known: Names, voice: Voice) -> Iterator[tuple[str, Change]]:
    say = voice.say
    for code in query.offices:
        yield voice.short_office(code), {"offices": tuple(c for c in query.offices if c != code)}
    if query.field is not None:
        yield field(query.field, known, voice), {"field": None}
    if query.recommendation is not None:
        number, item = query.recommendation
        yield say("Field {field}, recommendation {number}", field=number, number=item), {"recommendation": None}
    for name in ("concept", "programme", "originator"):
        if called_so := getattr(query, name):
            yield html.shortened(called_so, _NAME_LENGTH), {name: None}


def field(number: int, known: Names, voice: Voice) -> str:
    """A field of action with its title, where the reader knows it."""
    title = next((found.title for found in known.fields if found.number == number), "")
    name = voice.say("Field {number}", number=number)
    return f"{name} · {html.shortened(title, _NAME_LENGTH)}" if title else name


def _others(query: Query, voice: Voice) -> Iterator[tuple[str, Change]]:
    say = voice.say
    for kind in query.kinds:
        yield say.of(*called.KIND[kind]), {"kinds": tuple(k for k in query.kinds if k is not kind)}
    for status in query.statuses:
        left = tuple(s for s in query.statuses if s is not status)
        yield say.of(*called.MEASURE_STATUS[status][1]), {"statuses": left}
    for state in query.inquiry_statuses:
        kept = tuple(s for s in query.inquiry_statuses if s is not state)
        yield say.of(*called.INQUIRY_STATUS[state][1]), {"inquiry_statuses": kept}
    if query.unrouted:
        yield say("without an office"), {"unrouted": False}
    if query.is_new:
        yield say("new"), {"is_new": False}
    if query.in_review:
        yield say("in review"), {"in_review": False}
    if query.changed_since:
        yield say("changed since {day}", day=say.short_date(query.changed_since)), {"changed_since": None}
    if query.period:
        yield times.period(query.period, voice), {"period": None}
    if query.words and query.intent is not Intent.SEARCH:
        yield say("“{words}”", words=query.words), {"words": ""}
