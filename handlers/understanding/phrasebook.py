"""The words of all languages as one book: what a phrase means."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from handlers.understanding.senses import SMALL, Choice, Role, Sense
from handlers.understanding.spelling import Spelling
from handlers.understanding.tokens import Said, split
from locales.words import Words, all_words
from registry.inquiries import InquiryStatus
from registry.measures import Status
from registry.queries import Intent, Kind, Query
from registry.timewords import TIME_WORDS

_GAP = "..."
_SMALL_ROLES = {
    "fillers": Role.FILLER,
    "asking": Role.ASKING,
    "courtesies": Role.COURTESY,
    "selves": Role.SELF,
    "to_selves": Role.TO_SELF,
    "alone": Role.ALONE,
    "prepositions": Role.PREPOSITION,
    "articles": Role.ARTICLE,
    "conjunctions": Role.CONJUNCTION,
    "negations": Role.NEGATION,
    "lookalikes": Role.UNKNOWN,
}
# A word two languages share ("am", "im", "no") is what governs the words after it before it is a mere filler.
_WEIGHTS = (
    Role.NEGATION,
    Role.UNKNOWN,
    Role.SELF,
    Role.TO_SELF,
    Role.PREPOSITION,
    Role.ARTICLE,
    Role.CONJUNCTION,
    Role.COURTESY,
    Role.ASKING,
    Role.FILLER,
    Role.ALONE,
)
_SETTLED = Sense(
    Role.DOUBT,
    choices=(
        Choice("", Query(statuses=(Status.FULLY,), kinds=(Kind.MEASURE,))),
        Choice("", Query(inquiry_statuses=(InquiryStatus.ANSWERED,), kinds=(Kind.INQUIRY,))),
    ),
)
_FILTERS = {
    "unrouted": Sense(Role.FILTER, Query(unrouted=True)),
    "is_new": Sense(Role.FILTER, Query(is_new=True)),
    "in_review": Sense(Role.FILTER, Query(in_review=True)),
    "changed": Sense(Role.CHANGED),
    "settled": _SETTLED,
    "all": Sense(Role.ALL),
    "count": Sense(Role.COUNT),
    "detail": Sense(Role.DETAIL),
}


class PhraseConflictError(ValueError):
    """A phrase is given two meanings, in one language or in two."""


class Phrase(NamedTuple):
    """Words in a row; after a gap may come the ``rest``."""

    words: tuple[str, ...]
    rest: tuple[str, ...]
    sense: Sense


class Match(NamedTuple):
    """A phrase found: the token it ends before, and from where to where its rest goes."""

    end: int
    sense: Sense
    rest: tuple[int, int] | None = None


class Phrasebook:
    def __init__(self, languages: Iterable[Words]) -> None:
        phrases = _phrases(languages := tuple(languages))
        self.time_words: Mapping[str, str] = {**TIME_WORDS, **_further_time_words(languages)}
        self._by_first: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in sorted(phrases, key=lambda phrase: -len(phrase.words) - len(phrase.rest)):
            self._by_first[phrase.words[0]].append(phrase)
        alone = {
            phrase.words[0]
            for phrase in phrases
            if len(phrase.words) == 1 and not phrase.rest and _is_content(phrase.sense)
        }
        known = {word for phrase in phrases for word in phrase.words + phrase.rest}
        done = {phrase.words[0] for phrase in phrases if _is_done(phrase.sense)} & alone
        self.spelling = Spelling(alone | self.time_words.keys(), known | self.time_words.keys(), done)

    def find(self, said: Said, at: int) -> Match | None:
        """The longest phrase that starts at a token."""
        return next(filter(None, (_match(phrase, said, at) for phrase in self._by_first.get(said.word(at), ()))), None)

    def is_small(self, word: str) -> bool:
        """Whether a word by itself carries no question of its own."""
        return any(phrase.words == (word,) and phrase.sense.role in SMALL for phrase in self._by_first.get(word, ()))

    def asks_something(self, word: str) -> bool:
        """Whether a word by itself has a meaning in a question, such as ``Fraktion`` or ``Programme``."""
        return any(phrase.words == (word,) and _is_content(phrase.sense) for phrase in self._by_first.get(word, ()))


@cache
def phrasebook() -> Phrasebook:
    return Phrasebook(all_words())


def _match(phrase: Phrase, said: Said, at: int) -> Match | None:
    end = at + len(phrase.words)
    if said.words(at, end) != phrase.words:
        return None
    if not phrase.rest:
        return Match(end, phrase.sense)
    starts = range(end + 1, len(said.tokens) - len(phrase.rest) + 1)
    rest = next((start for start in starts if said.words(start, start + len(phrase.rest)) == phrase.rest), None)
    return None if rest is None else Match(end, phrase.sense, (rest, rest + len(phrase.rest)))


def _phrases(languages: Iterable[Words]) -> tuple[Phrase, ...]:
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], Sense] = {}
    for language in languages:
        for (table, name), phrases in language.groups().items():
            for phrase in phrases:
                first, _, rest = phrase.partition(_GAP)
                words = (split(first).words(), split(rest).words())
                found[words] = _agreed(phrase, found.get(words), _sense(table, name))
    return tuple(Phrase(*words, sense) for words, sense in found.items())


def _agreed(phrase: str, one: Sense | None, other: Sense) -> Sense:
    """What a phrase means that is listed twice: the weightier of the two, which are not both words of a question."""
    if one is None or one == other:
        return other
    if _is_content(one) and _is_content(other):
        raise PhraseConflictError(f"“{phrase}” has two meanings: {one.role} and {other.role}")
    return min(one, other, key=_lightness)


def _lightness(sense: Sense) -> int:
    return 0 if _is_content(sense) else 1 + _WEIGHTS.index(sense.role)


def _is_content(sense: Sense) -> bool:
    return sense.role not in SMALL and sense.role not in (Role.UNKNOWN, Role.NEGATION, Role.ALONE)


def _is_done(sense: Sense) -> bool:
    """Whether it says what has happened to a record."""
    return sense.role in (Role.CHANGED, Role.DOUBT) or bool(sense.sets.statuses or sense.sets.inquiry_statuses)


def _sense(table: str, name: str) -> Sense:
    match table:
        case "intents":
            return Sense(Role.MINE) if name == Intent.MINE else Sense(Role.INTENT, Query(intent=Intent(name)))
        case "kinds":
            return Sense(Role.FILTER, Query(kinds=(Kind(name),)))
        case "undone":
            return Sense(Role.INTENT, Query(intent=Intent.OPEN, kinds=(Kind(name),)))
        case "statuses":
            return Sense(Role.FILTER, Query(statuses=(Status(name),)))
        case "inquiry_statuses":
            return Sense(Role.FILTER, Query(inquiry_statuses=(InquiryStatus(name),)))
        case "filters":
            return _FILTERS[name]
        case "nouns":
            return Sense(Role.NOUN, noun=name)
    return Sense(_SMALL_ROLES[name])


def _further_time_words(languages: Iterable[Words]) -> dict[str, str]:
    terms = (term for language in languages for term in language.time.items())
    return {split(word).words()[0]: term for term, words in terms for word in words}
