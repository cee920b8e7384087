"""What administrators did, appended and never edited; people appear as pseudonyms alone."""

from dataclasses import dataclass
from datetime import datetime

from registry.administered import AdminSubject, Offices
from registry.digests import Digest
from registry.offices import Office
from registry.people import Staff
from storage import audit
from storage.database import Transaction
from storage.instants import written
from storage.rows import Fetch, to_json

# Who is nobody's pseudonym: at the command line or by the settings, and what the bot does by itself.
OPERATOR, BOT = "", "bot"

_PSEUDONYM = "SELECT pseudonym FROM people WHERE id = :id"


@dataclass(frozen=True)
class Told:
    """What is told of a deed: its name, whom or what it is about, and how that was before and after."""

    deed: str
    about: str
    before: AdminSubject
    after: AdminSubject


async def append(transaction: Transaction, told: Told, *, by: str, seconded: str = "", at: datetime) -> None:
    fetch = transaction.fetch
    row = {
        "deed": told.deed,
        "about": told.about,
        "before": await _written(fetch, told.before, told.after),
        "after": await _written(fetch, told.after, told.before),
        "pseudonym": by,
        "seconded": seconded,
        "at": written(at),
    }
    await audit.append(transaction, "people_history", [row])


async def _written(fetch: Fetch, side: AdminSubject, other: AdminSubject) -> str:
    """One side as JSON, without anybody's number; of an office tree, what differs."""
    match side, other:
        case Staff(), _:
            fields = side.model_dump(mode="json", include={"role", "offices", "until", "stands_in_until"})
            fields |= {"is_set": True} if side.is_set else {}
            if side.stands_in_for is not None:
                rows = await fetch(_PSEUDONYM, {"id": side.stands_in_for})
                fields["stands_in_for"] = rows[0]["pseudonym"] if rows else ""
            return to_json(fields)
        case Offices(), Offices():
            return to_json([office.model_dump(mode="json") for office in _only_in(side, other)])
    private = {"chat"} if isinstance(side, Digest) and side.is_private else set()  # it is its person's number
    return side.model_dump_json(exclude={"person", "id", "issuer"} | private, exclude_defaults=True)


def _only_in(side: Offices, other: Offices) -> list[Office]:
    return [office for office in side.offices if office not in other.offices]
