"""Reminders of a morning: one message, numbered, with a button for each item."""

from collections import Counter
from collections.abc import Iterator
from itertools import count, groupby

from locales.phrases import Plural, Term, plural, term
from registry.reminders import Bundle, Due, Key, Part, Reminder, What
from views import buttons, html, times
from views.desk import more
from views.html import Html
from views.message import MAX_CHARACTERS, Button, Message
from views.voice import Voice

_PARTS: dict[Part, Term] = {
    Part.OVERDUE: term("reminders", "Overdue"),
    Part.TODAY: term("reminders", "Due today"),
    Part.SOON: term("reminders", "Due within 3 working days"),
    Part.AHEAD: term("reminders", "Due within 10 working days"),
    Part.LATER: term("reminders", "To hear of again"),
    Part.LATE: term("reminders", "A decision would come too late"),
    Part.UNROUTED: term("reminders", "No office assigned"),
    Part.REVIEW: term("reminders", "To be reviewed"),
    Part.NOBODY: term("reminders", "Nobody else is told of this"),
}
_SYMBOLS = {
    Part.OVERDUE: "⚠",
    Part.TODAY: "⏰",
    Part.SOON: "📅",
    Part.AHEAD: "📅",
    Part.LATER: "📅",
    Part.LATE: "⚠",
    Part.UNROUTED: "❗",
    Part.REVIEW: "🔁",
    Part.NOBODY: "🔕",
}
_WHATS: dict[What, Term] = {
    What.CONTRIBUTION: term("reminded of", "contribution"),
    What.ANSWER: term("reminded of", "answer"),
    What.UNROUTED: term("reminded of", "inquiry"),
    What.MEASURE: term("reminded of", "measure"),
    What.REVIEW: term("reminded of", "measure"),
    What.MANDATE: term("reminded of", "mandate"),
    What.MILESTONE: term("reminded of", "deadline"),
    What.EVENT: term("reminded of", "date"),
    What.LATE_RESULT: term("reminded of", "outside deadline"),
}
_COUNTED: tuple[tuple[frozenset[Part], Plural], ...] = (
    (frozenset({Part.OVERDUE}), plural("{n} overdue", "{n} overdue")),
    (frozenset({Part.TODAY}), plural("{n} due today", "{n} due today")),
    (frozenset({Part.SOON, Part.AHEAD, Part.LATER}), plural("{n} due soon", "{n} due soon")),
    (frozenset({Part.LATE}), plural("{n} decision too late", "{n} decisions too late")),
    (frozenset({Part.UNROUTED}), plural("{n} without an office", "{n} without an office")),
    (frozenset({Part.REVIEW}), plural("{n} to be reviewed", "{n} to be reviewed")),
    (frozenset({Part.NOBODY}), plural("{n} that nobody else is told of", "{n} that nobody else is told of")),
)
_TITLE_LENGTH = 60
_REF_LENGTH = 40
_MOST_A_PART = 12
_MOST_PLACES = 12


def announcement(bundle: Bundle, voice: Voice) -> Message:
    """The line that comes first, and makes the sound. It names no record."""
    return Message(html=_headline(bundle, voice), label=bundle.label)


def text(bundle: Bundle, voice: Voice) -> Message:
    """Everything in one message, however much it is: what does not fit is counted."""
    if not bundle.reminders:
        return nothing_left(voice)
    for most in range(_MOST_A_PART, 0, -1):
        listed = _listed(bundle, most)
        said = html.paragraphs(_headline(bundle, voice), *_parts(bundle, most, voice), _how_to(voice))
        if len(html.plain(said)) <= MAX_CHARACTERS:
            break
    opening = (_opens(number, one.due) for number, one in enumerate(listed, 1))
    settings = buttons.reminder(voice.say("Settings"), "=")
    return Message(
        html=said,
        label=bundle.label,
        refs=tuple(one.due.line.ref for one in listed),
        buttons=buttons.rows(*buttons.flowing(tuple(opening)), buttons.row(settings)),
    )


def nothing_left(voice: Voice) -> Message:
    """What was announced is done or gone before it could be told."""
    return Message(html=voice.say("Reminders: all of it is done meanwhile."), silent=True)


def _headline(bundle: Bundle, voice: Voice) -> Html:
    say = voice.say
    totals = Counter(one.part for one in bundle.reminders)
    counted = (
        say.plural(*words, number) for parts, words in _COUNTED if (number := sum(totals[part] for part in parts))
    )
    told = " · ".join(counted)
    return html.fill(
        say("{reminders} · {day}: {told}"),
        reminders=html.bold(f"⏰ {say('Reminders')}"),
        day=say.date(bundle.today),
        told=told,
    )


def _how_to(voice: Voice) -> Html:
    return html.italic(voice.say("A button opens an item. A reply with its number acts on it."))


def _listed(bundle: Bundle, most: int) -> list[Reminder]:
    """Those that stand there with a number."""
    return [
        one
        for part, group in groupby(bundle.reminders, key=lambda one: one.part)
        if part is not Part.NOBODY
        for one in list(group)[:most]
    ]


def _parts(bundle: Bundle, most: int, voice: Voice) -> Iterator[Html]:
    number = count(1)
    for part, group in groupby(bundle.reminders, key=lambda one: one.part):
        found = list(group)
        heading = html.bold(f"{_SYMBOLS[part]} {voice.say.of(*_PARTS[part])}: {voice.say.number(len(found))}")
        if part is Part.NOBODY:
            yield html.lines(heading, _unheard(found, voice))
            continue
        lines = (html.join(" ", (f"{next(number)}.", item(one.due, voice))) for one in found[:most])
        yield html.lines(heading, *lines, more(len(found) - most, voice))


def _unheard(found: list[Reminder], voice: Voice) -> Html:
    """Whose it is and how much; where nobody is told there is nobody to act on a number either."""
    places: dict[str, int] = {}
    for one in found:
        for place in one.due.places:
            places[place] = places.get(place, 0) + 1
    named = [f"{voice.short_office(place)} {voice.say.number(number)}" for place, number in sorted(places.items())]
    further = more(len(named) - _MOST_PLACES, voice)
    return html.join(" · ", (*named[:_MOST_PLACES], further))


def item(due: Due, voice: Voice) -> Html:
    """``Q47 · Zuarbeit · WLAN in Unterkünften · A50 · bis Mi., 16.12.2026 (in 3 Arbeitstagen)``"""
    line = due.line
    return html.join(
        " · ",
        (
            html.bold(html.shortened(line.ref, _REF_LENGTH)),
            voice.say.of(*_WHATS[due.what]),
            html.shortened(voice.title(line.title, line.title_en), _TITLE_LENGTH),
            html.shortened(voice.short_offices(due.places), _REF_LENGTH),
            _when(due, voice),
        ),
    )


def _when(due: Due, voice: Voice) -> str:
    say = voice.say
    match due.what:
        case What.REVIEW:
            return times.listed(due.line, voice)
        case What.EVENT:
            return say.date(due.on)
        case What.UNROUTED:
            return say("here since {day}", day=say.date(due.on))
        case What.LATE_RESULT if due.step and due.step.on:
            ends, decides = say.date(due.on), say.date(due.step.on)
            return say("ends {day}, {body} decides {later}", day=ends, body=due.step.body, later=decides)
    return times.due(due.on, voice)


def _opens(number: int, due: Due) -> Button:
    return buttons.reminder(f"{number} · {due.line.ref}", "o", code_of(due.key))


_LETTERS = dict(zip(What, "caumrdiel", strict=True))


def code_of(key: Key) -> str:
    """What a button carries of something due; ``key_in`` reads it."""
    return f"{_LETTERS[key.what]}{key.position or ''}.{key.ref}"


def key_in(code: str) -> Key | None:
    """What a button speaks of, where that can be read from it."""
    head, dot, ref = code.partition(".")
    what = next((what for what, letter in _LETTERS.items() if letter == head[:1]), None)
    number = head[1:]
    if what is None or not dot or not ref or not (number == "" or (number.isascii() and number.isdigit())):
        return None
    return Key(ref, what, int(number or 0))
