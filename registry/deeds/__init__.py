"""What people do to the register, as values: said in the chat, shown before it is done, and done once."""

from typing import Annotated

from pydantic import Field, TypeAdapter

from registry.deeds.common import SetVisibility, Undo, WriteNote
from registry.deeds.digests import SetDigest
from registry.deeds.documents import ImportDocument
from registry.deeds.inquiries import InquiryDeed
from registry.deeds.measures import AnswerDoubt, ConfirmUnchanged, EditMeasure, MeasureField, NewMeasure, ReportStatus
from registry.deeds.papers import PaperDeed
from registry.deeds.people import (
    AdminDeed,
    ChangeOffice,
    ClearChat,
    DeclineAccess,
    GiveChatOffices,
    GrantRole,
    Invite,
    LoadOffices,
    RevokeRole,
    WithdrawInvitation,
)
from registry.deeds.privacy import ForgetMe
from registry.deeds.questions import NewQuestions
from registry.deeds.reminders import AskForLonger, DecideLonger, ReminderDeed
from registry.deeds.rounds import CloseRound, OpenRound, ReopenRound, RoundDeed
from registry.inquiries import Inquiry
from registry.measures import Measure
from registry.papers import Paper
from registry.programmes import Programme

RecordDeed = (
    AnswerDoubt | ConfirmUnchanged | EditMeasure | InquiryDeed | PaperDeed | ReportStatus | SetVisibility | WriteNote
)
Deed = RecordDeed | NewMeasure | NewQuestions | RoundDeed | ReminderDeed | ForgetMe | Undo | AdminDeed | ImportDocument
Subject = Measure | Inquiry | Paper | Programme

__all__ = [
    "AdminDeed",
    "AnswerDoubt",
    "AskForLonger",
    "ChangeOffice",
    "ClearChat",
    "CloseRound",
    "ConfirmUnchanged",
    "DecideLonger",
    "DeclineAccess",
    "Deed",
    "EditMeasure",
    "ForgetMe",
    "GiveChatOffices",
    "GrantRole",
    "ImportDocument",
    "Invite",
    "LoadOffices",
    "MeasureField",
    "NewMeasure",
    "NewQuestions",
    "OpenRound",
    "PaperDeed",
    "RecordDeed",
    "ReminderDeed",
    "ReopenRound",
    "ReportStatus",
    "RevokeRole",
    "RoundDeed",
    "SetDigest",
    "SetVisibility",
    "Subject",
    "Undo",
    "WithdrawInvitation",
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
