"""The buttons of a card that change its record: those that its reader may press."""

from handlers.context import Request
from registry import rights
from registry.deeds import ReportStatus, Subject
from registry.inquiries import Inquiry
from registry.measures import Measure
from registry.people import Role
from views import buttons
from views.inquiry_buttons import next_steps
from views.message import Button


def acts(request: Request, subject: Subject) -> tuple[Button, ...]:
    """None in a group, where everybody would see them; rights are read anew at each press."""
    reader = request.reader
    if not request.is_private or reader.role < Role.EDITOR:
        return ()
    match subject:
        case Measure(is_stub=False):
            report = ReportStatus(ref=subject.number)
            if rights.may(reader.role, reader.offices, report, subject, request.offices):
                return (buttons.command(request.say("✎ Report status"), "status", subject.number),)
        case Inquiry():
            own = rights.own_places(reader.offices, subject, request.offices)
            return next_steps(subject, reader.role, own, request.voice)
    return ()
