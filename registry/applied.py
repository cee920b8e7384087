"""What applying a reading did to the register, record by record."""

from collections import Counter
from enum import StrEnum

from registry.queries import Kind
from registry.reading import Finding
from registry.records import Record

_KINDS = frozenset(kind.value for kind in Kind)


class Act(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class Outcome(Record):
    """``kind`` is a Kind's value, or ``office``, ``field``, ``recommendation``, ``round``, ``list`` or ``title``."""

    kind: str
    ref: str
    act: Act

    @property
    def moves_others(self) -> bool:
        """Whether lines of records that the document does not name have to be laid anew with it."""
        tree_changed = self.kind == "office" and self.act is not Act.UNCHANGED
        return tree_changed or (self.kind == "list" and self.act is Act.CHANGED)


class KeptField(Record):
    """A field that says something else than the document and stays so: changed here since, or a closed round's."""

    ref: str
    field: str


class Conflict(Record):
    """A field that people changed here and a document says otherwise; values as the register writes them."""

    ref: str
    field: str
    ours: str
    theirs: str


class Applied(Record):
    """``conflicts`` are what people changed here and the document says otherwise, whichever of the two is to hold.

    ``findings`` are those that only the register could have: they need records that were there before. ``hidden`` are
    the records among those that were not public, ``confidential`` the findings that rest on such."""

    outcomes: tuple[Outcome, ...] = ()
    kept: tuple[KeptField, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    findings: tuple[Finding, ...] = ()
    hidden: frozenset[str] = frozenset()
    confidential: tuple[Finding, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        return all(outcome.act is Act.UNCHANGED for outcome in self.outcomes)

    def as_told(self, *, layers: bool) -> "Applied":
        """For somebody who sees public records alone: others count as new, and nothing else is told of them.

        Without ``layers`` what records stand on is left out, too.
        """
        told = [
            one.model_copy(update={"act": Act.ADDED}) if one.ref in self.hidden else one
            for one in self.outcomes
            if layers or one.kind in _KINDS
        ]
        return Applied(
            outcomes=tuple(told),
            kept=tuple(one for one in self.kept if one.ref not in self.hidden),
            conflicts=tuple(one for one in self.conflicts if one.ref not in self.hidden),
            findings=tuple(one for one in self.findings if one.ref not in self.hidden),
        )

    def count(self, act: Act) -> Counter[str]:
        """How many records of each kind met that act."""
        return Counter(outcome.kind for outcome in self.outcomes if outcome.act is act)
