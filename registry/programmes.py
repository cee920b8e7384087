"""Programmes of other sponsors that a city may join, and their modules."""

import re
from datetime import date

from registry.papers import Milestone
from registry.records import Record
from registry.visibility import Visibility

_SHORT = re.compile(r"\((?P<short>[^\W\d_]*[A-ZÄÖÜ]{2}[\w-]*)(?:\s+e\.\s?V\.)?\)")


class Module(Record):
    """``number`` as the programme counts: ``1``, ``1a``; the canonical reference is ``KommA.1a``."""

    number: str
    title: str
    text: str = ""


class Programme(Record):
    """``contact`` names the sponsor's organisation, its web site and shared address; never a private person."""

    name: str
    title: str = ""
    title_en: str = ""
    sponsor: str = ""
    carrier: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    duration: str = ""
    towns: int | None = None
    target_group: str = ""
    contact: str = ""
    modules: tuple[Module, ...] = ()
    parts: tuple[str, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    decision: str = ""
    visibility: Visibility = Visibility.NONPUBLIC
    version: int = 1


def short_names(*texts: str) -> tuple[str, ...]:
    """What a title or a carrier gives in brackets: ``Städtekoalition gegen Rassismus (ECCAR e. V.)`` is ``ECCAR``."""
    return tuple(dict.fromkeys(found["short"] for text in texts for found in _SHORT.finditer(text)))
