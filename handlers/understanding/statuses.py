"""The status that a report names, in either language, and the words that come after it."""

import re
from functools import cache

from locales.words import all_words
from registry.folding import fold
from registry.measures import Status

_LONGEST = 4  # words in the name of a status
_MARKS = ".,;:–-"


@cache
def _statuses() -> dict[str, Status]:
    return {
        fold(phrase): Status(name)
        for words in all_words()
        for name, phrases in words.reported_statuses().items()
        for phrase in phrases
    }


@cache
def _loosely_said() -> frozenset[str]:
    """Short words that mean a status only where nothing but one can be meant: ``offen`` is many a question."""
    return frozenset(fold(short) for words in all_words() for short in words.reported.not_implemented)


def is_plainly_said(words: str) -> bool:
    """Whether words that name a status do so in any sentence."""
    return fold(words).strip(_MARKS + " ") not in _loosely_said()


def read_status(words: str) -> tuple[Status | None, str]:
    """``teilweise umgesetzt: Plätze reserviert`` is partly implemented, with the text after the mark."""
    starts = [found.span() for found in re.finditer(r"\S+", words)]
    for _, end in reversed(starts[:_LONGEST]):
        named = fold(words[:end]).strip(_MARKS + " ")
        if status := _statuses().get(named):
            return status, words[end:].lstrip(_MARKS + " \t\n").rstrip()
    return None, words
