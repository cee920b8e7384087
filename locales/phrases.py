"""Marks for sentences that stand in a table and are said later, so that the catalogues find them."""

from typing import NamedTuple


class Term(NamedTuple):
    """A label with its context: ``say.of(*term)``."""

    context: str
    message: str


class Plural(NamedTuple):
    """A sentence for one and for many: ``say.plural(*words, n)``."""

    one: str
    many: str


def phrase(message: str) -> str:
    """A sentence to be said later: ``say(sentence)``."""
    return message


def term(context: str, message: str) -> Term:
    return Term(context, message)


def plural(one: str, many: str) -> Plural:
    return Plural(one, many)
