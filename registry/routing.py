"""Routing lines: which offices contribute to an answer and which coordinate it."""

from registry.records import Record


class Routing(Record):
    """One routing line. Places are office codes where known, else the words as written.

    ``offices`` contribute, ``coordinating`` agree the answer, ``answering`` is the place a line such as
    "Beantwortung: Bereich D05" names; ``unknown`` are the places the office tree does not have.
    """

    text: str
    offices: tuple[str, ...]
    coordinating: tuple[str, ...] = ()
    answering: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
