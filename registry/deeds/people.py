"""What administrators do: roles, invitations, offices and chats; and digests. These deeds meet no record."""

from datetime import date
from typing import Literal

from registry.deeds.digests import SetDigest
from registry.offices import Office
from registry.people import Role
from registry.records import Record
from registry.visibility import Clearance


class GrantRole(Record):
    """Gives somebody a role, and all that belongs to it: what is not said here, they have no more.

    ``role`` is None while it is still to be said. ``stands_in_for`` adds the offices of somebody else until a day.
    Where a second administrator has to agree, ``proposed_by`` is the first.
    """

    deed: Literal["grant_role"] = "grant_role"
    person: int
    role: Role | None = None
    offices: tuple[str, ...] = ()
    until: date | None = None
    stands_in_for: int | None = None
    stands_in_until: date | None = None
    proposed_by: int | None = None


class RevokeRole(Record):
    deed: Literal["revoke_role"] = "revoke_role"
    person: int


class Invite(Record):
    """Makes a link that gives a role once; only the hash of its code is kept."""

    deed: Literal["invite"] = "invite"
    role: Role | None = None
    offices: tuple[str, ...] = ()
    until: date | None = None
    code_hash: str = ""


class WithdrawInvitation(Record):
    deed: Literal["withdraw_invitation"] = "withdraw_invitation"
    code_hash: str


class DeclineAccess(Record):
    """Declines what a guest asked for."""

    deed: Literal["decline_access"] = "decline_access"
    person: int


class ChangeOffice(Record):
    """Changes how an office is called or where it stands; what is None stays. An empty ``parent`` is the top."""

    deed: Literal["change_office"] = "change_office"
    code: str
    name_de: str | None = None
    name_en: str | None = None
    parent: str | None = None
    aliases: tuple[str, ...] | None = None


class LoadOffices(Record):
    """Adds these offices to the tree or changes those there are; only what was just added goes again (``without``)."""

    deed: Literal["load_offices"] = "load_offices"
    offices: tuple[Office, ...]
    without: tuple[str, ...] = ()


class ClearChat(Record):
    """Says how much of the non-public may be seen in a chat; see ``GrantRole`` for ``proposed_by``."""

    deed: Literal["clear_chat"] = "clear_chat"
    chat: int
    to: Clearance | None = None
    proposed_by: int | None = None


class GiveChatOffices(Record):
    """Says which offices a chat is about; without any, it is about the whole city."""

    deed: Literal["give_chat_offices"] = "give_chat_offices"
    chat: int
    offices: tuple[str, ...] = ()


AdminDeed = (
    GrantRole
    | RevokeRole
    | Invite
    | WithdrawInvitation
    | DeclineAccess
    | ChangeOffice
    | LoadOffices
    | ClearChat
    | GiveChatOffices
    | SetDigest
)
