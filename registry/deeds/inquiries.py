"""What people do to inquiries: offices contribute, coordination routes, answers and sends."""

from datetime import date
from typing import Literal

from registry.records import Record
from registry.routing import Routing


class DeliverContribution(Record):
    """An office's part of the answer. ``among`` are the offices it can be meant for while ``office`` is unsaid."""

    deed: Literal["deliver_contribution"] = "deliver_contribution"
    ref: str
    office: str | None = None
    among: tuple[str, ...] = ()
    text: str | None = None


class HandBack(Record):
    """An office says that it is not responsible, why, and perhaps who is; ``better`` is a code or words for one."""

    deed: Literal["hand_back"] = "hand_back"
    ref: str
    office: str | None = None
    among: tuple[str, ...] = ()
    reason: str | None = None
    better: str | None = None


class SendBack(Record):
    """Asks an office to contribute anew, with a remark."""

    deed: Literal["send_back"] = "send_back"
    ref: str
    office: str | None = None
    among: tuple[str, ...] = ()
    remark: str | None = None


class Route(Record):
    """Says which offices contribute. ``words`` is the routing as somebody writes it, ``routing`` what it means."""

    deed: Literal["route"] = "route"
    ref: str
    words: str | None = None
    routing: Routing | None = None


class SetInquiryDue(Record):
    """Sets or extends a date: that of the contributions, or that of the answer. ``words`` is it as it was said."""

    deed: Literal["set_inquiry_due"] = "set_inquiry_due"
    ref: str
    of_answer: bool = False
    words: str | None = None
    on: date | None = None


class MergeContributions(Record):
    """Takes what was delivered into the text of the answer."""

    deed: Literal["merge_contributions"] = "merge_contributions"
    ref: str


class WriteAnswer(Record):
    deed: Literal["write_answer"] = "write_answer"
    ref: str
    text: str | None = None


class Release(Record):
    """Approves the answer. ``as_it_is`` leaves out what was delivered and is not part of its text."""

    deed: Literal["release"] = "release"
    ref: str
    as_it_is: bool = False


class NoteAnswered(Record):
    """The released answer was sent. ``words`` is the day as it was said."""

    deed: Literal["note_answered"] = "note_answered"
    ref: str
    words: str | None = None
    on: date | None = None


class Withdraw(Record):
    """The inquiry needs no answer any more."""

    deed: Literal["withdraw"] = "withdraw"
    ref: str
    reason: str | None = None


ForAnOffice = DeliverContribution | HandBack | SendBack
InquiryDeed = ForAnOffice | Route | SetInquiryDue | MergeContributions | WriteAnswer | Release | NoteAnswered | Withdraw
