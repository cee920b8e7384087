"""Decides what applying a document changes: compares what is known with what it says. Writes nothing."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

from rapidfuzz.fuzz import ratio

from registry.applied import Act, Conflict
from registry.deeds import Subject
from registry.desk import NONPUBLIC_STEP
from registry.folding import fold
from registry.identity import ref_of
from registry.inquiries import Inquiry
from registry.measures import Measure
from registry.papers import Paper, effective_visibility
from registry.programmes import Programme
from registry.queries import Kind
from registry.reading import FindingKind
from registry.visibility import Visibility
from storage.history import Change
from storage.inquiries import is_nonpublic
from storage.merging import WORKFLOW
from storage.rows import Stored, to_row
from storage.wanting import Known, Publicity, Wanted, is_hidden

_DERIVED = ("version", "doubted_by")
_SAME_WORDS = 60  # per cent: above, a question at the same place of its list was reworded; below, it is another one


@dataclass(frozen=True)
class Decision(Generic[Known]):
    """What a record is, what it becomes, and which fields say something else than the document and stay so."""

    known: Known | None
    stored: Stored[Known]
    kept: tuple[str, ...] = ()
    is_held: bool = False

    @property
    def record(self) -> Known:
        return self.stored.record

    @property
    def act(self) -> Act:
        if self.known is None:
            return Act.ADDED
        return Act.CHANGED if self.known.version != self.record.version else Act.UNCHANGED

    @property
    def finding(self) -> FindingKind | None:
        """What has to be told of who sees the record."""
        if self.known is not None and not is_hidden(self.known) and self.record.visibility is Visibility.NONPUBLIC:
            return FindingKind.MADE_NONPUBLIC
        return FindingKind.HELD_NONPUBLIC if self.is_held else None


@dataclass(frozen=True, slots=True)
class AppliedStep:
    """What became of one record; one that is new was nothing before."""

    kind: Kind
    record: int
    before: Subject | None
    after: Subject

    @property
    def hidden_names(self) -> frozenset[str]:
        """What a record is and was called that was there and not public."""
        was_hidden = self.before is not None and is_hidden(self.before)
        return frozenset(ref_of(one) for one in (self.before, self.after) if one) if was_hidden else frozenset()


def decide(wanted: Wanted[Known], *, free_id: int, changed_here: Collection[tuple[int, str]]) -> Decision[Known]:
    """Fields that people changed here keep what they say; whatever else differs follows the document."""
    if wanted.known is None:
        label = Visibility.NONPUBLIC if wanted.publicity is Publicity.HIDES else Visibility.PUBLIC
        return Decision(None, Stored(free_id, wanted.record.model_copy(update={"visibility": label, "version": 1})))
    known, before = wanted.known.record, wanted.known.record.visibility
    here = frozenset(name for name in type(known).model_fields if (wanted.known.id, name) in changed_here)
    new = wanted.record.model_copy(update={"visibility": before})
    differing = differing_fields(known, new)
    kept: tuple[str, ...] = tuple(name for name in differing if name in here)
    new = new.model_copy(update={name: getattr(known, name) for name in kept})
    changes = len(kept) < len(differing)
    releases = wanted.publicity is Publicity.RELEASES and is_hidden(known)
    if releases and before is Visibility.NONPUBLIC and "visibility" in here:
        releases, kept = False, (*kept, "visibility")
    held = releases and bool(_held_back(new, wanted.alone, here))
    label = _label(before, releases=releases, hides=held or (wanted.publicity is Publicity.HIDES and changes))
    version = known.version + (changes or label is not before)
    record = new.model_copy(update={"visibility": label, "version": version})
    return Decision(known, Stored(wanted.known.id, record), kept, held)


def changed_of(decided: Iterable[Decision[Known]]) -> list[Stored[Known]]:
    return [decision.stored for decision in decided if decision.act is not Act.UNCHANGED]


def conflicts_of(wanted: Wanted[Known], changed_here: Collection[tuple[int, str]]) -> list[Conflict]:
    """What people wrote here and the document says otherwise; who sees a record is no such field."""
    if wanted.known is None:
        return []
    known, new = wanted.known.record, wanted.record
    ours, theirs = to_row(known), to_row(new)
    return [
        Conflict(ref=ref_of(known), field=name, ours=_written(ours[name]), theirs=_written(theirs[name]))
        for name in differing_fields(known, new)
        if name != "visibility" and (wanted.known.id, name) in changed_here
    ]


def _label(before: Visibility, *, releases: bool, hides: bool) -> Visibility:
    if hides:
        return Visibility.NONPUBLIC
    return Visibility.PUBLIC if releases else before


def _held_back(new: Known, alone: Known, changed_here: Collection[str]) -> list[str]:
    """The fields in which a record holds what its public document does not say, and no person wrote here."""
    aside = {*changed_here, *(WORKFLOW if isinstance(new, Inquiry) else ()), "visibility"}
    return [name for name in differing_fields(new, alone) if name not in aside]


def differing_fields(one: Known, other: Known) -> tuple[str, ...]:
    return tuple(
        name for name in type(one).model_fields if name not in _DERIVED and getattr(one, name) != getattr(other, name)
    )


def changes_of(kind: Kind, decision: Decision[Known]) -> list[Change]:
    """One entry of history per changed field. Who may see a record is told on its own, even where it is new."""
    changed = [("imported", "", "")] if decision.known is None else _changed_fields(decision.known, decision.record)
    seen_before = _told_visibility(decision.known) if decision.known else Visibility.NONPUBLIC.value
    seen = _told_visibility(decision.record)
    if seen != seen_before:
        changed.append(("visibility", seen_before, seen))
    return [Change(kind, decision.stored.id, decision.record.version, *one) for one in changed]


def _changed_fields(known: Known, new: Known) -> list[tuple[str, str, str]]:
    """What changed, before and after; of the visibility the label says too little to be told here."""
    before, after = to_row(known), to_row(new)
    return [
        # A former number would tell how many inquiries are not public.
        (name, "" if name == "number" else _written(before[name]), _written(after[name]))
        for name in differing_fields(known, new)
        if name != "visibility"
    ]


def _told_visibility(record: Measure | Inquiry | Paper | Programme) -> str:
    """Who sees the record in effect: a step keeps a paper non-public, whatever its own label says."""
    label = record.visibility
    if isinstance(record, Paper) and effective_visibility(record) is not label:
        return NONPUBLIC_STEP
    return label.value


def _written(value: object) -> str:
    return "" if value is None else str(value)


def match_inquiries(
    known: Sequence[Stored[Inquiry]], new: Sequence[Inquiry], *, former: Mapping[int, str]
) -> list[Stored[Inquiry] | None]:
    """For each paragraph of a list the inquiry it is: the one with the same words, else a reworded one in its place.

    Of equal paragraphs the first is the first, and who has a public number comes before who has none. ``former``
    is what inquiries said when they were public; a public document still knows them by that.
    """
    candidates = sorted(known, key=lambda stored: (is_nonpublic(stored.record.number), stored.record.position))
    waiting: dict[str, list[Stored[Inquiry]]] = {}
    for stored in candidates:
        for text in dict.fromkeys((former.get(stored.id, stored.record.text), stored.record.text)):
            waiting.setdefault(fingerprint(text), []).append(stored)
    taken: set[int] = set()
    same = [_first(waiting.get(fingerprint(one.text), ()), taken) for one in new]
    left = {stored.record.position: stored for stored in reversed(candidates) if stored.id not in taken}
    return [found or _reworded(left, one) for found, one in zip(same, new, strict=True)]


def _first(waiting: Iterable[Stored[Inquiry]], taken: set[int]) -> Stored[Inquiry] | None:
    found = next((stored for stored in waiting if stored.id not in taken), None)
    if found is not None:
        taken.add(found.id)
    return found


def _reworded(left: dict[int, Stored[Inquiry]], new: Inquiry) -> Stored[Inquiry] | None:
    there = left.get(new.position)
    if there is None or ratio(fingerprint(there.record.text), fingerprint(new.text)) < _SAME_WORDS:
        return None
    return left.pop(new.position)


def fingerprint(text: str) -> str:
    """The words alone: what stays equal when a text is set, broken or punctuated differently."""
    return re.sub(r"\W+", " ", fold(text)).strip()
