"""Who may see what: the label of a record and the clearance of a reader."""

from collections.abc import Iterable
from enum import IntEnum, StrEnum


class Visibility(StrEnum):
    PUBLIC = "public"
    NONPUBLIC = "nonpublic"


class Clearance(IntEnum):
    """How much of the non-public a reader or a chat may see; each step includes the one before."""

    PUBLIC = 0
    REFERENCE = 1  # learns that a non-public record exists, never what it says
    CONTENT = 2


def strictest(labels: Iterable[Visibility]) -> Visibility:
    """The label that holds when several apply; without any label a record is non-public."""
    found = set(labels)
    return Visibility.PUBLIC if found == {Visibility.PUBLIC} else Visibility.NONPUBLIC


def may_read(clearance: Clearance, label: Visibility) -> bool:
    return label is Visibility.PUBLIC or clearance is Clearance.CONTENT
