"""What can be done next to an inquiry, as buttons for those who may."""

from collections.abc import Iterator

from registry.inquiries import SETTLED_STATUSES, Contribution, ContributionStatus, Inquiry, InquiryStatus
from registry.people import Role
from registry.routing import notation
from views import buttons
from views.message import Button
from views.voice import Voice

_FINISHED = SETTLED_STATUSES | {InquiryStatus.RELEASED}
_DELIVERED = frozenset({ContributionStatus.DELIVERED, ContributionStatus.ACCEPTED})


def next_steps(inquiry: Inquiry, role: Role, acting: tuple[str, ...], voice: Voice) -> tuple[Button, ...]:
    """``acting`` are the places of the inquiry that the person acts for."""
    if role >= Role.COORDINATOR:
        return tuple(_of_coordination(inquiry, voice))
    return tuple(_of_office(inquiry, acting, voice)) if role is Role.EDITOR else ()


def _of_office(inquiry: Inquiry, acting: tuple[str, ...], voice: Voice) -> Iterator[Button]:
    own = [part for part in inquiry.contributions if part.office in acting]
    if not own or inquiry.status in _FINISHED:
        return
    is_awaited = any(part.status is ContributionStatus.PENDING for part in own)
    yield _step(voice.say("✎ Contribute") if is_awaited else voice.say("✎ Contribute anew"), "answer", inquiry)
    if is_awaited:
        yield _step(voice.say("Not responsible"), "notmine", inquiry)


def _of_coordination(inquiry: Inquiry, voice: Voice) -> Iterator[Button]:
    for part in inquiry.contributions:
        if part.better_office and part.status is ContributionStatus.NOT_RESPONSIBLE:
            yield _passing_on(inquiry, part, part.better_office, voice)
    yield from (_step(label, name, inquiry) for label, name in _steps(inquiry, voice))
    is_in = any(part.status in _DELIVERED for part in inquiry.contributions)
    if is_in and inquiry.status not in SETTLED_STATUSES:
        yield _step(voice.say("Send back"), "return", inquiry)


def _steps(inquiry: Inquiry, voice: Voice) -> Iterator[tuple[str, str]]:
    """The labels and commands that the status of an inquiry leads to."""
    say = voice.say
    match inquiry.status:
        case InquiryStatus.UNROUTED:
            yield say("Assign"), "assign"
            yield say("✎ Write the answer"), "draft"
            yield say("Withdraw"), "withdraw"
        case InquiryStatus.OPEN:
            yield say("Assign anew"), "assign"
            yield say("Set a date"), "due"
        case InquiryStatus.IN_REVIEW:
            yield say("✓ Release"), "release"
            if inquiry.answer and any(part.status is ContributionStatus.DELIVERED for part in inquiry.contributions):
                yield say("Add contributions"), "merge"
            yield say("✎ Write the answer"), "draft"
        case InquiryStatus.RELEASED:
            yield say("✓ Answer was sent"), "answered"


def _passing_on(inquiry: Inquiry, part: Contribution, better: str, voice: Voice) -> Button:
    """Asks the office that was named in the stead of the one that handed back."""
    routing = inquiry.routing
    asked = [better if office == part.office else office for office in (routing.offices if routing else ())]
    words = notation(dict.fromkeys(asked or [better]), routing.coordinating if routing else (), voice.offices)
    label = voice.say(
        "{better} instead of {office}", better=voice.short_office(better), office=voice.short_office(part.office)
    )
    return buttons.command(label, "assign", f"{inquiry.number} {words}")


def _step(label: str, name: str, inquiry: Inquiry) -> Button:
    return buttons.command(label, name, inquiry.number or "")
