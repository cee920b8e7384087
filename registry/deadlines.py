"""Deadlines as offices write them: a date, a rhythm, or words that stay words."""

import re
from datetime import date
from enum import StrEnum

from registry.days import Span, Unit, edge, later, read_part
from registry.folding import fold, tidy
from registry.records import Record
from registry.timewords import terms

LONGEST = 120
MONTHS_UNTIL_REVIEW = 6


class DeadlineKind(StrEnum):
    DATED = "dated"
    ONGOING = "ongoing"
    RECURRING = "recurring"
    NONE = "none"
    UNREAD = "unread"


class Deadline(Record):
    """The original words beside what was understood of them.

    ``due_on`` is the last day (the city's local date) of a dated deadline; ``times_a_year`` belongs to a
    recurring one, ``if_needed`` to one that holds only where there is need.
    """

    text: str = ""
    kind: DeadlineKind = DeadlineKind.NONE
    due_on: date | None = None
    times_a_year: int | None = None
    if_needed: bool = False


_NO_DEADLINE = frozenset(
    {"", "-", "--", "/", "keine", "keine frist", "ohne", "none", "no deadline", "entfaellt", "n/a"}
)
_IF_NEEDED = re.compile(r"\W*\b(?:(?:bei|je nach|nach) bedarf|(?:if|as|when) (?:needed|required|necessary))\b\W*")
_ONGOING = re.compile(
    r"(?:(?:fort)?laufend|stetig|staendig|dauerhaft|dauernd|kontinuierlich|permanent|ongoing|continuous(?:ly)?|"
    r"permanently)(?:e|er)?(?: (?:aufgabe|task))?|daueraufgabe"
)
_RHYTHMS = {
    "jaehrlich": 1,
    "alljaehrlich": 1,
    "yearly": 1,
    "annual": 1,
    "annually": 1,
    "every year": 1,
    "halbjaehrlich": 2,
    "half-yearly": 2,
    "half yearly": 2,
    "semi-annually": 2,
    "vierteljaehrlich": 4,
    "quartalsweise": 4,
    "quarterly": 4,
    "every quarter": 4,
    "monatlich": 12,
    "monthly": 12,
    "every month": 12,
    "woechentlich": 52,
    "weekly": 52,
    "every week": 52,
    "regelmaessig": None,
    "regularly": None,
    "jedes jahr": 1,
    "jedes halbjahr": 2,
    "jedes quartal": 4,
    "jeden monat": 12,
    "jede woche": 52,
    "alle 6 monate": 2,
    "alle 3 monate": 4,
    "alle 2 jahre": None,
    "alle zwei jahre": None,
    "every 6 months": 2,
    "every 3 months": 4,
    "every 2 years": None,
    "every two years": None,
}
_TIMES_WORDS = {
    "einmal": "1 x",
    "zweimal": "2 x",
    "dreimal": "3 x",
    "viermal": "4 x",
    "once": "1 x",
    "twice": "2 x",
    "thrice": "3 x",
}
_TIMES = re.compile(
    r"(?P<times>[1-9]\d?) ?(?:x|mal|times) ?"
    r"(?:jaehrlich|yearly|annually|(?:im|pro|je|a|per|each|every|/) ?(?:jahr|year))"
)
_DATED = re.compile(r"(?:(?:until )+|in )?(?:(?P<edge>end|middle|start) )?(?P<part>.+)")
_RANGE = re.compile(r"(?:from )?(?P<first>[^-]+?|\d{4} - \d\d - \d\d) (?:-|until) (?P<last>.+)")


def read_deadline(text: str) -> Deadline:
    """What the words of a deadline say; words that are not understood stay as written and are never guessed at."""
    words = tidy(text)
    if len(words) > LONGEST:
        return Deadline(text=words, kind=DeadlineKind.UNREAD)
    folded = fold(words).strip(" .;,:").replace("–", "-")
    core = _IF_NEEDED.sub("", folded).strip()
    if_needed = core != folded
    if not if_needed and core in _NO_DEADLINE:
        return Deadline(text=words)
    if _ONGOING.fullmatch(core) or not core:
        return Deadline(text=words, kind=DeadlineKind.ONGOING, if_needed=if_needed)
    if _is_recurring(core):
        times = _times_a_year(core)
        return Deadline(text=words, kind=DeadlineKind.RECURRING, times_a_year=times, if_needed=if_needed)
    due_on = None if if_needed else _due_on(words)
    kind = DeadlineKind.UNREAD if due_on is None else DeadlineKind.DATED
    return Deadline(text=words, kind=kind, due_on=due_on)


def review_on(deadline: Deadline, last_report: date | None) -> date | None:
    """When a deadline without a date is looked at again: six months after the last report on it."""
    if last_report is None or deadline.kind not in (DeadlineKind.ONGOING, DeadlineKind.RECURRING):
        return None
    return later(last_report, MONTHS_UNTIL_REVIEW, Unit.MONTH)


def _spelled_out(core: str) -> str:
    return " ".join(_TIMES_WORDS.get(word, word) for word in core.split())


def _is_recurring(core: str) -> bool:
    return core in _RHYTHMS or _TIMES.fullmatch(_spelled_out(core)) is not None


def _times_a_year(core: str) -> int | None:
    times = _TIMES.fullmatch(_spelled_out(core))
    return int(times["times"]) if times else _RHYTHMS.get(core)


def _due_on(words: str) -> date | None:
    written = terms(words)
    last_day = _last_day(written)
    if last_day:
        return last_day
    span = _RANGE.fullmatch(written)
    first, last = (_last_day(span["first"]), _last_day(span["last"])) if span else (None, None)
    return last if first and last and first < last else None


def _last_day(written: str) -> date | None:
    found = _DATED.fullmatch(written)
    part = read_part(found["part"]) if found else None
    span: Span | None = part.span if part else None
    if not found or not part or not span:
        return None
    return edge(found["edge"], part.unit, span) if found["edge"] else span.last
