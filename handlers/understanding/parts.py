"""The parts of a question by their roles, and queries merged from what they set."""

from collections.abc import Iterable
from typing import NamedTuple

from handlers.understanding.senses import Role, Stretch
from registry.queries import Intent, Query

ONE_VALUE = ("ref", "field", "recommendation", "concept", "programme", "originator", "period")

# "Open overdue questions" asks for the overdue ones: the word on the left adds nothing to those on the right.
_ADDS_NOTHING_TO = {
    Intent.SHOW: frozenset(Intent) - {Intent.SHOW},
    Intent.OPEN: frozenset(Intent) - {Intent.SHOW, Intent.OPEN, Intent.SUMMARY},
    Intent.DEADLINES: frozenset({Intent.OVERDUE}),
}


class Composed(NamedTuple):
    """A query, and the stretches that are not in it. Of clashing stretches only one can be asked at a time."""

    query: Query | None = None
    leftover: tuple[Stretch, ...] = ()
    clash: tuple[Stretch, ...] = ()


def intents(stretches: Iterable[Stretch]) -> frozenset[Intent]:
    """What is asked for, without the words that add nothing."""
    asked = {stretch.sense.sets.intent for stretch in stretches if stretch.role is Role.INTENT}
    return frozenset(intent for intent in asked if not asked & _ADDS_NOTHING_TO.get(intent, frozenset()))


def merge(queries: Iterable[Query]) -> Query:
    """One query with everything the others set; several values of a filter are gathered."""
    merged: dict[str, object] = {}
    for query in queries:
        for name in query.model_fields_set:
            value, before = getattr(query, name), merged.get(name)
            if isinstance(before, tuple) and name not in ONE_VALUE:
                value = tuple(dict.fromkeys(before + value))
            merged[name] = value
    return Query.model_validate(merged)


def with_role(stretches: Iterable[Stretch], *roles: Role) -> list[Stretch]:
    return [stretch for stretch in stretches if stretch.role in roles]
