"""The sentences that wish for a change, of all languages as one book."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from locales.words import all_words
from registry.folding import fold


class Sentence(NamedTuple):
    command: str
    steps: tuple[str, ...]
    is_stated: bool


class WishBook(NamedTuple):
    """``wishes`` by the first of their own words, so that a question meets few of them; ``replies`` in order."""

    wishes: Mapping[str, tuple[Sentence, ...]]
    replies: tuple[Sentence, ...]
    beginnings: tuple[tuple[str, ...], ...]
    skipped: frozenset[str]
    joining: frozenset[str]
    changing: frozenset[str]


@cache
def wish_book() -> WishBook:
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for words in all_words():
        for key, phrases in words.wishing_groups().items():
            groups[key] += [fold(phrase) for phrase in phrases]
    wishes: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in _sentences(groups, "wishes") + _stated(groups):
        first = next(step for step in sentence.steps if not step.startswith("{"))
        wishes[first].append(sentence)
    return WishBook(
        wishes={word: tuple(sentences) for word, sentences in wishes.items()},
        replies=tuple(_sentences(groups, "replies")),
        beginnings=tuple(tuple(one.split()) for one in groups["wishing", "beginnings"]),
        skipped=frozenset(groups["wishing", "skipped"]),
        joining=frozenset(groups["wishing", "joining"]),
        changing=frozenset(groups["wishing", "changing"]),
    )


def _sentences(groups: Mapping[tuple[str, str], Sequence[str]], table: str) -> list[Sentence]:
    named = ((name, phrase) for (of, name), phrases in groups.items() if of == table for phrase in phrases)
    return [Sentence(name, tuple(phrase.split()), is_stated=False) for name, phrase in named]


def _stated(groups: Mapping[tuple[str, str], Sequence[str]]) -> list[Sentence]:
    return [Sentence("status", tuple(phrase.split()), is_stated=True) for phrase in groups["wishing", "stated"]]
