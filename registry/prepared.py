"""Deeds on their way: shown with a button, or waiting for words that are still missing."""

from datetime import datetime, timedelta
from enum import StrEnum

from registry.deeds import Deed
from registry.records import Record
from registry.visibility import Visibility

ENTRY_LASTS = timedelta(minutes=15)  # how long a half-finished entry is kept
BUTTON_LASTS = timedelta(days=1)
UNDO_LASTS = timedelta(minutes=10)


class PreparedAct(StrEnum):
    DO = "do"  # does the deed
    CHOOSE = "choose"  # goes on with the deed as it says more than before
    SAY = "say"  # asks for the words of one field


class Prepared(Record):
    """What a button does, for whom, in which chat, and the record (see registry/identity) with its version that it was
    shown for."""

    act: PreparedAct
    deed: Deed
    field: str = ""
    person: int
    chat: int
    record: str = ""
    version: int
    expires_at: datetime
    is_used: bool = False


class Entry(Record):
    """A deed whose ``field`` somebody is being asked to write."""

    deed: Deed
    field: str


class Touched(Record):
    """A record that a deed changed: how it is called, its version right after the deed and now, and the strictest of
    the labels that it has and had."""

    ref: str
    version: int
    version_now: int
    label: Visibility


class Done(Record):
    """A deed as it was done. ``records`` are those it changed; ``is_allowed`` says that its person may still do it."""

    id: str
    deed: Deed
    done_at: datetime
    is_undone: bool = False
    is_allowed: bool = True
    records: tuple[Touched, ...] = ()
