"""Deeds that any kind of record may meet."""

from typing import Literal

from registry.records import Record
from registry.visibility import Visibility


class SetVisibility(Record):
    """Makes a record public, or hides it. ``to`` is None while it is still to be said; ``number`` is the one that an
    inquiry gets by it."""

    deed: Literal["set_visibility"] = "set_visibility"
    ref: str
    to: Visibility | None = None
    number: str = ""


class WriteNote(Record):
    """An internal note; it changes nothing that a document says. ``text`` is None while it is still to be said."""

    deed: Literal["write_note"] = "write_note"
    ref: str
    text: str | None = None


class Undo(Record):
    """Takes back a deed of one's own; ``of`` is its id."""

    deed: Literal["undo"] = "undo"
    of: str
