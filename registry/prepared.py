"""Deeds on their way: shown with a button, or waiting for words that are still missing."""

from datetime import datetime, timedelta
from enum import StrEnum

from registry.deeds import Deed, Subject
from registry.identity import ref_of
from registry.records import Record
from registry.rounds import EvaluationRound
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
    shown for. ``takes_back`` says that it is the opposite of what its person did just now."""

    act: PreparedAct
    deed: Deed
    field: str = ""
    person: int
    chat: int
    record: str = ""
    version: int
    expires_at: datetime
    is_used: bool = False
    takes_back: bool = False


class Entry(Record):
    """A deed whose ``field`` somebody is being asked to write."""

    deed: Deed
    field: str


class Touched(Record):
    """A record that a deed changed: as it was and as it is now, its version right after the deed, and the strictest of
    the labels that it has and had."""

    was: Subject
    now: Subject
    version: int
    label: Visibility

    @property
    def ref(self) -> str:
        return ref_of(self.now)

    @property
    def is_changed(self) -> bool:
        """Whether anything came after the deed."""
        return self.now.version != self.version


class Done(Record):
    """A deed as it was done. ``records`` are those it changed; ``is_allowed`` says that its person may still do it.

    ``closed`` are the rounds that took what it said and were closed since; what they say stays.
    """

    id: str
    deed: Deed
    done_at: datetime
    is_undone: bool = False
    is_allowed: bool = True
    records: tuple[Touched, ...] = ()
    closed: tuple[EvaluationRound, ...] = ()
