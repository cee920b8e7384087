"""What a check of the installation finds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """One thing looked at. ``advice`` is the next step where it is not well."""

    name: str
    well: bool
    found: str
    advice: str = ""
