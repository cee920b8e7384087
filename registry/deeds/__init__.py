"""What people do to the register, as values: said in the chat, shown before it is done, and done once."""

from typing import Annotated

from pydantic import Field, TypeAdapter

from registry.deeds.common import SetVisibility, Undo, WriteNote
from registry.deeds.measures import ReportStatus
from registry.inquiries import Inquiry
from registry.measures import Measure
from registry.papers import Paper
from registry.programmes import Programme

RecordDeed = ReportStatus | SetVisibility | WriteNote
Deed = RecordDeed | Undo
Subject = Measure | Inquiry | Paper | Programme

__all__ = [
    "Deed",
    "RecordDeed",
    "ReportStatus",
    "SetVisibility",
    "Subject",
    "Undo",
    "WriteNote",
    "read",
    "written",
]

_DEEDS: TypeAdapter[Deed] = TypeAdapter(Annotated[Deed, Field(discriminator="deed")])


def written(deed: Deed) -> str:
    """The deed as JSON, for a row of the database; ``read`` gives it back."""
    return deed.model_dump_json(round_trip=True)


def read(text: str) -> Deed:
    """Raises ValueError for what is no deed (any more)."""
    return _DEEDS.validate_json(text)
