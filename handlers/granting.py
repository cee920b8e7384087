"""What there is to choose from when administrators give roles, clear chats or move offices."""

from registry.administered import Situation
from registry.deeds import AdminDeed, ChangeOffice, ClearChat, GiveChatOffices, GrantRole, Invite, SetDigest
from registry.offices import Office, OfficeKind
from registry.people import Role
from registry.queries import Intent, Query
from registry.visibility import Clearance
from views import offices as office_views
from views.people import role_name
from views.served_chats import clearance_name
from views.voice import Voice

Choices = tuple[tuple[str, AdminDeed], ...]
ForOffices = GrantRole | Invite | GiveChatOffices | SetDigest
_MOST = 60  # buttons of offices in one message


def choices(deed: AdminDeed, at: Situation, field: str, voice: Voice, *, most: Clearance) -> Choices:
    """Labels with the deed each leads to; nothing where it has to be said in words. ``most`` is what the city shows
    on this messenger at all."""
    match deed, field:
        case ((GrantRole() | Invite()), "role"):
            roles = [role for role in Role if role is not Role.GUEST]
            return tuple((role_name(role, voice.say), deed.model_copy(update={"role": role})) for role in roles)
        case ClearChat(), "to":
            allowed = [to for to in Clearance if to <= most]
            return tuple((clearance_name(to, voice.say), deed.model_copy(update={"to": to})) for to in allowed)
        case ChangeOffice(), "parent":
            places = [one for one in at.offices if one.kind is OfficeKind.DEPARTMENT and one.code != deed.code]
            listed = [(voice.office(one.code), deed.model_copy(update={"parent": one.code})) for one in places[:_MOST]]
            return (*listed, (office_views.top_level(voice.say), deed.model_copy(update={"parent": ""})))
    return ()


def offices_to_pick(deed: ForOffices, below: str, voice: Voice) -> tuple[tuple[str, ForOffices, str | None], ...]:
    """Labels with the deed as it would be, and where in the tree to look then; None goes on with the deed."""
    tree = voice.offices
    here = tree.get(below)
    shown = [here, *tree.children(below)] if here else [one for one in tree if one.parent is None]
    keys: list[tuple[str, ForOffices, str | None]] = []
    for office in shown[:_MOST]:
        if office is not here and tree.children(office.code):
            keys.append((f"{voice.short_office(office.code)} ›", deed, office.code))
        else:
            keys.append((_mark(office, deed, voice), _toggled(deed, office.code), below))
    if here is not None:
        keys.append((voice.say("‹ Back"), deed, here.parent or ""))
    if deed.offices or isinstance(deed, GiveChatOffices | SetDigest):
        keys.append((voice.say("Go on ›"), deed, None))
    return tuple(keys)


def _mark(office: Office, deed: ForOffices, voice: Voice) -> str:
    name = voice.short_office(office.code)
    return f"✓ {name}" if office.code in deed.offices else name


def _toggled(deed: ForOffices, code: str) -> ForOffices:
    others = tuple(one for one in deed.offices if one != code)
    offices = others if code in deed.offices else (*others, code)
    if isinstance(deed, SetDigest):
        return deed.having(scope=Query(intent=Intent.OPEN, offices=offices, kinds=deed.digest.scope.kinds))
    return deed.model_copy(update={"offices": offices})
