"""Where a scope stands, in eight lines; fields and offices folded below."""

from collections.abc import Iterator, Mapping, Sequence

from registry.desk import Summary
from registry.inquiries import SETTLED_STATUSES
from registry.measures import Status
from registry.queries import Intent, Kind, Names, Query
from views import buttons, html
from views import names as called
from views.desk import chips, item, withheld
from views.filters import field, scope
from views.html import Html
from views.message import Message
from views.owing import office_lines
from views.voice import Voice

_BAR = 12
_SHORT_BAR = 8
_NAMED = 5
_MOST_FIELDS = 20


def summary(stand: Summary, known: Names, voice: Voice, *, for_coordination: bool = False) -> Message:
    """``for_coordination`` names what coordination has to do itself, in as many lines."""
    asked = stand.query.model_copy(update={"intent": Intent.OPEN})
    overdue = asked.model_copy(update={"intent": Intent.OVERDUE})
    due = (stand.next_due,) if stand.next_due else ()
    return Message(
        html=html.paragraphs(
            html.lines(_headline(stand, known, voice), *_shares(stand, voice)),
            html.lines(*(_coordination(stand, voice) if for_coordination else _work(stand, voice))),
            _folded(stand, known, voice),
            withheld(stand.withheld, voice),
        ),
        buttons=buttons.rows(
            buttons.row(
                buttons.question(voice.say("What is open?"), asked), buttons.question(voice.say("Overdue"), overdue)
            ),
            _to_coordinate(stand, asked, voice) if for_coordination else (),
            *chips(stand.query, known, voice),
        ),
        label=stand.label,
        refs=tuple(line.ref for line in due),
    )


def bar(counts: Mapping[Status, int], length: int = _BAR) -> str:
    """The shares as a row of symbols; whatever there is any of gets at least one."""
    total = sum(counts.values())
    symbols = ((called.MEASURE_STATUS[status][0], n) for status, n in _in_order(counts))
    return "".join(symbol * max(1, round(length * n / total)) for symbol, n in symbols)


def _done(counts: Mapping[Status, int]) -> str:
    """How many of them are fully implemented: ``2/4``."""
    return f"{counts.get(Status.FULLY, 0)}/{sum(counts.values())}"


def _in_order(counts: Mapping[Status, int]) -> Iterator[tuple[Status, int]]:
    return ((status, counts[status]) for status in Status if counts.get(status))


def _headline(stand: Summary, known: Names, voice: Voice) -> Html:
    say, total = voice.say, sum(stand.measures.values())
    whose = html.bold(scope(stand.query, known, voice) or say("Overall"))
    if not total:
        return html.fill(say("{scope}: no measures"), scope=whose)
    done = say.number(stand.measures.get(Status.FULLY, 0))
    said = say.plural(
        "{done} of {n} measure fully implemented", "{done} of {n} measures fully implemented", total, done=done
    )
    as_of = say("as of {day}", day=say.short_date(stand.as_of)) if stand.as_of else ""
    return html.join(" · ", (html.fill(say("{scope}: {what}"), scope=whose, what=said), as_of))


def _shares(stand: Summary, voice: Voice) -> Iterator[str]:
    say = voice.say
    named = ((*called.MEASURE_STATUS[status], n) for status, n in _in_order(stand.measures))
    statuses = [f"{symbol} {say.number(n)} {say.of(*word)}" for symbol, word, n in named]
    stubs = [say("only referred to: {refs}", refs=_some(stand.stubs, voice))] if stand.stubs else []
    yield bar(stand.measures)
    yield " · ".join((*statuses, *stubs))


def _progress(stand: Summary, voice: Voice) -> Iterator[str]:
    say, total = voice.say, sum(stand.inquiries.values())
    if total:
        left = sum(n for status, n in stand.inquiries.items() if status not in SETTLED_STATUSES)
        yield say("Inquiries: {open} of {total} open", open=say.number(left), total=say.number(total))
    owed = stand.contributions_pending + stand.contributions_delivered
    if owed:
        there = say.number(stand.contributions_delivered)
        yield say("Contributions: {there} of {total} delivered", there=there, total=say.number(owed))


def _work(stand: Summary, voice: Voice) -> Iterator[str]:
    say = voice.say
    yield from _progress(stand, voice)
    yield say("Overdue: {n}", n=say.number(stand.overdue))
    unsettled = (*stand.unclear, *stand.unrouted)
    if unsettled:
        yield say("To be settled: {refs}", refs=_some(unsettled, voice))
    if stand.next_due:
        yield html.fill(say("Next: {item}"), item=item(stand.next_due, voice))


def _coordination(stand: Summary, voice: Voice) -> Iterator[str]:
    """What waits for coordination, what for the offices, and for which of them."""
    say, by_office = voice.say, stand.by_office
    unrouted = tuple(ref for ref in stand.unrouted if ref not in stand.handed_back)
    yield " · ".join(_progress(stand, voice))
    waiting = (
        say("No office: {refs}", refs=_some(unrouted, voice)) if unrouted else "",
        say("Handed back: {refs}", refs=_some(stand.handed_back, voice)) if stand.handed_back else "",
        say("Unclear: {refs}", refs=_some(stand.unclear, voice)) if stand.unclear else "",
    )
    yield html.join(" · ", waiting)
    overdue = _per_office([(one.office, one.overdue) for one in by_office], voice, rest=stand.overdue_unnamed)
    yield html.join(" · ", (say("Overdue: {n}", n=say.number(stand.overdue)), overdue))
    if stand.in_review:
        reviews = _per_office([(one.office, one.in_review) for one in by_office], voice)
        yield html.join(" · ", (say("Waiting for review: {refs}", refs=_some(stand.in_review, voice)), reviews))
    if stand.next_due:
        yield html.fill(say("Next: {item}"), item=item(stand.next_due, voice))


def _per_office(counts: Sequence[tuple[str, int]], voice: Voice, *, rest: int = 0) -> str:
    """``A50 3, A51 2``: the offices with most of it; ``rest`` is what waits for none."""
    most = sorted((one for one in counts if one[1]), key=lambda one: -one[1])
    named = [f"{voice.short_office(office)} {voice.say.number(n)}" for office, n in most[:_NAMED]]
    unnamed = [voice.say("no office {n}", n=voice.say.number(rest))] if rest else []
    return ", ".join((*named, *(["…"] if len(most) > _NAMED else []), *unnamed))


def _to_coordinate(stand: Summary, asked: Query, voice: Voice) -> buttons.Row:
    unrouted = asked.model_copy(update={"unrouted": True, "kinds": (Kind.INQUIRY,)})
    in_review = asked.model_copy(update={"in_review": True, "kinds": (Kind.INQUIRY,)})
    return buttons.row(
        buttons.question(voice.say("No office"), unrouted) if stand.unrouted else None,
        buttons.question(voice.say("To review"), in_review) if stand.in_review else None,
    )


def _some(refs: tuple[str, ...], voice: Voice) -> str:
    named, more = ", ".join(refs[:_NAMED]), len(refs) - _NAMED
    return voice.say("{refs} and {n} more", refs=named, n=more) if more > 0 else named


def _folded(stand: Summary, known: Names, voice: Voice) -> Html:
    """Field by field and office by office, where there is more than one of them."""
    fields = [
        html.join(" ", (field(number, known, voice), bar(counts, _SHORT_BAR), _done(counts)))
        for number, counts in sorted(stand.by_field.items())[:_MOST_FIELDS]
    ]
    offices = office_lines(stand.by_office, voice) if len(stand.by_office) > 1 else []
    told = html.paragraphs(html.lines(*fields) if len(fields) > 1 else "", html.lines(*offices))
    return html.quote(told, folded=True) if told else Html("")
