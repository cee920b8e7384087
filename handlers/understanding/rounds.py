"""What somebody wants of an evaluation round, and the days they name."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from registry.folding import fold, tidy
from registry.periods import read_due, read_period
from registry.workdays import Workdays


class RoundAct(StrEnum):
    SHOW = "show"
    OPEN = "open"
    NEXT = "next"
    OWED = "owed"
    CLOSE = "close"
    REOPEN = "reopen"
    COMPARE = "compare"


_ACTS = {
    RoundAct.SHOW: ("show", "progress", "zeige", "zeigen", "uebersicht", "fortschritt"),
    RoundAct.OPEN: ("open", "start", "eroeffne", "eroeffnen", "oeffne", "oeffnen", "starte", "starten"),
    RoundAct.NEXT: ("next", "report", "naechste", "weiter", "melde", "melden"),
    RoundAct.OWED: ("owed", "owing", "missing", "fehlt", "fehlend", "fehlende"),
    RoundAct.CLOSE: ("close", "end", "schliesse", "schliessen", "abschliessen", "beende", "beenden"),
    RoundAct.REOPEN: ("reopen", "wiedereroeffnen", "wiedereroeffne"),
    RoundAct.COMPARE: ("compare", "vergleich", "vergleiche", "vergleichen"),
}
_NAMED = {word: act for act, words in _ACTS.items() for word in words}
_DUE = re.compile(r"\b(?:due|until|by|bis|fällig|faellig|frist)\b[ :]*", re.IGNORECASE)
_AS_OF = re.compile(r"^(?:as of|zum|stand|per)\b[ :]*", re.IGNORECASE)
_PAGE = re.compile(r" #(?P<page>\d{1,3})$")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


def read_act(words: str) -> tuple[RoundAct | None, str]:
    """The act that words begin with, and the words after it; of none, all of them."""
    first, _, rest = words.strip().partition(" ")
    act = _NAMED.get(fold(first))
    return (act, rest.strip()) if act else (None, words.strip())


class Opening(NamedTuple):
    """What is said of a round to be opened; ``left`` are words that are none of it."""

    concept: str | None
    as_of: date | None
    due_on: date | None
    left: str = ""


def read_opening(words: str, concepts: Iterable[str], today: date, workdays: Workdays) -> Opening:
    """``Integrationskonzept 30.06.2026 due 15.08.2026``, in any order but the due date last."""
    concept, rest = read_concept(words, concepts)
    said, *until = _DUE.split(rest, maxsplit=1)
    said, ending = tidy(said), tidy(until[0]) if until else ""
    as_of = read_as_of(said, today) if said else None
    due_on = read_due(ending, today, workdays) if ending else None
    left = (said if as_of is None else "", ending if due_on is None else "")
    return Opening(concept, as_of, due_on, " ".join(filter(None, left)))


class Reopening(NamedTuple):
    """The words that name a round, and by when offices may report in it; ``left`` is no date."""

    words: str
    due_on: date | None = None
    left: str = ""


def read_reopening(words: str, today: date, workdays: Workdays) -> Reopening:
    """``30.06.2026 due 15.09.2026``"""
    named, *until = _DUE.split(words, maxsplit=1)
    ending = tidy(until[0]) if until else ""
    due_on = read_due(ending, today, workdays) if ending else None
    return Reopening(tidy(named), due_on, "" if due_on else ending)


def read_as_of(words: str, today: date) -> date | None:
    """The day a round looks at. Without a year it lies behind: people ask how things stood."""
    said = _AS_OF.sub("", words.strip())
    period = read_period(said, today)
    if period is None or period.until is None:
        return None
    if period.until > today and period.since == period.until:
        before = read_period(f"since {said}", today)
        return before.since if before and before.since else period.until
    return period.until


def read_concept(words: str, concepts: Iterable[str]) -> tuple[str | None, str]:
    """The concept that is named, the longest of several, and the words around its name."""
    for concept in sorted(concepts, key=len, reverse=True):
        found = re.search(rf"(?<!\w){re.escape(concept)}(?!\w)", words, re.IGNORECASE)
        if found:
            return concept, tidy(f"{words[: found.start()]} {words[found.end() :]}")
    return None, words


def read_days(words: str) -> tuple[date, ...]:
    """The days in ISO form that a button carries."""
    return tuple(day for found in _ISO.findall(words) if (day := _day(found)))


def read_page(words: str) -> int:
    found = _PAGE.search(words)
    return int(found["page"]) if found else 0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
