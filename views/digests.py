"""Digests: a line that announces one, and what is written into it, in as many messages as it takes."""

from collections.abc import Iterator, Sequence

from locales.phrases import Plural, Term, phrase, plural, term
from registry.desk import Listed, OfficeCount
from registry.digests import Bulletin, Contents, Digest, Items, Section
from registry.queries import Intent, Kind, Names, is_known
from views import buttons, digest_pages, html, times
from views import names as called
from views.desk import item, more
from views.digest_pages import Block
from views.filters import filters, scope
from views.html import Html
from views.message import Message
from views.voice import Voice

_SECTIONS: dict[Section, tuple[str, Term, Plural]] = {
    Section.OVERDUE: ("⚠", term("section", "Overdue"), plural("{n} overdue", "{n} overdue")),
    Section.THIS_WEEK: ("⏰", term("section", "Due this week"), plural("{n} due this week", "{n} due this week")),
    Section.AHEAD: (
        "📅",
        term("section", "Due in the next {days} days"),
        plural("{n} due in the next {days} days", "{n} due in the next {days} days"),
    ),
    Section.NEW: ("✚", term("section", "New since {day}"), plural("{n} new", "{n} new")),
    Section.CHANGED: ("✎", term("section", "Changed since {day}"), plural("{n} changed", "{n} changed")),
    Section.IN_REVIEW: ("🔎", term("section", "Waiting for review"), plural("{n} to review", "{n} to review")),
    Section.QUIET: (
        "💤",
        term("section", "No report for half a year"),
        plural("{n} without a report for half a year", "{n} without a report for half a year"),
    ),
    Section.SETTLED: ("✓", term("section", "Settled since {day}"), plural("{n} settled", "{n} settled")),
}
_URGENT = (Section.OVERDUE, Section.THIS_WEEK)
_PARTS_TOLD = 2
_OFFICES_NAMED = 8
_OPENERS = 6
_REPLIES = {
    Kind.MEASURE: phrase("To report, reply “{n} partly: …” to this message. A number alone opens its item."),
    Kind.INQUIRY: phrase("To contribute, reply “{n}: …” to this message. A number alone opens its item."),
}
_OPENS = phrase("Reply with a number, such as {n}, to open its item.")


def announcement(digest: Digest, found: Contents, known: Names, voice: Voice) -> Message:
    """The line that comes first, and makes the sound. It names no record."""
    return Message(html=_headline(digest, found, known, voice), label=found.label, silent=digest.is_silent)


def texts(digest: Digest, bulletin: Bulletin, found: Contents, known: Names, voice: Voice) -> tuple[Message, ...]:
    """Everything a digest says; its items are numbered throughout, and a reply to one acts on it."""
    heading = html.lines(_headline(digest, found, known, voice), _only(digest, known, voice), _late(bulletin, voice))
    blocks = [*_sections(digest, found, voice), *_standing(digest, found, voice)]
    pages = digest_pages.pages(heading, blocks)
    last = len(pages) - 1
    return tuple(
        Message(
            html=html.paragraphs("" if at else heading, *digest_pages.folded(page), _how_to(page, voice)),
            refs=digest_pages.refs(page),
            label=found.label,
            buttons=buttons.rows(*_openers(page, digest), *(_everything(digest, voice) if at == last else ())),
            silent=digest.is_silent,
        )
        for at, page in enumerate(pages)
    )


def continued(voice: Voice) -> Message:
    """The line that announces a further message of the same digest, which makes no sound."""
    return Message(html=html.italic(voice.say("continued")), silent=True)


def _headline(digest: Digest, found: Contents, known: Names, voice: Voice) -> Html:
    return html.fill(
        voice.say("{scope} · {day}: {told}"),
        scope=html.bold(_whose(digest, known, voice)),
        day=voice.say.date(found.today),
        told=" · ".join(_told(digest, found, voice)),
    )


def _whose(digest: Digest, known: Names, voice: Voice) -> str:
    """Names of concepts and the like are told only where they are known: they may have become non-public."""
    if not is_known(digest.scope, known):
        return html.capitalized(voice.say("something that is not shown here"))
    return scope(digest.scope, known, voice) or voice.say("Overall")


def _told(digest: Digest, found: Contents, voice: Voice) -> tuple[str, ...]:
    """What is urgent, or else what there is besides."""
    urgent = [items for items in found.items if items.section in _URGENT]
    told = urgent or found.items[:_PARTS_TOLD]
    counted = (voice.say.plural(*_SECTIONS[one.section][2], one.total, days=digest.horizon) for one in told)
    return tuple(counted) or (voice.say("nothing to report"),)


def _only(digest: Digest, known: Names, voice: Voice) -> Html:
    labels = [one.label for one in filters(digest.scope, known, voice) if not one.is_scope]
    return html.italic(voice.say("Only: {filters}", filters=" · ".join(labels))) if labels else Html("")


def _late(bulletin: Bulletin, voice: Voice) -> Html:
    if not bulletin.is_late:
        return Html("")
    return html.italic(voice.say("Caught up: it was to come on {when}.", when=times.moment(bulletin.due_at, voice)))


def _sections(digest: Digest, found: Contents, voice: Voice) -> Iterator[Block]:
    first = 1
    for items in found.items:
        lines = [_numbered(number, line, digest, voice) for number, line in enumerate(_shown(items), first)]
        further = more(items.total - len(lines), voice)
        heading = html.bold(_section(items, digest, found, voice))
        yield Block(heading, (*lines, *((Html(further),) if further else ())), items.lines, first)
        first += len(lines)


def _shown(items: Items) -> tuple[Listed, ...]:
    """Of what is settled nobody asks until when it was to be."""
    if items.section is not Section.SETTLED:
        return items.lines
    return tuple(line.model_copy(update={"due_on": None}) for line in items.lines)


def _numbered(number: int, line: Listed, digest: Digest, voice: Voice) -> Html:
    return html.join(" ", (f"{number}.", item(line, voice, asked=digest.scope.offices)))


def _section(items: Items, digest: Digest, found: Contents, voice: Voice) -> str:
    symbol, heading, _ = _SECTIONS[items.section]
    day = voice.say.date(found.since) if found.since else ""
    return f"{symbol} {voice.say.of(*heading, days=digest.horizon, day=day)}: {voice.say.number(items.total)}"


def _standing(digest: Digest, found: Contents, voice: Voice) -> Iterator[Block]:
    """How much is open in all, at which offices, and what reaches the scope by way of places above it."""
    say = voice.say
    if found.is_empty or not found.open.total + found.through.total:
        return
    counted = [f"{voice.short_office(one.office)} {say.number(_work(one))}" for one in found.by_office]
    further = more(len(counted) - _OFFICES_NAMED, voice)
    offices = " · ".join((*counted[:_OFFICES_NAMED], *((further,) if further else ())))
    above = [code for office in digest.scope.offices for code in voice.offices.ancestors(office)]
    through = called.counts(found.through, say)
    lines = (
        html.html(offices) if len(counted) > 1 else "",
        say("Through {places}: {counts}", places=voice.short_offices(dict.fromkeys(above)), counts=through)
        if through
        else "",
    )
    heading = html.bold(say("Open: {counts}", counts=called.counts(found.open, say) or say.number(0)))
    yield Block(heading, tuple(html.html(line) for line in lines if line))


def _work(office: OfficeCount) -> int:
    return office.inquiries + office.measures + office.mandates


def _how_to(page: Sequence[Block], voice: Voice) -> Html:
    """How to act on an item, said of one for which that is true."""
    numbered = digest_pages.numbered(page)
    if not numbered:
        return Html("")
    acted_on = ((_REPLIES[line.kind], number) for number, line in numbered if line.is_open and line.kind in _REPLIES)
    words, example = next(acted_on, (_OPENS, numbered[0][0]))
    return html.italic(voice.say(words, n=example))


def _openers(page: Sequence[Block], digest: Digest) -> tuple[buttons.Row, ...]:
    """A button for each of the first items; one of several parts of a record opens it."""
    numbers: dict[str, int] = {}
    for number, line in digest_pages.numbered(page):
        numbers.setdefault(line.ref, number)
    first = list(numbers.items())[:_OPENERS]
    opening = (buttons.detail(f"{number} · {ref}", ref, digest.scope) for ref, number in first)
    return buttons.flowing([buttons.below(one) for one in opening])


def _everything(digest: Digest, voice: Voice) -> tuple[buttons.Row, ...]:
    asked = digest.scope.model_copy(update={"intent": Intent.OPEN})
    return (buttons.row(buttons.below(buttons.question(voice.say("Everything open"), asked))),)
