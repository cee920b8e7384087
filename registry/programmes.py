"""Programmes of other sponsors that a city may join, and their modules."""

from datetime import date

from registry.papers import Milestone
from registry.records import Record
from registry.visibility import Visibility


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
