"""What is still unsaid in a deed on an inquiry, and what its words mean."""

from collections.abc import Iterator

from rapidfuzz import fuzz, process

from registry.deeds import RecordDeed
from registry.deeds.inquiries import (
    DeliverContribution,
    ForAnOffice,
    HandBack,
    NoteAnswered,
    Route,
    SendBack,
    SetInquiryDue,
    Withdraw,
    WriteAnswer,
)
from registry.doing.circumstances import Circumstances, NotPossible, Obstacle, limited
from registry.folding import fold, tidy
from registry.inquiries import ContributionStatus, Inquiry
from registry.offices import Office, OfficeTree
from registry.periods import read_due, read_past_day
from registry.routing import read_routing

_OF_ANSWER = frozenset({"answer", "antwort"})
_OF_OFFICES = frozenset({"offices", "aemter", "contributions", "zuarbeit", "zuarbeiten"})
_NEAR = 70  # of 100
_MOST_OFFERED = 4


def lacking(deed: RecordDeed) -> str | None:
    """The field that still has to be said. Texts come last: who is asked for one knows what it is for."""
    match deed:
        case DeliverContribution(office=None) | HandBack(office=None) | SendBack(office=None):
            return "office"
        case DeliverContribution(text=None | "") | WriteAnswer(text=None | ""):
            return "text"
        case HandBack(reason=None | "") | Withdraw(reason=None | ""):
            return "reason"
        case SendBack(remark=None | ""):
            return "remark"
        case Route(routing=None):
            return "words"
        case SetInquiryDue(on=None):
            return "words"
    return None


def completed(deed: RecordDeed, inquiry: Inquiry, at: Circumstances) -> RecordDeed:
    match deed:
        case DeliverContribution(office=None) | HandBack(office=None) | SendBack(office=None):
            return _for_an_office(deed, inquiry, at)
        case HandBack(better=str() as words) if words not in at.offices:
            return deed.model_copy(update={"better": _known(words, deed, at.offices).code})
        case Route(words=str() as words, routing=None) if words.strip():
            return _routed(deed, words, at.offices)
        case SetInquiryDue(words=str() as words, on=None) if words.strip():
            return _due(deed, words, at)
        case NoteAnswered(on=None):
            return deed.model_copy(update={"on": _answered_on(deed, at)})
    return deed


def _for_an_office(deed: ForAnOffice, inquiry: Inquiry, at: Circumstances) -> ForAnOffice:
    """Where only one contribution can be meant, that one is."""
    if not inquiry.contributions:
        raise NotPossible(Obstacle.NOBODY_ASKED)
    open_to = [part for part in inquiry.contributions if part.office in at.acting]
    if isinstance(deed, SendBack):
        open_to = [part for part in open_to if part.status is not ContributionStatus.PENDING]
    if not open_to:
        raise NotPossible(Obstacle.NOTHING_DELIVERED if isinstance(deed, SendBack) else Obstacle.NO_CONTRIBUTION)
    awaited_first = sorted(open_to, key=lambda part: part.status is not ContributionStatus.PENDING)
    among = tuple(part.office for part in awaited_first)
    only: dict[str, object] = {"office": among[0]} if len(among) == 1 else {"among": among}
    return deed.model_copy(update=only)


def _routed(deed: Route, words: str, tree: OfficeTree) -> Route:
    line = limited(tidy(words))
    routing = read_routing(line, tree)
    if routing is None:
        raise NotPossible(Obstacle.NO_OFFICE_NAMED, line, instead=(_unsaid(deed),))
    for unknown in routing.unknown:
        offered = tuple(deed.model_copy(update={"words": said}) for said in _respelt(line, unknown, tree))
        raise NotPossible(Obstacle.UNKNOWN_OFFICE, unknown, instead=(*offered, _unsaid(deed)))
    return deed.model_copy(update={"words": line, "routing": routing})


def _respelt(line: str, unknown: str, tree: OfficeTree) -> Iterator[str]:
    """The line with a place it may have meant in the stead of one nobody knows."""
    if unknown in line:
        yield from (line.replace(unknown, office.code, 1) for office in near_offices(unknown, tree))


def _unsaid(deed: Route | SetInquiryDue) -> Route | SetInquiryDue:
    return deed.model_copy(update={"words": None})


def _known(words: str, deed: HandBack, tree: OfficeTree) -> Office:
    office = tree.find(words)
    if office is None:
        offered = tuple(deed.model_copy(update={"better": near.code}) for near in near_offices(words, tree))
        nobody = deed.model_copy(update={"better": None})
        raise NotPossible(Obstacle.UNKNOWN_OFFICE, words, instead=(*offered, nobody))
    return office


def near_offices(words: str, tree: OfficeTree) -> tuple[Office, ...]:
    """The places whose code or name looks most like the words."""
    wanted = fold(words).replace(" ", "")
    near = process.extract(wanted, tuple(tree.by_name), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=3 * _MOST_OFFERED)
    found = {tree.by_name[name].code: tree.by_name[name] for name, _, _ in near}
    return tuple(found.values())[:_MOST_OFFERED]


def _due(deed: SetInquiryDue, words: str, at: Circumstances) -> SetInquiryDue:
    first, _, rest = tidy(words).partition(" ")
    of_answer = fold(first) in _OF_ANSWER
    said = rest if of_answer or fold(first) in _OF_OFFICES else tidy(words)
    of_answer = of_answer or (deed.of_answer and said != rest)
    named = deed.model_copy(update={"of_answer": of_answer})
    if not said:
        return _unsaid_due(named)
    on = read_due(said, at.today, at.workdays)
    if on is None:
        raise NotPossible(Obstacle.UNKNOWN_DATE, said, instead=(_unsaid(named),))
    if on < at.today:
        raise NotPossible(Obstacle.DATE_PAST, said, instead=(_unsaid(named),))
    return named.model_copy(update={"on": on})


def _unsaid_due(deed: SetInquiryDue) -> SetInquiryDue:
    return deed.model_copy(update={"words": None})


def _answered_on(deed: NoteAnswered, at: Circumstances) -> object:
    """The day the answer was sent: today, unless another is said."""
    words = tidy(deed.words or "")
    if not words:
        return at.today
    on = read_past_day(words, at.today)
    today = deed.model_copy(update={"words": None, "on": at.today})
    if on is None:
        raise NotPossible(Obstacle.UNKNOWN_DATE, words, instead=(today,))
    if on > at.today:
        raise NotPossible(Obstacle.DATE_TO_COME, words, instead=(today,))
    return on
