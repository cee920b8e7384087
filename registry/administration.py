"""What becomes of people, invitations, offices and chats when an administrator does something to them. Pure."""

from datetime import date

from registry.administered import (
    AccessRequest,
    AdminSubject,
    Hindrance,
    Invitation,
    NotGranted,
    Offices,
    ServedChat,
    Situation,
)
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
from registry.offices import Office
from registry.people import Role, Staff, is_person
from registry.visibility import Clearance

LONGEST_NAME = 200
_NOBODY = Staff(number=0)


def check_person(deed: AdminDeed, at: Situation) -> None:
    """What no role can change: that the number is nobody's, one's own, or the settings'. Raises NotGranted."""
    if isinstance(deed, GrantRole) and isinstance(at.before, Staff):
        _refuse(Hindrance.NO_PERSON, when=not is_person(deed.person))
        _refuse(Hindrance.SELF, when=deed.person in (at.by, deed.proposed_by))
        _refuse(Hindrance.BY_SETTINGS, when=at.before.is_set)


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
            _refuse(Hindrance.NO_INVITATION, when=before.is_used or before.is_withdrawn or not before.code_hash)
            return before.model_copy(update={"is_withdrawn": True})
        case DeclineAccess(), AccessRequest() as before:
            _refuse(Hindrance.NO_REQUEST, when=not before.is_open)
            return before.model_copy(update={"is_open": False, "is_declined": True})
        case ChangeOffice(), Offices() as before:
            return _changed(deed, before)
        case LoadOffices(), Offices() as before:
            return _loaded(deed.offices, before)
        case ClearChat(), ServedChat() as before:
            return _cleared(deed, before, at)
        case GiveChatOffices(), ServedChat() as before:
            _refuse(Hindrance.NO_CHAT, when=not before.admitted)
            _refuse_terms(deed.offices, None, at)
            return before.model_copy(update={"offices": deed.offices})
    raise NotGranted(Hindrance.NO_CHAT)


def _refuse(hindrance: Hindrance, *, when: bool) -> None:
    if when:
        raise NotGranted(hindrance)


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
            "until": deed.until,
            "stands_in_for": deed.stands_in_for,
            "stands_in_until": deed.stands_in_until if deed.stands_in_for else None,
        }
    )
    _refuse(Hindrance.LAST_ADMIN, when=_leaves_no_admin(before, after, at))
    return after


def _refuse_terms(offices: tuple[str, ...], until: date | None, at: Situation) -> None:
    _refuse(Hindrance.UNKNOWN_OFFICE, when=any(code not in at.offices for code in offices))
    _refuse(Hindrance.PAST, when=until is not None and until < at.today)


def _refuse_second(proposed_by: int | None, at: Situation) -> None:
    if proposed_by is None:
        return
    _refuse(Hindrance.SECOND_IS_FIRST, when=proposed_by == at.by)
    _refuse(Hindrance.ASK_A_SECOND, when=all(admin.number != proposed_by for admin in at.admins))


def _refuse_standing_in(deed: GrantRole, at: Situation) -> None:
    other = at.stood_in_for or _NOBODY
    has_offices = other.role_on(at.today) >= Role.EDITOR and bool(other.offices)
    _refuse(Hindrance.NOBODY_TO_STAND_IN_FOR, when=deed.stands_in_for == deed.person or not has_offices)
    _refuse(Hindrance.PAST, when=deed.stands_in_until is not None and deed.stands_in_until < at.today)


def _leaves_no_admin(before: Staff, after: Staff, at: Situation) -> bool:
    """An administrator whose role ends one day is none to rely on."""
    was = before.role_on(at.today) is Role.ADMIN
    stays = after.role_on(at.today) is Role.ADMIN and after.until is None
    others = [one for one in at.admins if one.number != before.number and (one.is_set or one.until is None)]
    return was and not stays and not others


def _revoked(before: Staff, at: Situation) -> Staff:
    _refuse(Hindrance.BY_SETTINGS, when=before.is_set)
    _refuse(Hindrance.NO_ROLE, when=before.role is Role.GUEST)
    after = Staff(number=before.number, pseudonym=before.pseudonym)
    _refuse(Hindrance.LAST_ADMIN, when=_leaves_no_admin(before, after, at))
    return after


def _invited(deed: Invite, at: Situation) -> Invitation:
    _refuse_terms(deed.offices, deed.until, at)
    # A link may reach anybody; where there is a second administrator, a new one is agreed to by number.
    _refuse(Hindrance.ASK_A_SECOND, when=deed.role is Role.ADMIN and bool(at.others))
    role = deed.role or Role.GUEST
    return Invitation(code_hash=deed.code_hash, role=role, offices=deed.offices, until=deed.until)


def _changed(deed: ChangeOffice, before: Offices) -> Offices:
    office = next((one for one in before.offices if one.code == deed.code), None)
    if office is None:
        raise NotGranted(Hindrance.UNKNOWN_OFFICE)
    said = deed.model_dump(exclude={"deed", "code"}, exclude_none=True)
    if deed.parent == "":
        said["parent"] = None
    return _loaded((office.model_copy(update=said),), before)


def _loaded(offices: tuple[Office, ...], before: Offices) -> Offices:
    """The tree with these in it: known ones in their place, new ones behind."""
    given = {office.code: office for office in offices}
    known = {office.code for office in before.offices}
    merged = (
        *(given.get(office.code, office) for office in before.offices),
        *(office for code, office in given.items() if code not in known),
    )
    codes = {office.code for office in merged}
    names = [text for office in offices for text in (office.code, office.name_de, office.name_en, *office.aliases)]
    _refuse(Hindrance.BAD_NAME, when=any(not office.name_de.strip() for office in offices))
    _refuse(Hindrance.BAD_NAME, when=any(len(name) > LONGEST_NAME for name in names))
    _refuse(Hindrance.UNKNOWN_OFFICE, when=any(one.parent is not None and one.parent not in codes for one in merged))
    _refuse(Hindrance.NO_PLACE, when=_has_ring(merged))
    return Offices(offices=merged)


def _has_ring(offices: tuple[Office, ...]) -> bool:
    parents = {office.code: office.parent for office in offices}
    for office in offices:
        above, steps = office.parent, 0
        while above is not None and steps < len(offices):
            above, steps = parents.get(above), steps + 1
        if above is not None:
            return True
    return False


def _cleared(deed: ClearChat, before: ServedChat, at: Situation) -> ServedChat:
    _refuse(Hindrance.NO_CHAT, when=not before.admitted)
    _refuse_second(deed.proposed_by, at)
    return before.model_copy(update={"clearance": deed.to or Clearance.PUBLIC, "suspended": ""})


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
        case ServedChat(), ServedChat():
            return ClearChat(chat=before.id, to=before.clearance)
        case Offices(), Offices() if len(before.offices) == len(after.offices):
            changed = tuple(o for o, now in zip(before.offices, after.offices, strict=True) if o != now)
            return LoadOffices(offices=changed)
    return None
