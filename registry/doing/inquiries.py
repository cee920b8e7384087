"""What becomes of an inquiry: open → in review → released → answered, or withdrawn."""

from collections.abc import Iterator

from registry.deeds import RecordDeed
from registry.deeds.inquiries import (
    DeliverContribution,
    HandBack,
    MergeContributions,
    NoteAnswered,
    Release,
    Route,
    SendBack,
    SetInquiryDue,
    Withdraw,
    WriteAnswer,
)
from registry.doing.circumstances import Circumstances, NotPossible, Obstacle, limited
from registry.inquiries import SETTLED_STATUSES, Contribution, ContributionStatus, Inquiry, InquiryStatus
from registry.offices import OfficeTree

_IN = frozenset({ContributionStatus.DELIVERED, ContributionStatus.ACCEPTED})


def done(deed: RecordDeed, inquiry: Inquiry, at: Circumstances) -> Inquiry:
    _refuse_settled(deed, inquiry)
    match deed:
        case DeliverContribution(office=str() as office):
            return _delivered(inquiry, office, limited(deed.text or ""), at.offices)
        case HandBack(office=str() as office):
            return _handed_back(inquiry, office, deed)
        case SendBack(office=str() as office):
            return _sent_back(inquiry, office, limited(deed.remark or ""), at.offices)
        case Route():
            return _routed(inquiry, deed)
        case SetInquiryDue():
            return inquiry.model_copy(update={"due_on" if deed.of_answer else "offices_due_on": deed.on})
        case MergeContributions():
            return _standing(_merged(inquiry, at.offices))
        case WriteAnswer():
            return _standing(inquiry.model_copy(update={"answer": limited(deed.text or "")}))
        case Release():
            return _released(inquiry, deed, at.offices)
        case NoteAnswered():
            return _answered(inquiry, deed)
        case Withdraw():
            limited(deed.reason or "")
            return inquiry.model_copy(update={"status": InquiryStatus.WITHDRAWN})
    raise NotPossible(Obstacle.WRONG_KIND)


def why(deed: RecordDeed) -> str:
    """The reason that a deed gives, for the history."""
    match deed:
        case HandBack() | Withdraw():
            return deed.reason or ""
        case SendBack():
            return deed.remark or ""
    return ""


def owing(inquiry: Inquiry) -> tuple[Contribution, ...]:
    """The contributions without which there is no whole answer: joint questions wait for every office, and what an
    office handed back waits until coordination routes it anew."""
    return tuple(part for part in inquiry.contributions if part.status not in _IN)


def _refuse_settled(deed: RecordDeed, inquiry: Inquiry) -> None:
    """The day of an answer may be corrected, and who withdrew an inquiry may ask for contributions after all."""
    is_answered = inquiry.status is InquiryStatus.ANSWERED
    goes_on = isinstance(deed, NoteAnswered) if is_answered else isinstance(deed, Route)
    if inquiry.status in SETTLED_STATUSES and not goes_on:
        raise NotPossible(Obstacle.IS_SETTLED)


def _delivered(inquiry: Inquiry, office: str, text: str, tree: OfficeTree) -> Inquiry:
    if inquiry.status is InquiryStatus.RELEASED:
        raise NotPossible(Obstacle.IS_RELEASED)
    known = _contribution(inquiry, office)
    if known.status in _IN and known.text == text:
        raise NotPossible(Obstacle.NOTHING_CHANGES)
    return _with(
        _without_text(inquiry, known, tree),
        Contribution(office=office, status=ContributionStatus.DELIVERED, text=text),
    )


def _handed_back(inquiry: Inquiry, office: str, deed: HandBack) -> Inquiry:
    """What the office wrote before stays with it."""
    if inquiry.status is InquiryStatus.RELEASED:
        raise NotPossible(Obstacle.IS_RELEASED)
    if deed.better == office:
        raise NotPossible(Obstacle.OWN_OFFICE, office, instead=(deed.model_copy(update={"better": None}),))
    handed = {
        "status": ContributionStatus.NOT_RESPONSIBLE,
        "reason": limited(deed.reason or ""),
        "better_office": deed.better,
    }
    return _with(inquiry, _contribution(inquiry, office).model_copy(update=handed))


def _sent_back(inquiry: Inquiry, office: str, remark: str, tree: OfficeTree) -> Inquiry:
    """The text stays for the office to work on, but is taken out of the answer."""
    known = _contribution(inquiry, office)
    again = Contribution(office=office, text=known.text, remark=remark)
    return _with(_without_text(inquiry, known, tree), again)


def _routed(inquiry: Inquiry, deed: Route) -> Inquiry:
    """What was delivered stays, of offices that are no longer asked too; who handed it back is asked anew."""
    routing = deed.routing
    if routing is None or (routing == inquiry.routing and not _is_handed_back(inquiry)):
        raise NotPossible(Obstacle.NOTHING_CHANGES)
    known = {part.office: part for part in inquiry.contributions}
    asked = (known.get(office, Contribution(office=office)) for office in routing.offices)
    anew = (Contribution(office=p.office, text=p.text) if _is_not_responsible(p) else p for p in asked)
    besides = (p for p in inquiry.contributions if p.office not in routing.offices and p.status in _IN)
    return _standing(inquiry.model_copy(update={"routing": routing, "contributions": (*anew, *besides)}))


def _merged(inquiry: Inquiry, tree: OfficeTree) -> Inquiry:
    fresh = [part for part in inquiry.contributions if part.status is ContributionStatus.DELIVERED]
    if not fresh:
        raise NotPossible(Obstacle.NOTHING_TO_MERGE)
    answer = "\n\n".join(filter(None, (inquiry.answer, *(_as_answer(inquiry, part, tree) for part in fresh))))
    return _accepted(inquiry).model_copy(update={"answer": answer})


def _accepted(inquiry: Inquiry) -> Inquiry:
    accepted = {"status": ContributionStatus.ACCEPTED}
    parts = (p.model_copy(update=accepted) if p.status in _IN else p for p in inquiry.contributions)
    return inquiry.model_copy(update={"contributions": tuple(parts)})


def _released(inquiry: Inquiry, deed: Release, tree: OfficeTree) -> Inquiry:
    """An answer that nobody wrote yet is what the offices delivered."""
    if inquiry.status is InquiryStatus.RELEASED:
        raise NotPossible(Obstacle.NOTHING_CHANGES)
    if owed := owing(inquiry):
        raise NotPossible(Obstacle.WAITS_FOR_OFFICES, ", ".join(part.office for part in owed))
    is_fresh = any(part.status is ContributionStatus.DELIVERED for part in inquiry.contributions)
    if is_fresh and inquiry.answer and not deed.as_it_is:
        merge, as_it_is = MergeContributions(ref=deed.ref), deed.model_copy(update={"as_it_is": True})
        raise NotPossible(Obstacle.NOT_IN_ANSWER, instead=(merge, as_it_is))
    whole = _merged(inquiry, tree) if is_fresh and not inquiry.answer else _accepted(inquiry)
    if not whole.answer:
        raise NotPossible(Obstacle.NO_ANSWER, instead=(WriteAnswer(ref=deed.ref),))
    return whole.model_copy(update={"status": InquiryStatus.RELEASED})


def _answered(inquiry: Inquiry, deed: NoteAnswered) -> Inquiry:
    if inquiry.status not in (InquiryStatus.RELEASED, InquiryStatus.ANSWERED):
        raise NotPossible(Obstacle.NOT_RELEASED, instead=(Release(ref=deed.ref),))
    return inquiry.model_copy(update={"status": InquiryStatus.ANSWERED, "answered_on": deed.on})


def _standing(inquiry: Inquiry) -> Inquiry:
    """The inquiry with the status that its contributions and its answer give it; a changed answer is reviewed anew."""
    parts, owed = inquiry.contributions, owing(inquiry)
    if owed:
        nobody_works_on_it = all(map(_is_not_responsible, parts))
        status = InquiryStatus.UNROUTED if nobody_works_on_it else InquiryStatus.OPEN
    elif parts or inquiry.answer:
        status = InquiryStatus.IN_REVIEW
    else:
        status = InquiryStatus.OPEN if inquiry.routing else InquiryStatus.UNROUTED
    return inquiry.model_copy(update={"status": status})


def _with(inquiry: Inquiry, changed: Contribution) -> Inquiry:
    parts = tuple(changed if part.office == changed.office else part for part in inquiry.contributions)
    return _standing(inquiry.model_copy(update={"contributions": parts}))


def _contribution(inquiry: Inquiry, office: str) -> Contribution:
    found = next((part for part in inquiry.contributions if part.office == office), None)
    if found is None:
        raise NotPossible(Obstacle.NO_CONTRIBUTION)
    return found


def _without_text(inquiry: Inquiry, part: Contribution, tree: OfficeTree) -> Inquiry:
    """What a contribution brought into the answer leaves it again, unless somebody has edited it there."""
    if part.status is not ContributionStatus.ACCEPTED:
        return inquiry
    own = _as_answer(inquiry, part, tree)
    left = "\n\n".join(_blocks_without(inquiry.answer, own))
    return inquiry.model_copy(update={"answer": left})


def _blocks_without(answer: str, own: str) -> Iterator[str]:
    before, found, after = f"\n\n{answer}\n\n".partition(f"\n\n{own}\n\n")
    yield from filter(None, (before.strip("\n"), after.strip("\n")) if found else (answer,))


def _as_answer(inquiry: Inquiry, part: Contribution, tree: OfficeTree) -> str:
    """Under the office's name, unless the answer is this office's alone. The answer is an official text: German."""
    if len(inquiry.contributions) == 1:
        return part.text
    office = tree.get(part.office)
    return f"{office.name_de if office else part.office}:\n{part.text}"


def _is_handed_back(inquiry: Inquiry) -> bool:
    return any(map(_is_not_responsible, inquiry.contributions))


def _is_not_responsible(part: Contribution) -> bool:
    return part.status is ContributionStatus.NOT_RESPONSIBLE
