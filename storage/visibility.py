"""Which records a reader sees: the one condition that every select on records is built on."""

from registry.visibility import Clearance

EVERYTHING = "TRUE"


def visible(clearance: Clearance, column: str = "visibility") -> str:
    """The condition under which a row labelled in ``column`` is read."""
    return EVERYTHING if clearance is Clearance.CONTENT else f"{column} = 'public'"


def withheld(clearance: Clearance, column: str = "visibility") -> str:
    """The condition under which a row's existence, and nothing else of it, may be told."""
    return f"{column} = 'nonpublic'" if clearance is Clearance.REFERENCE else "FALSE"
