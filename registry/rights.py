"""Who may do what: the least role, and for office staff the records of their own offices. Default deny."""

from typing import get_args

from registry.deeds import (
    AdminDeed,
    AnswerDoubt,
    AskForLonger,
    CloseRound,
    ConfirmUnchanged,
    DecideLonger,
    Deed,
    EditMeasure,
    ForgetMe,
    ImportDocument,
    NewMeasure,
    NewQuestions,
    OpenRound,
    PaperDeed,
    ReopenRound,
    ReportStatus,
    SetDigest,
    SetVisibility,
    Subject,
    Undo,
    WriteNote,
)
from registry.deeds.inquiries import (
    DeliverContribution,
    ForAnOffice,
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
from registry.inquiries import Inquiry
from registry.measures import Measure
from registry.offices import OfficeTree
from registry.papers import Paper
from registry.people import Reader, Role
from registry.reading import Form

LEAST_ROLE: dict[type[Deed], Role] = {
    ReportStatus: Role.EDITOR,
    WriteNote: Role.EDITOR,
    ForgetMe: Role.GUEST,
    Undo: Role.EDITOR,
    ConfirmUnchanged: Role.EDITOR,
    SetVisibility: Role.COORDINATOR,
    ImportDocument: Role.COORDINATOR,
    EditMeasure: Role.COORDINATOR,
    AnswerDoubt: Role.COORDINATOR,
    NewMeasure: Role.COORDINATOR,
    NewQuestions: Role.COORDINATOR,
    OpenRound: Role.COORDINATOR,
    CloseRound: Role.COORDINATOR,
    DeliverContribution: Role.EDITOR,
    HandBack: Role.EDITOR,
    SendBack: Role.COORDINATOR,
    Route: Role.COORDINATOR,
    SetInquiryDue: Role.COORDINATOR,
    MergeContributions: Role.COORDINATOR,
    WriteAnswer: Role.COORDINATOR,
    Release: Role.COORDINATOR,
    NoteAnswered: Role.COORDINATOR,
    Withdraw: Role.COORDINATOR,
    ReopenRound: Role.COORDINATOR,
    AskForLonger: Role.EDITOR,
    DecideLonger: Role.COORDINATOR,
}


# Roles, invitations, offices and chats are for administrators alone, digests for coordination; see ``least_role``.
LEAST_ROLE |= dict.fromkeys(get_args(AdminDeed), Role.ADMIN)
LEAST_ROLE[SetDigest] = Role.COORDINATOR
LEAST_ROLE |= dict.fromkeys(get_args(PaperDeed), Role.COORDINATOR)


def may(role: Role, own_offices: tuple[str, ...], deed: Deed, subject: Subject | None, tree: OfficeTree) -> bool:
    """Coordinators and above may do what their role allows to every record, editors only to those of their offices
    (what lies below these included). ``subject`` is None for a deed that no single record meets."""
    least = least_role(deed)
    if least is None or role < least:
        return False
    if role >= Role.COORDINATOR or subject is None:
        return True
    own = own_places(own_offices, subject, tree)
    return deed.office in own if isinstance(deed, ForAnOffice) and deed.office is not None else bool(own)


def least_role(deed: Deed) -> Role | None:
    """A digest of one's own, or in a group that one looks after, needs no more than a role."""
    is_ones_own = isinstance(deed, SetDigest) and deed.is_ones_own
    return Role.READER if is_ones_own else LEAST_ROLE.get(type(deed))


def acting_places(role: Role, own_offices: tuple[str, ...], subject: Subject, tree: OfficeTree) -> tuple[str, ...]:
    """The places of a record that somebody acts for: coordinators for all of them."""
    return places_of(subject) if role >= Role.COORDINATOR else own_places(own_offices, subject, tree)


def may_take_back(role: Role, own_offices: tuple[str, ...], deed: Deed, was: Subject, tree: OfficeTree) -> bool:
    """Whether somebody may still do a deed to the record as it was; a deed that gives it away can be taken back."""
    return may(role, own_offices, Undo(of=""), was, tree) and may(role, own_offices, deed, was, tree)


def who(role: Role, own_offices: tuple[str, ...], deed: Deed, subject: Subject, tree: OfficeTree) -> str:
    """Office staff act for an office, others in their role; a history never names a person."""
    if isinstance(deed, ForAnOffice) and deed.office is not None and role is Role.EDITOR:
        return deed.office
    if role is Role.EDITOR:
        return next(iter(own_places(own_offices, subject, tree)), "editor")
    return role.name.lower()


def own_places(own_offices: tuple[str, ...], subject: Subject, tree: OfficeTree) -> tuple[str, ...]:
    """The places that a record names and that somebody's offices stand for."""
    own = {code for office in own_offices for code in tree.subtree(office)}
    return tuple(place for place in places_of(subject) if place in own)


def places_of(subject: Subject) -> tuple[str, ...]:
    """The places that work on a record: those that lead it, take part in it, contribute, or are responsible."""
    match subject:
        case Measure():
            return tuple(dict.fromkeys((*subject.lead_offices, *subject.participating)))
        case Inquiry():
            routing = subject.routing
            leading = (*routing.coordinating, *routing.answering) if routing else ()
            return tuple(dict.fromkeys((*(part.office for part in subject.contributions), *leading)))
        case Paper():
            return tuple(dict.fromkeys(mandate.responsible for mandate in subject.mandates if mandate.responsible))
    return ()


def reads_drafts(reader: Reader, inquiry: Inquiry, tree: OfficeTree) -> bool:
    """Contributions, remarks and an answer that is not released are for those who work on them, in private."""
    works_on_it = reader.role >= Role.COORDINATOR or bool(own_places(reader.offices, inquiry, tree))
    return reader.reads_notes and works_on_it


def may_import(role: Role, form: Form) -> bool:
    """The tree of offices decides who may change what: it is for administrators alone."""
    return role >= (Role.ADMIN if form is Form.OFFICES else Role.COORDINATOR)
