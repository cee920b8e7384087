"""Question paragraphs as inquiries, and the routing line that closes their block."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from documents.evaluation.doubts import doubted_words
from documents.evaluation.parts import Text
from documents.findings import finding
from documents.wording import question_title
from registry.inquiries import About, Contribution, Inquiry, InquiryKind, InquiryStatus
from registry.reading import Finding, FindingKind, Place
from registry.routing import Routing, answered_by


@dataclass(frozen=True, slots=True)
class Asked:
    """A paragraph that waits for the routing line of its block."""

    position: int
    text: Text
    about: About
    answering: Routing | None

    @property
    def ref(self) -> str:
        """The position within the list; the register gives the number."""
        return f"#{self.position}"


@dataclass(slots=True)
class InquiryBook:
    """The inquiries of one list in the order they are asked."""

    list_key: str
    inquiries: list[Inquiry] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    waiting: list[Asked] = field(default_factory=list)

    def ask(self, text: Text, about: About, answering: Routing | None) -> None:
        position = len(self.inquiries) + len(self.waiting) + 1
        self.waiting.append(Asked(position, text, about, answering))

    def close(self, routing: Routing | None = None) -> None:
        """Ends the block of waiting questions; the routing applies to each of them."""
        for asked in self.waiting:
            doubting = doubted_words(asked.text.words)
            inquiry = _inquiry(self.list_key, asked, answered_by(routing, asked.answering), doubts=bool(doubting))
            self.inquiries.append(inquiry)
            self.places.append(Place(ref=asked.ref, first_line=asked.text.first, last_line=asked.text.last))
            self.findings.extend(_findings(asked, inquiry, doubting))
        self.waiting = []


def _inquiry(list_key: str, asked: Asked, routing: Routing | None, *, doubts: bool) -> Inquiry:
    words = asked.text.words
    return Inquiry(
        list=list_key,
        position=asked.position,
        about=asked.about,
        kind=InquiryKind.QUESTION if asked.text.is_question else InquiryKind.REMARK,
        title=question_title(words),
        text=words,
        routing=routing,
        contributions=tuple(Contribution(office=office) for office in routing.offices) if routing else (),
        status=InquiryStatus.OPEN if routing else InquiryStatus.UNROUTED,
        doubts=asked.about.measures if doubts else (),
    )


def _findings(asked: Asked, inquiry: Inquiry, doubting: str) -> Iterator[Finding]:
    line = asked.text.first
    if inquiry.routing is None:
        yield finding(FindingKind.NO_ROUTING, line, ref=asked.ref, words=inquiry.title)
    for number in inquiry.doubts:
        yield finding(FindingKind.STATUS_DOUBTED, line, ref=number, words=doubting)
