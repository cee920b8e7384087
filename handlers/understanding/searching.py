"""Full-text search: the words are taken as they are, but for an office or a kind named beside them."""

import re
from collections.abc import Sequence

from handlers.understanding.parts import merge
from handlers.understanding.senses import Role, Stretch
from handlers.understanding.tokens import Said
from registry.queries import Intent, Query

_QUOTED = re.compile(r"[\"„“”«»‚']([^\"„“”«»‚']{2,})[\"“”«»‘']")


def asks_to_search(stretch: Stretch) -> bool:
    return stretch.role is Role.INTENT and stretch.sense.sets.intent is Intent.SEARCH


def search(said: Said, stretches: Sequence[Stretch]) -> Query | None:
    """The search asked for, or None where there is nothing to search for."""
    others = [stretch for stretch in stretches if not asks_to_search(stretch)]
    quoted = _QUOTED.search(said.text)
    if quoted:
        others = [stretch for stretch in others if not quoted.start() < said.tokens[stretch.start].start < quoted.end()]
    beside = _beside(said, others)
    words = [quoted[1].strip()] if quoted else []
    words += _words(said, [stretch for stretch in others if stretch not in beside])
    if not words:
        words, beside = _words(said, others), []
    sets = (stretch.sense.sets for stretch in beside)
    return merge((*sets, Query(intent=Intent.SEARCH, words=" ".join(words)))) if words else None


def _words(said: Said, stretches: Sequence[Stretch]) -> list[str]:
    return [stretch.text(said) for stretch in stretches if not stretch.is_small]


def _beside(said: Said, others: Sequence[Stretch]) -> list[Stretch]:
    """Offices named by code or after a preposition (``im Jugendamt``), and a kind before one (``Fragen zu``)."""
    beside: list[Stretch] = []
    for at, stretch in enumerate(others):
        before = _role(others, at - 2 if _role(others, at - 1) is Role.ARTICLE else at - 1)
        has_digit = any(token.has_digit for token in said.tokens[stretch.start : stretch.end])
        if stretch.sense.sets.offices and (has_digit or before is Role.PREPOSITION):
            beside.append(stretch)
        opens = all(earlier.is_small for earlier in others[:at])
        if stretch.sense.sets.kinds and opens and _role(others, at + 1) is Role.PREPOSITION:
            beside.append(stretch)
    return beside


def _role(stretches: Sequence[Stretch], at: int) -> Role | None:
    return stretches[at].role if 0 <= at < len(stretches) else None
