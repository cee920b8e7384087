"""Listings: the answer in the first line, then five records a page, each a button away."""

from collections.abc import Collection, Iterator
from itertools import groupby

from locales.phrases import phrase, plural
from registry.desk import HORIZON, Listed, Listing
from registry.inquiries import InquiryStatus
from registry.measures import Status
from registry.queries import Intent, Kind, Names, Query
from views import buttons, html, times
from views import names as called
from views.filters import filters, scope
from views.html import Html
from views.message import Button, Message
from views.voice import Voice

_TITLE_LENGTH = 60
_NAMED_OFFICES = 3
_OFFICES_LENGTH = 80
_REF_LENGTH = 40

_OPEN = (phrase("{scope}: {counts} open · {overdue} overdue"), phrase("{scope}: nothing is open"))
_OF_STATUS = (phrase("{scope}: {counts} · {overdue} overdue"), phrase("{scope}: nothing found"))
_HEADLINES = {
    Intent.OVERDUE: (phrase("{scope}: {counts} overdue"), phrase("{scope}: nothing is overdue")),
    Intent.DEADLINES: (
        phrase("{scope}, {period}: {counts} · {overdue} overdue"),
        phrase("{scope}, {period}: nothing is due"),
    ),
    Intent.SEARCH: (phrase("{scope}: {counts} found"), phrase("{scope}: nothing found")),
}
_WITHHELD = plural(
    "{n} non-public record – please see the specialist system.",
    "{n} non-public records – please see the specialist system.",
)


def listing(found: Listing, known: Names, voice: Voice) -> Message:
    text = html.paragraphs(
        html.lines(_headline(found, known, voice), _filter_line(found.query, known, voice)),
        html.lines(*_items(found, voice), _further(found, voice)),
        html.lines(_undated(found, voice), withheld(found.withheld, voice), page_line(found.page, found.pages, voice)),
    )
    return Message(
        html=text,
        buttons=buttons.rows(
            *_records(found),
            *chips(found.query, known, voice),
            buttons.row(_with_undated(found, voice)),
            pages(found.query, found.page, found.pages, voice),
            _elsewhere(found, voice),
        ),
        label=found.label,
        refs=tuple(line.ref for line in found.lines),
    )


def withheld(number: int, voice: Voice) -> str:
    """What a reader may know of records they may not read here: how many there are."""
    return voice.say.plural(*_WITHHELD, number) if number else ""


def more(number: int, voice: Voice) -> str:
    """How many further lines a list has that are not told here."""
    return voice.say("and {n} more", n=voice.say.number(number)) if number > 0 else ""


def chips(query: Query, known: Names, voice: Voice) -> tuple[buttons.Row, ...]:
    """What was understood, one button each; a tap takes it away."""
    understood = filters(query, known, voice)
    return buttons.flowing([buttons.question(f"✕ {one.label}", one.without) for one in understood])


def _headline(found: Listing, known: Names, voice: Voice) -> Html:
    say, query, own = voice.say, found.query, found.own
    some, none = _headlines(query)
    whose = scope(query, known, voice)
    if query.intent is Intent.SEARCH and query.words:
        whose = " · ".join(filter(None, (say("“{words}”", words=query.words), whose)))
    return html.fill(
        say(some if own.total else none),
        scope=html.bold(whose or say("Overall")),
        counts=called.counts(own, say),
        overdue=say.number(own.overdue),
        period=_period(found, voice),
    )


def _period(found: Listing, voice: Voice) -> str:
    """Which days deadlines are listed of; what was missed before a period that lies ahead is listed with it."""
    span = found.query.period
    if span is None:
        return voice.say("overdue and next {n} days", n=HORIZON.days)
    lies_ahead = span.until is None or span.until > voice.today
    named = times.period(span, voice)
    return voice.say("overdue and {period}", period=named) if found.own.overdue and lies_ahead else named


def _headlines(query: Query) -> tuple[str, str]:
    """The sentences for some and for none; whoever asks for a status is not told that it is open."""
    asks_for_status = query.statuses or query.inquiry_statuses or query.unrouted or query.in_review
    if query.intent in {Intent.OPEN, Intent.MINE}:
        return _OF_STATUS if asks_for_status else _OPEN
    return _HEADLINES[query.intent]


def _filter_line(query: Query, known: Names, voice: Voice) -> Html:
    said = query.model_copy(update={"period": None}) if query.intent is Intent.DEADLINES else query
    labels = [one.label for one in filters(said, known, voice) if not one.is_scope]
    return html.italic(voice.say("Only: {filters}", filters=" · ".join(labels))) if labels else Html("")


def _items(found: Listing, voice: Voice) -> Iterator[Html]:
    for is_through, group in groupby(found.lines, key=lambda line: line.through is not None):
        if is_through:
            yield html.bold(_through(found, voice))
        yield from (item(line, voice, asked=found.query.offices) for line in group)


def item(line: Listed, voice: Voice, *, asked: Collection[str] = ()) -> Html:
    """``Q47 · WLAN in Unterkünften · A50 · bis Mi., 16.12.2026 (in 17 Arbeitstagen)``; the offices asked for first."""
    title = html.shortened(voice.title(line.title, line.title_en), _TITLE_LENGTH)
    return html.join(
        " · ",
        (
            html.bold(html.shortened(line.ref, _REF_LENGTH)),
            title,
            _offices(line, asked, voice),
            times.listed(line, voice),
            _status(line, voice),
        ),
    )


def _offices(line: Listed, asked: Collection[str], voice: Voice) -> str:
    offices = sorted(line.offices, key=lambda office: office not in asked)
    more = len(offices) - _NAMED_OFFICES
    shown = offices if more <= 0 else offices[: _NAMED_OFFICES - 1]
    named = html.shortened(voice.short_offices(shown), _OFFICES_LENGTH)
    return named if more <= 0 else f"{named} +{len(offices) - len(shown)}"


def _status(line: Listed, voice: Voice) -> str:
    """The status as symbol and word, where it says more than that the record is open."""
    if line.kind is Kind.MEASURE and line.status:
        return called.measure_status(Status(line.status), voice.say)
    if line.kind is Kind.INQUIRY and line.status and line.status != InquiryStatus.OPEN:
        return called.inquiry_status(InquiryStatus(line.status), voice.say)
    return ""


def _further(found: Listing, voice: Voice) -> str:
    """What reaches the office through the places above it, on pages that do not list it."""
    is_listed = any(line.through for line in found.lines)
    return _through(found, voice) if found.through.total and not is_listed else ""


def _through(found: Listing, voice: Voice) -> str:
    """By way of which places more reaches the office, and how much."""
    places = _ways(found, voice)
    named = voice.office(places[0]) if len(places) == 1 else voice.short_offices(places)
    return voice.say("Through {places}: {counts}", places=named, counts=called.counts(found.through, voice.say))


def _ways(found: Listing, voice: Voice) -> tuple[str, ...]:
    """The places that lead to the office: those of the lines where the page lists them all, else all above it."""
    listed = [line.through for line in found.lines if line.through]
    above = [code for office in found.query.offices for code in voice.offices.ancestors(office)]
    return tuple(dict.fromkeys(listed if len(listed) == found.through.total or not above else above))


def _undated(found: Listing, voice: Voice) -> str:
    """What is open without a date, and so in no period."""
    counts = called.counts(found.undated, voice.say)
    return voice.say("Without a due date: {counts}", counts=counts) if counts else ""


def _with_undated(found: Listing, voice: Voice) -> Button | None:
    """The same question whatever the date; deadlines without a date are found among what is open."""
    if not found.undated.total:
        return None
    dated = found.query.intent in {Intent.DEADLINES, Intent.OVERDUE}
    intent = Intent.OPEN if dated else found.query.intent
    asked = found.query.model_copy(update={"intent": intent, "period": None, "page": 0})
    return buttons.question(voice.say("Also without a due date"), asked)


def page_line(page: int, pages: int, voice: Voice) -> Html:
    if pages <= 1:
        return Html("")
    return html.italic(voice.say("Page {page} of {pages}", page=page + 1, pages=pages))


def _records(found: Listing) -> tuple[buttons.Row, ...]:
    """A button for each record listed; it remembers the page to come back to."""
    here = found.query.model_copy(update={"page": found.page})
    refs = dict.fromkeys(line.ref for line in found.lines)
    return buttons.flowing([buttons.detail(ref, ref, here) for ref in refs])


def _elsewhere(found: Listing, voice: Voice) -> buttons.Row:
    """Where to go on from an empty answer."""
    if found.lines:
        return ()
    return (buttons.command(voice.say("What is open?"), "open"), buttons.command(voice.say("Help"), "help"))


def pages(query: Query, page: int, count: int, voice: Voice) -> buttons.Row:
    """The way to the pages before and behind this one."""

    def to(text: str, page: int) -> Button | None:
        there = 0 <= page < count
        return buttons.question(text, query.model_copy(update={"page": page})) if there else None

    return buttons.row(to(voice.say("‹ Back"), page - 1), to(voice.say("Next ›"), page + 1))
