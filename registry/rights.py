"""Who may do what: the least role, and for office staff the records of their own offices. Default deny."""

from registry.deeds import Deed, ReportStatus, SetVisibility, Subject, Undo, WriteNote
from registry.inquiries import Inquiry
from registry.measures import Measure
from registry.offices import OfficeTree
from registry.papers import Paper
from registry.people import Role

LEAST_ROLE: dict[type[Deed], Role] = {
    ReportStatus: Role.EDITOR,
    WriteNote: Role.EDITOR,
    Undo: Role.EDITOR,
    SetVisibility: Role.COORDINATOR,
}


def may(role: Role, own_offices: tuple[str, ...], deed: Deed, subject: Subject | None, tree: OfficeTree) -> bool:
    """Coordinators and above may do what their role allows to every record, editors only to those of their offices
    (what lies below these included). ``subject`` is None for a deed that no single record meets."""
    least = LEAST_ROLE.get(type(deed))
    if least is None or role < least:
        return False
    if role >= Role.COORDINATOR or subject is None:
        return True
    return bool(own_places(own_offices, subject, tree))


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
