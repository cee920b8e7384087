"""Does what administrators do, in the one transaction it is given; what they are shown is read in the same way."""

from datetime import date

from registry import rights
from registry.administered import AccessRequest, AdminSubject, Invitation, NotGranted, Offices, ServedChat, Situation
from registry.administration import needs_second, outcome
from registry.changes import Do
from registry.deeds import (
    AdminDeed,
    ChangeOffice,
    ClearChat,
    DeclineAccess,
    GiveChatOffices,
    GrantRole,
    Invite,
    LoadOffices,
    RevokeRole,
    SetDigest,
    WithdrawInvitation,
)
from registry.digests import Digest
from registry.offices import OfficeTree
from registry.people import Staff
from storage import digests, invitations, offices, people_history, served_chats, sheaves, staff
from storage.database import Transaction
from storage.errors import ChangedMeanwhile, NotAllowed
from storage.people import Actor
from storage.rows import Fetch


async def situation(fetch: Fetch, deed: AdminDeed, *, by: int, today: date) -> Situation:
    """What the deed meets, as of now."""
    tree = OfficeTree(await offices.offices(fetch))
    other = deed.stands_in_for if isinstance(deed, GrantRole) else None
    to = deed.digest if isinstance(deed, SetDigest) else None
    return Situation(
        before=await _before(fetch, deed, tree),
        by=by,
        today=today,
        offices=tree,
        admins=await staff.admins(fetch, today),
        stood_in_for=await staff.of(fetch, other) if other is not None else None,
        place=await served_chats.of(fetch, to.chat) if to and not to.is_private else None,
        digests=await digests.in_chat(fetch, to.chat) if to else (),
    )


async def _before(fetch: Fetch, deed: AdminDeed, tree: OfficeTree) -> AdminSubject:
    match deed:
        case GrantRole() | RevokeRole():
            return await staff.of(fetch, deed.person)
        case Invite():
            return Invitation()
        case WithdrawInvitation():
            return await invitations.of(fetch, deed.code_hash)
        case DeclineAccess():
            return await invitations.request_of(fetch, deed.person)
        case ClearChat() | GiveChatOffices():
            return await served_chats.of(fetch, deed.chat)
        case ChangeOffice() | LoadOffices():
            return Offices(offices=tree.offices)
        case SetDigest(digest=wanted):
            return await digests.known(fetch, wanted.id) or wanted.model_copy(update={"is_ended": True})


async def do(transaction: Transaction, change: Do, deed: AdminDeed, actor: Actor) -> None:
    """Raises ChangedMeanwhile where the decision rested on something that holds no more."""
    fetch = transaction.fetch
    at = await situation(fetch, deed, by=change.person, today=change.today)
    if not rights.may(actor.role, actor.offices, deed, None, at.offices):
        raise NotAllowed(change.person)
    if at.version != change.version or needs_second(deed, at):
        raise ChangedMeanwhile(deed.deed)
    try:
        after = outcome(deed, at)
    except NotGranted as hindrance:
        raise ChangedMeanwhile(deed.deed) from hindrance
    about = await _write(transaction, after, actor, change)
    if isinstance(deed, GrantRole):
        await invitations.settle(fetch, deed.person)
    told = people_history.Told(deed.deed, about, at.before, after)
    seconded = await _proposer(fetch, deed)
    await people_history.append(transaction, told, by=actor.pseudonym, seconded=seconded, at=change.at)


async def _proposer(fetch: Fetch, deed: AdminDeed) -> str:
    first = deed.proposed_by if isinstance(deed, GrantRole | ClearChat) else None
    return (await staff.of(fetch, first)).pseudonym if first is not None else ""


async def _write(transaction: Transaction, after: AdminSubject, actor: Actor, change: Do) -> str:
    """Writes what is now, and gives what its history is kept under."""
    fetch = transaction.fetch
    match after:
        case Staff():
            return await staff.save(fetch, after)
        case Invitation(is_withdrawn=True):
            await invitations.withdraw(fetch, after.code_hash)
            return after.code_hash
        case Invitation():
            await invitations.issue(fetch, after, issuer=actor.pseudonym, at=change.at)
            return after.code_hash
        case AccessRequest():
            await invitations.decline(fetch, after.person, change.at)
            return ""  # a guest has no pseudonym
        case ServedChat():
            await served_chats.save(fetch, after)
            return str(after.id)
        case Digest():
            return await _write_digest(fetch, after, change)
        case Offices():
            await offices.save_offices(transaction, after.offices)
            await offices.keep_only(fetch, [office.code for office in after.offices])
            # Lines of records lie where the tree puts them.
            await sheaves.lay_everything_anew(transaction, OfficeTree(after.offices))
            return "offices"


async def _write_digest(fetch: Fetch, after: Digest, change: Do) -> str:
    next_at = change.deed.next_at if isinstance(change.deed, SetDigest) else None
    await digests.save(fetch, after, at=change.at, next_at=next_at)
    return f"digest {after.id}"
