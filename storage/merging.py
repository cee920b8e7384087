"""What becomes of a record when a document speaks of it again."""

from registry.inquiries import Contribution, Inquiry, InquiryStatus
from registry.measures import Measure
from registry.papers import Paper
from registry.programmes import Programme
from registry.routing import Routing

REPORT = ("status", "current_state", "as_of")
WORKFLOW = ("number", "list", "position", "contributions", "status", "answer", "answered_on")


def merge_measure(known: Measure, new: Measure, *, round_is_open: bool) -> Measure:
    """The newer round speaks for the measure. What a closed round reported stays; a mere reference adds nothing."""
    if new.is_stub and not known.is_stub:
        return known
    if known.is_stub or known.as_of is None:
        return new
    if new.as_of is not None and new.as_of < known.as_of:
        return known
    if new.as_of is None or (new.as_of == known.as_of and not round_is_open):
        return new.model_copy(update={name: getattr(known, name) for name in REPORT})
    return new


def merge_inquiry(known: Inquiry, new: Inquiry) -> Inquiry:
    """A list brings words, subject and routing; how far the work on the answer is, only people say."""
    kept: dict[str, object] = {name: getattr(known, name) for name in WORKFLOW}
    dates = {name: getattr(new, name) or getattr(known, name) for name in ("offices_due_on", "due_on")}
    merged = new.model_copy(update=kept | dates | {"routing": known.routing})
    return routed(merged, new.routing) if new.routing and new.routing != known.routing else merged


def routed(inquiry: Inquiry, routing: Routing | None) -> Inquiry:
    """The inquiry with one contribution for each office of its routing; what was delivered before stays."""
    if routing is None:
        return inquiry
    known = {part.office: part for part in inquiry.contributions}
    contributions = tuple(known.get(office, Contribution(office=office)) for office in dict.fromkeys(routing.offices))
    status = InquiryStatus.OPEN if inquiry.status is InquiryStatus.UNROUTED else inquiry.status
    return inquiry.model_copy(update={"routing": routing, "contributions": contributions, "status": status})


def merge_paper(known: Paper, new: Paper) -> Paper:
    """A mere reference adds nothing to a paper that is known."""
    return known if new.is_stub and not known.is_stub else new


def merge_programme(known: Programme, new: Programme) -> Programme:
    """The sponsor's paper says nothing of the city's decision."""
    return new.model_copy(update={"decision": new.decision or known.decision})
