"""A measure as a card."""

from collections.abc import Sequence

from registry.inquiries import Inquiry
from registry.inquiries import is_open as is_open_inquiry
from registry.measures import Measure, is_open
from registry.visibility import strictest
from views import html, times
from views import names as called
from views.cards import Card, folded, heading
from views.html import Html
from views.voice import Voice


def card(measure: Measure, inquiries: Sequence[Inquiry], voice: Voice) -> Card:
    """``inquiries`` are those about the measure that the reader may see."""
    say = voice.say
    asking = tuple(inquiry.number for inquiry in inquiries if inquiry.number and is_open_inquiry(inquiry))
    return Card(
        ref=measure.number,
        facts=html.lines(
            heading(measure.number, voice.title(measure.title, measure.title_en)),
            _status(measure, voice),
            _doubts(measure, voice),
            *_offices(measure, voice),
            say("Deadline: {deadline}", deadline=_deadline(measure, voice)),
            _asked(asking, voice),
        ),
        texts=(
            folded(say("Measure"), measure.text),
            folded(say("Current state"), measure.current_state),
        ),
        label=strictest((measure.visibility, *(inquiry.visibility for inquiry in inquiries))),
        related=asking,
    )


def _deadline(measure: Measure, voice: Voice) -> str:
    return times.deadline(measure.deadline, voice, is_open=is_open(measure), last_report=measure.as_of)


def _status(measure: Measure, voice: Voice) -> str:
    say, status = voice.say, called.measure_status(measure.status, voice.say)
    parts = [status]
    if measure.as_of:
        parts.append(say("as of {day}", day=say.short_date(measure.as_of)))
    if measure.is_new:
        parts.append(say("new"))
    return " · ".join(parts)


def _doubts(measure: Measure, voice: Voice) -> Html:
    if not measure.doubted_by:
        return Html("")
    return html.italic(
        voice.say("This status is doubted in {inquiries}.", inquiries=voice.say.list(measure.doubted_by))
    )


def _offices(measure: Measure, voice: Voice) -> tuple[str | Html, ...]:
    say = voice.say
    lead = say.list(map(voice.office, measure.lead_offices)) or say("not named")
    with_them = [voice.short_office(place) for place in (*measure.participating, *measure.external)]
    return (
        html.fill(say("Lead: {offices}"), offices=lead),
        html.fill(say("Participating: {offices}"), offices=", ".join(with_them)) if with_them else "",
    )


def _asked(numbers: Sequence[str], voice: Voice) -> str:
    if not numbers:
        return ""
    return voice.say.plural(
        "{n} open inquiry about it: {numbers}",
        "{n} open inquiries about it: {numbers}",
        len(numbers),
        numbers=", ".join(numbers),
    )
