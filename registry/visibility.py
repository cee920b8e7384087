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


def label_of(labels: Iterable[str]) -> Visibility:
    """The label of what is told of records with these labels; where it tells of none, it is public."""
    found = {Visibility(label) for label in labels}
    return strictest(found) if found else Visibility.PUBLIC


def may_read(clearance: Clearance, label: Visibility) -> bool:
    return label is Visibility.PUBLIC or clearance is Clearance.CONTENT


def strictest_readable(clearance: Clearance) -> Visibility:
    """The label of words whose own is not known: such as are read with this clearance, the strictest of them."""
    return Visibility.NONPUBLIC if may_read(clearance, Visibility.NONPUBLIC) else Visibility.PUBLIC
