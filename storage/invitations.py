"""Links that give a role once, and guests who ask for one."""

import hashlib
import json
from datetime import date, datetime, timedelta

from registry.administered import INVITATION_LASTS, AccessRequest, Invitation
from registry.changes import RequestAccess, UseInvitation
from registry.people import Role, Staff
from storage import people_history, staff
from storage.database import Database, Transaction
from storage.errors import ChangedMeanwhile
from storage.instants import read, written
from storage.rows import Fetch, to_json

REST = timedelta(days=7)  # after a request was declined
_RECENTLY = timedelta(hours=1)

_OF = "SELECT * FROM invitations WHERE code_hash = :code_hash"
_ISSUE = """
    INSERT INTO invitations (code_hash, role, offices, until, issuer, expires_at)
    VALUES (:code_hash, :role, :offices, :until, :issuer, :expires_at)
"""
_WITHDRAW = "UPDATE invitations SET is_withdrawn = 1 WHERE code_hash = :code_hash"
_USE = """
    UPDATE invitations SET used_by = :pseudonym
    WHERE code_hash = :code_hash AND used_by IS NULL AND is_withdrawn = 0 AND expires_at > :at RETURNING code_hash
"""
_ISSUER = "SELECT id FROM people WHERE pseudonym = :issuer"

_REQUEST = "SELECT * FROM access_requests WHERE person = :person"
_ASK = """
    INSERT INTO access_requests (person, asked_at) VALUES (:person, :at)
    ON CONFLICT (person) DO UPDATE SET asked_at = excluded.asked_at, declined_at = NULL
    WHERE declined_at IS NOT NULL
"""
_DECLINE = "UPDATE access_requests SET declined_at = :at WHERE person = :person"
_SETTLE = "DELETE FROM access_requests WHERE person = :person"
_WAITING = "SELECT person FROM access_requests WHERE declined_at IS NULL ORDER BY asked_at LIMIT :most"
_ASKED_SINCE = "SELECT count(*) AS count FROM access_requests WHERE asked_at > :since"


def hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


async def of(fetch: Fetch, code_hash: str) -> Invitation:
    """The invitation with that hash; of an unknown one, a blank."""
    rows = await fetch(_OF, {"code_hash": code_hash})
    if not rows:
        return Invitation()
    row = rows[0]
    return Invitation(
        code_hash=code_hash,
        role=Role(row["role"]),
        offices=tuple(json.loads(row["offices"])),
        until=date.fromisoformat(row["until"]) if row["until"] else None,
        issuer=row["issuer"],
        expires_at=read(row["expires_at"]),
        is_used=row["used_by"] is not None,
        is_withdrawn=bool(row["is_withdrawn"]),
    )


async def issue(fetch: Fetch, invitation: Invitation, *, issuer: str, at: datetime) -> None:
    await fetch(
        _ISSUE,
        {
            "code_hash": invitation.code_hash,
            "role": int(invitation.role),
            "offices": to_json(invitation.offices),
            "until": invitation.until.isoformat() if invitation.until else None,
            "issuer": issuer,
            "expires_at": written(at + INVITATION_LASTS),
        },
    )


async def withdraw(fetch: Fetch, code_hash: str) -> None:
    await fetch(_WITHDRAW, {"code_hash": code_hash})


async def issuer_stands(fetch: Fetch, invitation: Invitation, person: int, today: date) -> bool:
    """Whether whoever issued it still could, and is not the one who uses it."""
    if not invitation.issuer:
        return True
    rows = await fetch(_ISSUER, {"issuer": invitation.issuer})
    issuer = rows[0]["id"] if rows else None
    admins = await staff.admins(fetch, today)
    return issuer != person and any(admin.number == issuer for admin in admins)


async def use(transaction: Transaction, change: UseInvitation) -> None:
    """Binds the link to a person. Raises ChangedMeanwhile where it no longer fits."""
    fetch = transaction.fetch
    invitation = await of(fetch, change.code_hash)
    before = await staff.of(fetch, change.person)
    given = given_by(invitation, before, change.today)
    if given is None or not await issuer_stands(fetch, invitation, change.person, change.today):
        raise ChangedMeanwhile(change.code_hash)
    pseudonym = await staff.save(fetch, given)
    values: dict[str, object] = {
        "code_hash": change.code_hash,
        "pseudonym": pseudonym,
        "at": written(change.at),
    }
    if not await fetch(_USE, values):
        raise ChangedMeanwhile(change.code_hash)
    await fetch(_SETTLE, {"person": change.person})
    told = people_history.Told("use_invitation", pseudonym, before, given)
    await people_history.append(transaction, told, by=pseudonym, seconded=invitation.issuer, at=change.at)


def given_by(invitation: Invitation, before: Staff, today: date) -> Staff | None:
    """What somebody has once they used an invitation; None where they have as much already."""
    role = before.role_on(today)
    if role > invitation.role or (role is Role.ADMIN and not _lasts_longer(invitation.until, before)):
        return None
    if role is Role.GUEST:  # whom somebody stood in for ended with their role
        before = before.model_copy(update={"offices": (), "stands_in_for": None, "stands_in_until": None})
    new = {"role": invitation.role, "offices": invitation.offices, "until": invitation.until}
    if role == invitation.role and role is not Role.ADMIN:
        new["offices"] = tuple(dict.fromkeys((*before.offices, *invitation.offices)))
        # A role ends on one day with all its offices: the earlier one, so that no link prolongs what it does not give.
        new["until"] = min((day for day in (before.until, invitation.until) if day), default=None)
        if new["offices"] == before.offices:
            return None
    return before.model_copy(update=new)


def _lasts_longer(until: date | None, before: Staff) -> bool:
    """An administrator is renewed by who could make one."""
    if before.is_set or before.until is None:
        return False
    return until is None or until > before.until


async def request_of(fetch: Fetch, person: int) -> AccessRequest:
    rows = await fetch(_REQUEST, {"person": person})
    if not rows:
        return AccessRequest(person=person)
    is_declined = rows[0]["declined_at"] is not None
    return AccessRequest(person=person, is_open=not is_declined, is_declined=is_declined)


async def may_ask(fetch: Fetch, person: int, at: datetime) -> bool:
    """One open request for each; a declined one rests for a week."""
    rows = await fetch(_REQUEST, {"person": person})
    return not rows or (rows[0]["declined_at"] is not None and read(rows[0]["declined_at"]) + REST < at)


async def asked_lately(fetch: Fetch, at: datetime) -> int:
    """How many asked within the hour: anybody can, and administrators are not to be flooded."""
    return int((await fetch(_ASKED_SINCE, {"since": written(at - _RECENTLY)}))[0]["count"])


async def waiting(fetch: Fetch, most: int) -> tuple[int, ...]:
    """Who waits for an answer, longest first."""
    return tuple(row["person"] for row in await fetch(_WAITING, {"most": most}))


async def ask(transaction: Transaction, change: RequestAccess) -> None:
    if not await may_ask(transaction.fetch, change.person, change.at):
        raise ChangedMeanwhile(str(change.person))
    await transaction.fetch(_ASK, {"person": change.person, "at": written(change.at)})


async def decline(fetch: Fetch, person: int, at: datetime) -> None:
    await fetch(_DECLINE, {"person": person, "at": written(at)})


async def settle(fetch: Fetch, person: int) -> None:
    await fetch(_SETTLE, {"person": person})


async def issue_by_operator(database: Database, invitation: Invitation, at: datetime) -> None:
    """At the command line; who may run it there may do everything."""

    async def work(transaction: Transaction) -> None:
        await issue(transaction.fetch, invitation, issuer="", at=at)
        told = people_history.Told("invite", invitation.code_hash, Invitation(), invitation)
        await people_history.append(transaction, told, by="", at=at)

    await database.write(work)
