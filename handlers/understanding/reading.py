"""A question cut into stretches, each with its meaning: the longest one that is known, from left to right."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from handlers.understanding.names import NameBook
from handlers.understanding.numbers import Found, find_module, find_numbered, find_reference, one_of
from handlers.understanding.phrasebook import Phrasebook
from handlers.understanding.senses import Choice, Role, Sense, Stretch
from handlers.understanding.times import find_time
from handlers.understanding.tokens import Said, split
from registry.folding import fold
from registry.offices import OfficeTree
from registry.queries import Period

MOST_UNKNOWN = 8
WIDEST_NEAR = 5

_RANGES = ("-", "–", "bis", "to", "through")


class Known(NamedTuple):
    """What a question is read by."""

    book: Phrasebook
    names: NameBook
    offices: OfficeTree
    own_offices: tuple[str, ...]
    today: date


def read(said: Said, known: Known) -> tuple[Stretch, ...]:
    """Every token in one stretch; what nothing is known about is a stretch of its own."""
    stretches = _read(said, known)
    corrected = _corrected(said, stretches, known)
    if corrected is not said:
        stretches = _read(corrected, known)
    return _with_near_names(said, _without_ranges(said, stretches), known)


def _read(said: Said, known: Known) -> tuple[Stretch, ...]:
    stretches: list[Stretch] = []
    later: dict[int, Stretch] = {}
    at = 0
    while at < len(said.tokens):
        if at in later:
            stretches.append(later[at])
        else:
            end, sense = _longest(said, at, known, later)
            stretches.append(Stretch(at, end, sense))
        at = stretches[-1].end
    return tuple(stretches)


def _longest(said: Said, at: int, known: Known, later: dict[int, Stretch]) -> Found:
    """What starts at a token. A phrase with a gap puts its rest into ``later``, and nothing reaches across that."""
    phrase = known.book.find(said, at)
    open_end = min((start for start in later if start > at), default=len(said.tokens))
    found = [(end, sense) for end, sense in _candidates(said, at, known) if end <= open_end]
    longest = max((end for end, _ in found), default=0)
    if phrase and phrase.end > longest:
        if phrase.rest:
            later[phrase.rest[0]] = Stretch(*phrase.rest, phrase.sense)
        return phrase.end, phrase.sense
    senses = [sense for end, sense in found if end == longest]
    return (longest, _settled(said, at, senses, known)) if senses else (at + 1, Sense(Role.UNKNOWN))


def _candidates(said: Said, at: int, known: Known) -> Iterator[Found]:
    numbered = find_reference(said, at) or find_numbered(said, at, known.book, known.names)
    named = known.names.find(said, at)
    if numbered:
        yield numbered
    if named and not _is_everyday_word(said, at, named.end, known):
        yield _module(said, named.choices, named.end, known) or (named.end, one_of(named.choices))
    time = find_time(said, at, known.today, known.book.time_words)
    if time:
        yield time


def _is_everyday_word(said: Said, at: int, end: int, known: Known) -> bool:
    """A name such as ``OB`` that is also a small word is a name only where it stands out in capitals."""
    in_capitals = said.text_of(at, end).isupper() and (len(said.tokens) == 1 or not said.text.isupper())
    return end == at + 1 and known.book.is_small(said.word(at)) and not in_capitals


def _module(said: Said, choices: tuple[Choice, ...], end: int, known: Known) -> Found | None:
    programme = choices[0].sets.programme if len(choices) == 1 else None
    return find_module(said, end, programme, known.book) if programme else None


def _settled(said: Said, at: int, senses: list[Sense], known: Known) -> Sense:
    """The one sense, or a doubt between a number and a time: ``Q1`` is an inquiry and a quarter, ``1.5.`` a day too."""
    first, last = senses[0], senses[-1]
    if last.role is not Role.TIME or not first.sets.model_fields_set & {"ref", "recommendation"}:
        return first
    pair = first.sets.recommendation
    if pair and not said.word(at).endswith(".") and pair[0] in known.names.fields:
        return first
    number = first.sets.ref or (".".join(map(str, pair)) if pair else said.text_of(at, at + 1))
    choices = (Choice(number, first.sets), Choice(_dates(last.sets.period), last.sets))
    return Sense(Role.DOUBT, choices=choices)


def _dates(period: Period | None) -> str:
    ends = (period.since, period.until) if period else ()
    return " – ".join(dict.fromkeys(f"{day:%d.%m.%Y}" for day in ends if day))


def _corrected(said: Said, stretches: tuple[Stretch, ...], known: Known) -> Said:
    """The same tokens with misspelt words put right, so far as they are unknown."""
    unknown = [stretch.start for stretch in stretches if stretch.role is Role.UNKNOWN][:MOST_UNKNOWN]
    right = {at: word for at in unknown if (word := known.book.spelling.correct(said.word(at)))}
    if not right:
        return said
    text, done = "", 0
    for at, word in right.items():
        text += said.text[done : said.tokens[at].start] + word
        done = said.tokens[at].end
    return split(text + said.text[done:])


def _without_ranges(said: Said, stretches: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """``A50 bis A53`` would leave out what lies between, so it is unknown as a whole."""
    found = list(stretches)
    offices = [stretch for stretch in stretches if stretch.sense.sets.offices]
    for first, last in pairwise(offices):
        if fold(said.between(first.end - 1, last.start)) in _RANGES:
            found = [stretch for stretch in found if not first.start <= stretch.start < last.end]
            found.append(Stretch(first.start, last.end, Sense(Role.UNKNOWN)))
    return tuple(sorted(found))


def _with_near_names(said: Said, stretches: tuple[Stretch, ...], known: Known) -> tuple[Stretch, ...]:
    """Unknown words that nearly are a name become a doubt, with the small words and nouns between them."""
    unknown = [stretch for stretch in stretches if stretch.role is Role.UNKNOWN][:MOST_UNKNOWN]
    found: list[Stretch] = []
    for stretch in unknown:
        if not found or stretch.start >= found[-1].end:
            near = _near(said, stretches, stretch, known)
            found += [near] if near else []
    kept = (s for s in stretches if not any(near.start <= s.start < near.end for near in found))
    return tuple(sorted((*kept, *found)))


def _near(said: Said, stretches: tuple[Stretch, ...], unknown: Stretch, known: Known) -> Stretch | None:
    """The widest run of words around an unknown one, itself not ending in small words, that nearly is a name."""
    solid = {stretch.start for stretch in stretches if stretch.role in (Role.UNKNOWN, Role.NOUN)}
    loose = solid | {stretch.start for stretch in stretches if stretch.is_small}
    for width in range(WIDEST_NEAR, unknown.end - unknown.start - 1, -1):
        for start in range(max(0, unknown.end - width), unknown.start + 1):
            tokens = range(start, min(start + width, len(said.tokens)))
            if solid.issuperset((tokens[0], tokens[-1])) and loose.issuperset(tokens):
                choices = known.names.near(said.words(tokens.start, tokens.stop))
                if choices:
                    return Stretch(tokens.start, tokens.stop, Sense(Role.DOUBT, choices=choices))
    return None
