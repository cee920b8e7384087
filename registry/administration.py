"""What becomes of people, invitations, offices and chats when an administrator does something to them. Pure."""

from datetime import date

from registry.administered import (
    AGREED_LASTS,
    AccessRequest,
    AdminSubject,
    Hindrance,
    Invitation,
    NotGranted,
    Offices,
    ServedChat,
    Situation,
    refuse,
)
from registry.deeds.digests import SetDigest
from registry.deeds.people import (
    AdminDeed,
    ChangeOffice,
    ClearChat,
    DeclineAccess,
    GiveChatOffices,
    GrantRole,
    Invite,
    LoadOffices,
    RevokeRole,
    WithdrawInvitation,
)
from registry.digest_setup import set_up
from registry.digests import Digest
from registry.office_changes import changed, loaded
from registry.people import Role, Staff, is_person
from registry.visibility import Clearance

_NOBODY = Staff(number=0)


def check_person(deed: AdminDeed, at: Situation) -> None:
    """What no role can change: that the number is nobody's, one's own, or the settings'. Raises NotGranted."""
    if isinstance(deed, GrantRole) and isinstance(at.before, Staff):
        refuse(Hindrance.NO_PERSON, when=not is_person(deed.person))
        refuse(Hindrance.SELF, when=deed.person in (at.by, deed.proposed_by))
        refuse(Hindrance.BY_SETTINGS, when=at.before.is_set)


def lacking(deed: AdminDeed) -> str | None:
    """The field that still has to be said before the deed can be done."""
    match deed:
        case GrantRole(role=None) | Invite(role=None):
            return "role"
        case GrantRole(role=Role.EDITOR, offices=(), stands_in_for=None) | Invite(role=Role.EDITOR, offices=()):
            return "offices"
        case GrantRole(stands_in_for=int(), stands_in_until=None):
            return "stands_in_until"
        case ClearChat(to=None):
            return "to"
    return None


def needs_second(deed: AdminDeed, at: Situation) -> bool:
    """Whether another administrator has to agree: to a new one, and to more than the public in a chat."""
    is_grave = (isinstance(deed, GrantRole) and deed.role is Role.ADMIN) or (
        isinstance(deed, ClearChat) and deed.to is not None and deed.to > Clearance.PUBLIC
    )
    asked = deed.proposed_by if isinstance(deed, GrantRole | ClearChat) else None
    candidates = [one for one in at.others if not (isinstance(deed, GrantRole) and one.number == deed.person)]
    return is_grave and asked is None and bool(candidates)


def outcome(deed: AdminDeed, at: Situation) -> AdminSubject:
    """What is afterwards. Raises NotGranted."""
    after = _outcome(deed, at)
    if after == at.before:
        raise NotGranted(Hindrance.NOTHING_CHANGES)
    return after


def _outcome(deed: AdminDeed, at: Situation) -> AdminSubject:
    match deed, at.before:
        case GrantRole(), Staff() as before:
            return _granted(deed, before, at)
        case RevokeRole(), Staff() as before:
            return _revoked(before, at)
        case Invite(), Invitation():
            return _invited(deed, at)
        case WithdrawInvitation(), Invitation() as before:
            refuse(Hindrance.NO_INVITATION, when=before.is_used or before.is_withdrawn or not before.code_hash)
            return before.model_copy(update={"is_withdrawn": True})
        case DeclineAccess(), AccessRequest() as before:
            refuse(Hindrance.NO_REQUEST, when=not before.is_open)
            return before.model_copy(update={"is_open": False, "is_declined": True})
        case ChangeOffice(), Offices() as before:
            return changed(deed, before)
        case LoadOffices(), Offices() as before:
            return loaded(deed.offices, before, without=deed.without)
        case ClearChat(), ServedChat() as before:
            return _cleared(deed, before, at)
        case GiveChatOffices(), ServedChat() as before:
            refuse(Hindrance.NO_CHAT, when=not before.admitted)
            _refuse_terms(deed.offices, None, at)
            return before.model_copy(update={"offices": deed.offices})
        case SetDigest(), Digest() as before:
            return set_up(deed, before, at)
    raise NotGranted(Hindrance.NO_CHAT)


def _granted(deed: GrantRole, before: Staff, at: Situation) -> Staff:
    check_person(deed, at)
    _refuse_terms(deed.offices, deed.until, at)
    _refuse_second(deed.proposed_by, at)
    role = deed.role or Role.GUEST
    if deed.stands_in_for is not None:
        _refuse_standing_in(deed, at)
    after = before.model_copy(
        update={
            "role": role,
            "offices": deed.offices,
            "until": _ends(role, deed.until, at),
            "stands_in_for": deed.stands_in_for,
            "stands_in_until": deed.stands_in_until if deed.stands_in_for else None,
        }
    )
    refuse(Hindrance.LAST_ADMIN, when=_leaves_no_admin(before, after, at))
    return after


def _ends(role: Role, until: date | None, at: Situation) -> date | None:
    """An administrator that others appoint is one for a while; what the operator gives lasts as long as it says."""
    if role is not Role.ADMIN:
        return until
    return min(until or date.max, at.today + AGREED_LASTS)


def _refuse_terms(offices: tuple[str, ...], until: date | None, at: Situation) -> None:
    refuse(Hindrance.UNKNOWN_OFFICE, when=any(code not in at.offices for code in offices))
    refuse(Hindrance.PAST, when=until is not None and until < at.today)


def _refuse_second(proposed_by: int | None, at: Situation) -> None:
    if proposed_by is None:
        return
    refuse(Hindrance.SECOND_IS_FIRST, when=proposed_by == at.by)
    refuse(Hindrance.ASK_A_SECOND, when=all(admin.number != proposed_by for admin in at.admins))


def _refuse_standing_in(deed: GrantRole, at: Situation) -> None:
    other = at.stood_in_for or _NOBODY
    has_offices = other.role_on(at.today) >= Role.EDITOR and bool(other.offices)
    refuse(Hindrance.NOBODY_TO_STAND_IN_FOR, when=deed.stands_in_for == deed.person or not has_offices)
    refuse(Hindrance.PAST, when=deed.stands_in_until is not None and deed.stands_in_until < at.today)


def _leaves_no_admin(before: Staff, after: Staff, at: Situation) -> bool:
    """Whoever is administrator to the last stays so beyond the day (see ``Staff.is_last``), so one is enough."""
    was = before.role_on(at.today) is Role.ADMIN
    others = [one for one in at.admins if one.number != before.number]
    return was and after.role_on(at.today) is not Role.ADMIN and not others


def _revoked(before: Staff, at: Situation) -> Staff:
    refuse(Hindrance.BY_SETTINGS, when=before.is_set)
    refuse(Hindrance.NO_ROLE, when=before.role is Role.GUEST)
    after = Staff(number=before.number, pseudonym=before.pseudonym)
    refuse(Hindrance.LAST_ADMIN, when=_leaves_no_admin(before, after, at))
    return after


def _invited(deed: Invite, at: Situation) -> Invitation:
    _refuse_terms(deed.offices, deed.until, at)
    # A link may reach anybody; where there is a second administrator, a new one is agreed to by number.
    refuse(Hindrance.ASK_A_SECOND, when=deed.role is Role.ADMIN and bool(at.others))
    role = deed.role or Role.GUEST
    until = _ends(role, deed.until, at)
    return Invitation(code_hash=deed.code_hash, role=role, offices=deed.offices, until=until)


def _cleared(deed: ClearChat, before: ServedChat, at: Situation) -> ServedChat:
    refuse(Hindrance.NO_CHAT, when=not before.admitted)
    _refuse_second(deed.proposed_by, at)
    to = deed.to or Clearance.PUBLIC
    until = at.today + AGREED_LASTS if to > Clearance.PUBLIC else None
    return before.model_copy(update={"clearance": to, "cleared_until": until, "suspended": ""})


def reverse(deed: AdminDeed, before: AdminSubject, after: AdminSubject) -> AdminDeed | None:
    """The deed that takes this one back, where there is one."""
    match before, after:
        case Staff(role=Role.GUEST), Staff():
            return RevokeRole(person=before.number)
        case Staff(), Staff():
            return GrantRole(
                person=before.number,
                role=before.role,
                offices=before.offices,
                until=before.until,
                stands_in_for=before.stands_in_for,
                stands_in_until=before.stands_in_until,
            )
        case Invitation(), Invitation() if isinstance(deed, Invite):
            return WithdrawInvitation(code_hash=deed.code_hash)
        case ServedChat(), ServedChat() if isinstance(deed, GiveChatOffices):
            return GiveChatOffices(chat=before.id, offices=before.offices)
        case ServedChat(), ServedChat() if before.clearance is after.clearance:
            return None  # renewed; nothing is to be seen that was not before
        case ServedChat(), ServedChat():
            return ClearChat(chat=before.id, to=before.clearance)
        case Offices(), Offices():
            known, now = ({office.code: office for office in one.offices} for one in (before, after))
            differing = tuple(office for code, office in known.items() if office != now.get(code))
            return LoadOffices(offices=differing, without=tuple(code for code in now if code not in known))
        case Digest(), Digest() if isinstance(deed, SetDigest):
            return SetDigest(digest=before, by_chat_admin=deed.by_chat_admin)
    return None
