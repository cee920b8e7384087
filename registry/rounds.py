"""Evaluation rounds: as of which day offices report, until when they may, how far they are, and what moved since."""

import re
import zlib
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from registry.folding import fold
from registry.measures import Status
from registry.records import Record
from registry.references import natural_key
from registry.visibility import Visibility


class RoundState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class EvaluationRound(Record):
    concept: str
    as_of: date
    due_on: date | None = None
    state: RoundState = RoundState.CLOSED


class Reporting(Record):
    """A measure that a round asks about, and whether its office has answered."""

    number: str
    lead_offices: tuple[str, ...] = ()
    is_reported: bool = False
    visibility: Visibility = Visibility.NONPUBLIC


class OfficeProgress(NamedTuple):
    """How many of its measures a lead office has reported; ``office`` is empty for those that nobody leads."""

    office: str
    reported: int
    measures: int

    @property
    def owes(self) -> int:
        return self.measures - self.reported


def version_of(asked: Iterable[Reporting]) -> int:
    """Changes with each report that comes or goes."""
    told = sorted(f"{one.number} {one.is_reported:d}" for one in asked)
    return zlib.crc32("\n".join(told).encode())


def progress(asked: Iterable[Reporting]) -> tuple[OfficeProgress, ...]:
    """Per lead office, who owes most first. A measure that two offices lead counts for both."""
    counted: dict[str, list[bool]] = {}
    for one in asked:
        for office in one.lead_offices or ("",):
            counted.setdefault(office, []).append(one.is_reported)
    offices = (OfficeProgress(office, sum(reports), len(reports)) for office, reports in counted.items())
    return tuple(sorted(offices, key=lambda one: (-one.owes, natural_key(one.office))))


def still_owed(asked: Iterable[Reporting], places: Iterable[str] | None) -> tuple[str, ...]:
    """The numbers of the measures that any of these places leads and that are not reported yet, in their order.

    Without places all that are not reported, those that nobody leads among them.
    """
    own = None if places is None else frozenset(places)
    owed = (one.number for one in asked if not one.is_reported and (own is None or own.intersection(one.lead_offices)))
    return tuple(sorted(owed, key=natural_key))


def in_turn(owed: Sequence[str], *, after: str | None) -> tuple[str, ...]:
    """The measures to go on with: those behind ``after`` first, then the others from the start."""
    if after is None:
        return tuple(owed)
    return tuple(sorted(owed, key=lambda number: natural_key(number) <= natural_key(after)))


class Reported(Record):
    """What a round says of a measure."""

    number: str
    title: str = ""
    title_en: str = ""
    text: str = ""
    status: Status
    current_state: str = ""
    visibility: Visibility = Visibility.NONPUBLIC


class Pair(NamedTuple):
    """What two rounds say of one measure."""

    earlier: Reported
    later: Reported


class Comparison(NamedTuple):
    """What became of the measures from one round to a later one.

    ``copied`` have the same current state, word for word, in both; each measure is in ``moved`` or ``stayed``.
    ``silent`` are those that the later round asked for and nobody reported, ``gone`` those it knew nothing of.
    """

    moved: tuple[Pair, ...] = ()
    stayed: tuple[Pair, ...] = ()
    copied: tuple[Pair, ...] = ()
    new: tuple[Reported, ...] = ()
    renumbered: tuple[Pair, ...] = ()
    silent: tuple[Reported, ...] = ()
    gone: tuple[Reported, ...] = ()


def compare(earlier: Iterable[Reported], later: Iterable[Reported], *, awaited: Collection[str] = ()) -> Comparison:
    """A measure is the same by its number; one that went and one that came with the same words was renumbered.

    ``awaited`` are the numbers that the later round asked for.
    """
    before = {one.number: one for one in sorted(earlier, key=_place)}
    after = {one.number: one for one in sorted(later, key=_place)}
    both = [Pair(one, after[number]) for number, one in before.items() if number in after]
    silent = [one for number, one in before.items() if number in awaited and number not in after]
    gone = [one for number, one in before.items() if number not in after and number not in awaited]
    new = [one for number, one in after.items() if number not in before]
    renumbered = tuple(_renumbered(gone, new))
    known = {number for pair in renumbered for number in (pair.earlier.number, pair.later.number)}
    return Comparison(
        moved=tuple(pair for pair in both if pair.earlier.status is not pair.later.status),
        stayed=tuple(pair for pair in both if pair.earlier.status is pair.later.status),
        copied=tuple(pair for pair in both if _same_words(pair, lambda one: one.current_state)),
        new=tuple(one for one in new if one.number not in known),
        renumbered=renumbered,
        silent=tuple(silent),
        gone=tuple(one for one in gone if one.number not in known),
    )


def _place(one: Reported) -> tuple[tuple[int, int, str], ...]:
    return natural_key(one.number)


def _renumbered(gone: Iterable[Reported], new: Iterable[Reported]) -> Iterable[Pair]:
    waiting = list(new)
    for one in gone:
        pairs = (Pair(one, other) for other in waiting)
        found = next((pair for pair in pairs if _same_words(pair, lambda said: said.text or said.title)), None)
        if found is not None:
            waiting.remove(found.later)
            yield found


def _same_words(pair: Pair, words: Callable[[Reported], str]) -> bool:
    """Case, spaces and marks aside; two that say nothing do not say the same."""
    earlier, later = (re.sub(r"\W+", " ", fold(words(one))).strip() for one in pair)
    return bool(earlier) and earlier == later
