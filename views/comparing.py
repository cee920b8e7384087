"""Two evaluation rounds side by side: what moved, what only seems to be reported, what came and what went."""

from collections.abc import Iterator, Sequence

from locales.phrases import plural, term
from registry.queries import Intent, Query
from registry.rounds import Comparison, EvaluationRound, Reported
from registry.visibility import label_of
from views import buttons, html
from views import names as called
from views.html import Html
from views.message import Message
from views.rounds import address
from views.voice import Voice

PAGE_SIZE = 5
_TITLE_LENGTH = 50

_COUNTED = (
    ("moved", plural("{n} moved", "{n} moved")),
    ("stayed", plural("{n} stayed as it was", "{n} stayed as they were")),
    ("copied", plural("{n} with the same text", "{n} with the same text")),
    ("new", plural("{n} new", "{n} new")),
    ("renumbered", plural("{n} renumbered", "{n} renumbered")),
    ("silent", plural("{n} not reported", "{n} not reported")),
    ("gone", plural("{n} no longer in it", "{n} no longer in it")),
)
_CAPTIONS = {
    "moved": term("comparison", "Moved"),
    "renumbered": term("comparison", "Renumbered"),
    "new": term("comparison", "New"),
    "silent": term("comparison", "Not reported"),
    "gone": term("comparison", "No longer in it"),
    "copied": term("comparison", "Same text as before"),
}


def comparison(
    earlier: EvaluationRound, later: EvaluationRound, compared: Comparison, page: int, voice: Voice
) -> Message:
    say, entries = voice.say, list(_entries(compared))
    pages = max(1, -(-len(entries) // PAGE_SIZE))
    page = max(0, min(page, pages - 1))
    shown = entries[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    days = {"earlier": say.short_date(earlier.as_of), "later": say.short_date(later.as_of)}
    return Message(
        html=html.paragraphs(
            html.lines(
                html.bold(say("From {earlier} to {later}: {concept}", concept=later.concept, **days)),
                _counts(compared, voice),
            ),
            html.lines(*_lines(shown, voice)),
            html.italic(say("Page {page} of {pages}", page=page + 1, pages=pages)) if pages > 1 else Html(""),
        ),
        buttons=buttons.rows(
            *buttons.flowing(
                [buttons.question(number, Query(intent=Intent.SHOW, ref=number)) for number in _numbers(shown)]
            ),
            _turning(earlier, later, page, pages, voice),
            buttons.row(buttons.command(say("Progress"), "round", f"show {address(later)}")),
        ),
        label=label_of(one.visibility for pair in _all(compared) for one in pair),
        refs=_numbers(shown),
    )


Entry = tuple[str, tuple[Reported, ...]]


def _entries(compared: Comparison) -> Iterator[Entry]:
    for kind in _CAPTIONS:
        for one in getattr(compared, kind):
            yield kind, (one,) if isinstance(one, Reported) else tuple(one)


def _all(compared: Comparison) -> Iterator[tuple[Reported, ...]]:
    yield from (reports for _, reports in _entries(compared))
    yield from (tuple(pair) for pair in compared.stayed)


def _counts(compared: Comparison, voice: Voice) -> str:
    counted = ((words, len(getattr(compared, kind))) for kind, words in _COUNTED)
    return " · ".join(voice.say.plural(*words, n) for words, n in counted if n)


def _lines(shown: Sequence[Entry], voice: Voice) -> Iterator[Html]:
    caption = ""
    for kind, reports in shown:
        if kind != caption:
            yield html.bold(voice.say.of(*_CAPTIONS[kind]))
        caption = kind
        yield _line(kind, reports, voice)


def _line(kind: str, reports: Sequence[Reported], voice: Voice) -> Html:
    last, say = reports[-1], voice.say
    title = html.shortened(voice.title(last.title, last.title_en), _TITLE_LENGTH)
    states = [called.measure_status(one.status, say) for one in reports]
    if kind == "renumbered":
        return html.join(" · ", (" → ".join(one.number for one in reports), title))
    told = states[-1] if kind == "copied" else " → ".join(states)
    return html.join(" · ", (last.number, title, told))


def _numbers(shown: Sequence[Entry]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reports[-1].number for _, reports in shown))


def _turning(earlier: EvaluationRound, later: EvaluationRound, page: int, pages: int, voice: Voice) -> buttons.Row:
    words = f"compare {earlier.as_of.isoformat()} {address(later)}"
    before = buttons.command(voice.say("‹ Back"), "round", f"{words} #{page - 1}") if page else None
    after = buttons.command(voice.say("Next ›"), "round", f"{words} #{page + 1}") if page + 1 < pages else None
    return buttons.row(before, after)
