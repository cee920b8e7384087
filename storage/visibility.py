"""Which records a reader sees: the one condition that every select on records is built on."""

from registry.queries import Query, asks_for_places_alone
from registry.visibility import Clearance

EVERYTHING = "TRUE"
NOTHING = "FALSE"
STRICTEST = "min(d.visibility)"  # of a group of lines: 'nonpublic' sorts before 'public'


def visible(clearance: Clearance, column: str = "visibility") -> str:
    """The condition under which a row labelled in ``column`` is read."""
    return EVERYTHING if clearance is Clearance.CONTENT else f"{column} = 'public'"


def withheld(clearance: Clearance, query: Query, column: str = "visibility") -> str:
    """The condition under which a row's existence, and nothing else of it, may be told.

    Only of whose it is: how many hidden records hold a word, a status or a date would tell what they say.
    """
    may_tell = clearance is Clearance.REFERENCE and asks_for_places_alone(query)
    return f"{column} = 'nonpublic'" if may_tell else NOTHING
