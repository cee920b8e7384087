"""An inquiry as a card."""

from collections.abc import Iterator

from registry.inquiries import Inquiry, InquiryKind, is_open
from views import html, times
from views import names as called
from views.cards import Card, folded, heading
from views.html import Html
from views.voice import Voice

_REASON_LENGTH = 80


def card(inquiry: Inquiry, voice: Voice) -> Card:
    say = voice.say
    number = inquiry.number or ""
    is_question = inquiry.kind is InquiryKind.QUESTION
    return Card(
        ref=number,
        facts=html.lines(heading(number, voice.title(inquiry.title, inquiry.title_en)), *_facts(inquiry, voice)),
        texts=(
            folded(say("Question") if is_question else say("Remark"), inquiry.text),
            _contributed(inquiry, voice),
            folded(say("Answer"), inquiry.answer),
        ),
        label=inquiry.visibility,
        related=inquiry.about.measures,
    )


def _contributed(inquiry: Inquiry, voice: Voice) -> Html:
    """What the offices wrote; of several under one fold, so that the card stays short."""
    written = [part for part in inquiry.contributions if part.text.strip()]
    match written:
        case []:
            return Html("")
        case [part]:
            return folded(voice.office(part.office), part.text)
    texts = html.paragraphs(*(html.lines(html.bold(voice.office(part.office)), part.text) for part in written))
    return folded(voice.say("Contributions"), texts)


def _facts(inquiry: Inquiry, voice: Voice) -> Iterator[str]:
    say = voice.say
    yield called.inquiry_status(inquiry.status, say)
    if inquiry.routing and inquiry.routing.coordinating:
        yield say("Coordinated by {offices}", offices=say.list(map(voice.office, inquiry.routing.coordinating)))
    yield from _contributions(inquiry, voice)
    if inquiry.offices_due_on:
        due = times.due_or_was(inquiry.offices_due_on, voice, is_open=is_open(inquiry))
        yield say("Contributions: {due}", due=due)
    if inquiry.due_on:
        yield say("Answer: {due}", due=times.due_or_was(inquiry.due_on, voice, is_open=is_open(inquiry)))
    if inquiry.answered_on:
        yield say("Answered on {day}", day=say.date(inquiry.answered_on))
    if inquiry.about.measures:
        yield say("About: {measures}", measures=", ".join(inquiry.about.measures))
    if inquiry.doubts:
        yield html.italic(say("Doubts the status of {measures}.", measures=say.list(inquiry.doubts)))


def _contributions(inquiry: Inquiry, voice: Voice) -> Iterator[Html]:
    """What each office owes, where it says that another one is responsible, and why it was asked anew."""
    for part in inquiry.contributions:
        line = html.join(" · ", (voice.office(part.office), called.contribution_status(part.status, voice.say)))
        reason = html.shortened(part.reason or part.remark, _REASON_LENGTH)
        better = voice.say("see {office}", office=voice.office(part.better_office)) if part.better_office else ""
        yield html.join(" · ", (line, reason, better))
