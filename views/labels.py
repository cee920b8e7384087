"""The label of a message: as strict as the strictest record it speaks of."""

from collections.abc import Iterable

from registry.visibility import Visibility, strictest


def label_of(labels: Iterable[Visibility]) -> Visibility:
    """A message that speaks of no record is public."""
    found = tuple(labels)
    return strictest(found) if found else Visibility.PUBLIC
