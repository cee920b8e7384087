"""Decides what applying a document changes: compares what is known with what it says. Writes nothing."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz.fuzz import ratio

from registry.applied import Act
from registry.folding import fold
from registry.inquiries import Inquiry
from registry.measures import Measure
from registry.papers import Paper
from registry.programmes import Programme
from registry.queries import Kind
from registry.visibility import Visibility
from storage.history import Change
from storage.rows import Stored, to_row

Known = TypeVar("Known", Measure, Inquiry, Paper, Programme)
Titles = Mapping[tuple[str, str], str]

_DERIVED = ("version", "doubted_by")
_SAME_WORDS = 60  # per cent: above, a question at the same place of its list was reworded; below, it is another one


@dataclass(frozen=True)
class Decision(Generic[Known]):
    """What a record is, what it becomes, and which fields say something else than the document and stay so."""

    known: Known | None
    stored: Stored[Known]
    kept: tuple[str, ...] = ()

    @property
    def record(self) -> Known:
        return self.stored.record

    @property
    def act(self) -> Act:
        if self.known is None:
            return Act.ADDED
        return Act.CHANGED if self.known.version != self.record.version else Act.UNCHANGED


def decide(
    known: Stored[Known] | None, new: Known, *, free_id: int, public: bool, changed_here: Collection[tuple[int, str]]
) -> Decision[Known]:
    """Fields that people changed here keep what they say; whatever else differs follows the document."""
    label = Visibility.PUBLIC if public else known.record.visibility if known else Visibility.NONPUBLIC
    wanted = new.model_copy(update={"visibility": label})
    if known is None:
        return Decision(None, Stored(free_id, wanted.model_copy(update={"version": 1})))
    differing = differing_fields(known.record, wanted)
    kept = tuple(name for name in differing if (known.id, name) in changed_here)
    version = known.record.version + (len(kept) < len(differing))
    update = {name: getattr(known.record, name) for name in kept} | {"version": version}
    return Decision(known.record, Stored(known.id, wanted.model_copy(update=update)), kept)


def differing_fields(one: Known, other: Known) -> tuple[str, ...]:
    return tuple(
        name for name in type(one).model_fields if name not in _DERIVED and getattr(one, name) != getattr(other, name)
    )


def changes_of(kind: Kind, decision: Decision[Known]) -> list[Change]:
    """One entry of history per changed field. Making a record public is told on its own, even where it is new."""
    record, version = decision.stored.id, decision.record.version
    if decision.known is None:
        return _first_changes(kind, record, decision.record.visibility)
    before, after = to_row(decision.known), to_row(decision.record)
    return [
        # A former number would tell how many inquiries are not public.
        Change(kind, record, version, name, "" if name == "number" else _written(before[name]), _written(after[name]))
        for name in differing_fields(decision.known, decision.record)
    ]


def _first_changes(kind: Kind, record: int, label: Visibility) -> list[Change]:
    imported = Change(kind, record, 1, "imported")
    if label is Visibility.NONPUBLIC:
        return [imported]
    return [imported, Change(kind, record, 1, "visibility", Visibility.NONPUBLIC.value, Visibility.PUBLIC.value)]


def _written(value: object) -> str:
    return "" if value is None else str(value)


def titled(record: Known, ref: str, known: Known | None, titles: Titles) -> Known:
    """The record with the city's own short titles; a document without a title takes none away."""
    title = titles.get((ref, "de")) or record.title or (known.title if known else "")
    title_en = titles.get((ref, "en")) or record.title_en or (known.title_en if known else "")
    return record.model_copy(update={"title": title, "title_en": title_en})


def match_inquiries(known: Sequence[Stored[Inquiry]], new: Sequence[Inquiry]) -> list[Stored[Inquiry] | None]:
    """For each paragraph of a list the inquiry it is: the one with the same words, else a reworded one in its place.

    Of equal paragraphs the first is the first.
    """
    waiting: dict[str, list[Stored[Inquiry]]] = {}
    for stored in sorted(known, key=lambda stored: stored.record.position):
        waiting.setdefault(fingerprint(stored.record), []).append(stored)
    same = [waiting[words].pop(0) if waiting.get(words := fingerprint(one)) else None for one in new]
    left = {stored.record.position: stored for rest in waiting.values() for stored in rest}
    return [found or _reworded(left, one) for found, one in zip(same, new, strict=True)]


def _reworded(left: dict[int, Stored[Inquiry]], new: Inquiry) -> Stored[Inquiry] | None:
    there = left.get(new.position)
    if there is None or ratio(fingerprint(there.record), fingerprint(new)) < _SAME_WORDS:
        return None
    return left.pop(new.position)


def fingerprint(inquiry: Inquiry) -> str:
    """The words alone: what stays equal when a text is set, broken or punctuated differently."""
    return re.sub(r"\W+", " ", fold(inquiry.text)).strip()
