"""What administrators act on besides the register's records, and what can stand against it."""

import zlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from registry.digests import Digest
from registry.offices import Office, OfficeTree
from registry.people import Role, Staff
from registry.records import Record
from registry.visibility import Clearance

INVITATION_LASTS = timedelta(days=7)
# What two administrators have to agree to is agreed to anew after a while, lest it outlast its reason.
AGREED_LASTS = timedelta(days=90)


class ServedChat(Record):
    """A chat as administrators see it. ``suspended`` says why its clearance was taken from it, ``cleared_until`` is the
    last day of one for more than the public."""

    id: int
    title: str = ""
    admitted: bool = False
    clearance: Clearance = Clearance.PUBLIC
    cleared_until: date | None = None
    language: str | None = None
    offices: tuple[str, ...] = ()
    suspended: str = ""
    is_channel: bool = False

    def clearance_on(self, day: date) -> Clearance:
        return clearance_on(day, self.clearance, self.cleared_until)


def clearance_on(day: date, clearance: Clearance, until: date | None) -> Clearance:
    return Clearance.PUBLIC if until is not None and until < day else clearance


class Invitation(Record):
    """A link that gives a role once. ``code_hash`` is empty before there is one."""

    code_hash: str = ""
    role: Role = Role.GUEST
    offices: tuple[str, ...] = ()
    until: date | None = None
    issuer: str = ""  # a pseudonym; '' is the operator at the command line
    expires_at: datetime | None = None
    is_used: bool = False
    is_withdrawn: bool = False


class AccessRequest(Record):
    """What a guest asked for."""

    person: int
    is_open: bool = False
    is_declined: bool = False


class Offices(Record):
    """The whole tree as a value."""

    offices: tuple[Office, ...] = ()


AdminSubject = Staff | ServedChat | Invitation | AccessRequest | Offices | Digest


class Hindrance(StrEnum):
    """Why something cannot be done, whoever wants it."""

    NO_PERSON = "nobody can have that number"
    SELF = "nobody changes their own role"
    BY_SETTINGS = "the settings name this administrator"
    LAST_ADMIN = "somebody has to be administrator"
    NO_ROLE = "has no role"
    UNKNOWN_OFFICE = "unknown office"
    PAST = "the day has passed"
    NOBODY_TO_STAND_IN_FOR = "works for no office"
    NOTHING_CHANGES = "nothing changes"
    SECOND_IS_FIRST = "the second has to be another"
    ASK_A_SECOND = "a second administrator has to agree to the person"
    NO_REQUEST = "nothing was asked for"
    NO_INVITATION = "no open invitation"
    NO_CHAT = "not a chat that is served"
    NO_PLACE = "would stand below itself"
    BAD_NAME = "no name"
    NO_DIGEST = "no such digest"
    SAME_DIGEST = "there is one that says the same"
    TOO_MANY_DIGESTS = "as many digests as a chat can have"


class NotGranted(Exception):
    def __init__(self, hindrance: Hindrance) -> None:
        super().__init__(hindrance.value)
        self.hindrance = hindrance


def refuse(hindrance: Hindrance, *, when: bool) -> None:
    """Raises NotGranted."""
    if when:
        raise NotGranted(hindrance)


@dataclass(frozen=True)
class Situation:
    """What a deed meets: ``before``, who does it, and the administrators there are on that day.

    Of a digest also the chat it goes to, unless that is a person's own, and all that go there.
    """

    before: AdminSubject
    by: int
    today: date
    offices: OfficeTree
    admins: tuple[Staff, ...] = ()
    stood_in_for: Staff | None = None
    place: ServedChat | None = None
    digests: tuple[Digest, ...] = ()

    @property
    def version(self) -> int:
        """Differs as soon as what was shown no longer holds."""
        return version_of(self.before)

    @property
    def others(self) -> tuple[Staff, ...]:
        """The administrators who could agree to what this one proposes."""
        return tuple(admin for admin in self.admins if admin.number != self.by)


def version_of(subject: AdminSubject) -> int:
    """A number for what can be read of it; what is given by the register itself does not count."""
    shown = subject.model_dump_json(exclude={"id", "pseudonym", "issuer", "expires_at", "is_last"})
    return zlib.crc32(shown.encode())
