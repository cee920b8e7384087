"""What applying a reading did to the register, record by record."""

from collections import Counter
from enum import StrEnum

from registry.reading import Finding
from registry.records import Record


class Act(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class Outcome(Record):
    """``kind`` is a Kind's value, or ``office``, ``field``, ``recommendation``, ``round``, ``list`` or ``title``."""

    kind: str
    ref: str
    act: Act


class KeptField(Record):
    """A field that says something else than the document and stays so: changed here since, or a closed round's."""

    ref: str
    field: str


class Applied(Record):
    """``findings`` are those that only the register could have: they need records that were there before."""

    outcomes: tuple[Outcome, ...] = ()
    kept: tuple[KeptField, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        return all(outcome.act is Act.UNCHANGED for outcome in self.outcomes)

    def count(self, act: Act) -> Counter[str]:
        """How many records of each kind met that act."""
        return Counter(outcome.kind for outcome in self.outcomes if outcome.act is act)
