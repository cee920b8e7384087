"""Where a scope stands, in eight lines; fields and offices folded below."""

from collections.abc import Iterator, Mapping

from registry.desk import Summary
from registry.inquiries import SETTLED_STATUSES
from registry.measures import Status
from registry.queries import Intent, Names
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


def summary(stand: Summary, known: Names, voice: Voice) -> Message:
    asked = stand.query.model_copy(update={"intent": Intent.OPEN})
    overdue = asked.model_copy(update={"intent": Intent.OVERDUE})
    due = (stand.next_due,) if stand.next_due else ()
    return Message(
        html=html.paragraphs(
            html.lines(_headline(stand, known, voice), *_shares(stand, voice)),
            html.lines(*_work(stand, voice)),
            _folded(stand, known, voice),
            withheld(stand.withheld, voice),
        ),
        buttons=buttons.rows(
            buttons.row(
                buttons.question(voice.say("What is open?"), asked), buttons.question(voice.say("Overdue"), overdue)
            ),
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


def _work(stand: Summary, voice: Voice) -> Iterator[str]:
    say, total = voice.say, sum(stand.inquiries.values())
    if total:
        left = sum(n for status, n in stand.inquiries.items() if status not in SETTLED_STATUSES)
        yield say("Inquiries: {open} of {total} open", open=say.number(left), total=say.number(total))
    owed = stand.contributions_pending + stand.contributions_delivered
    if owed:
        there = say.number(stand.contributions_delivered)
        yield say("Contributions: {there} of {total} delivered", there=there, total=say.number(owed))
    yield say("Overdue: {n}", n=say.number(stand.overdue))
    unsettled = (*stand.unclear, *stand.unrouted)
    if unsettled:
        yield say("To be settled: {refs}", refs=_some(unsettled, voice))
    if stand.next_due:
        yield html.fill(say("Next: {item}"), item=item(stand.next_due, voice))


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
