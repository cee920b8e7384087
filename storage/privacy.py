"""What is stored about a person, told to nobody but them, and erased when they ask.

Records and their history stay: they name offices and roles, and of the person a pseudonym, which then leads nowhere.
"""

from dataclasses import dataclass
from datetime import date

from registry.changes import Forget
from registry.people import Role
from registry.privacy import Kept, OwnData, hold_on
from registry.reminders import Wish
from storage import offices, prepared, staff
from storage.database import Transaction
from storage.errors import NotAllowed
from storage.instants import read
from storage.rows import Fetch, Values

_SENDERS = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member")
_SENT = " OR ".join(f"json_extract(raw, '$.{kind}.from.id') = :person" for kind in _SENDERS)
_WROTE = f"chat = :person OR (instr(raw, :person) > 0 AND ({_SENT}))"  # a number is found faster than a field
_PSEUDONYM = "(SELECT pseudonym FROM people WHERE id = :person)"
# Whom a button is for, or whom its deed is about, was proposed by, or lets stand in.
_MEANT = "person = :person OR :person IN ({})".format(
    ", ".join(f"json_extract(deed, '$.{name}')" for name in ("person", "proposed_by", "stands_in_for"))
)


@dataclass(frozen=True)
class Trace:
    """One place in which something of a person is stored: how it is counted, and the statements that erase it."""

    name: str
    counted: str = ""
    erased: tuple[str, ...] = ()


# In the order in which they are told and erased. A new table with persons in it gets a line here.
TRACES = (
    Trace(
        "messages",
        f"SELECT count(*) AS count, min(received_at) AS since FROM inbox WHERE raw IS NOT NULL AND ({_WROTE})",
        (f"UPDATE inbox SET raw = NULL, chat = 0, reason = 'forgotten' WHERE state <> 'new' AND ({_WROTE})",),
    ),
    Trace(
        "answers",
        "SELECT count(*) AS count, min(created_at) AS since FROM outbox WHERE payload IS NOT NULL AND chat = :person",
        ("DELETE FROM outbox WHERE chat = :person", "DELETE FROM suspended_chat WHERE chat = :person"),
    ),
    Trace(
        "begun",
        "SELECT (SELECT count(*) FROM prepared WHERE person = :person) + (SELECT count(*) FROM entries WHERE"
        " person = :person) AS count, NULL AS since",
        (f"DELETE FROM prepared WHERE {_MEANT}", f"DELETE FROM entries WHERE {_MEANT}"),
    ),
    Trace(
        "drafts",
        "SELECT count(*) AS count, NULL AS since FROM drafts WHERE person = :person",
        ("DELETE FROM drafts WHERE person = :person",),
    ),
    Trace(
        "digests",
        "SELECT count(*) AS count, NULL AS since FROM digests WHERE chat = :person",
        ("DELETE FROM bulletins WHERE chat = :person", "DELETE FROM digests WHERE chat = :person"),
    ),
    Trace(
        "deeds",
        f"SELECT count(*) AS count, min(done_at) AS since FROM deeds WHERE pseudonym = {_PSEUDONYM}",
        ("UPDATE deeds SET chat = 0 WHERE chat = :person",),
    ),
    Trace(
        "history",
        f"SELECT count(*) AS count, min(at) AS since FROM history WHERE pseudonym = {_PSEUDONYM}",
    ),
    Trace(
        "administration",
        f"SELECT count(*) AS count, min(at) AS since FROM people_history WHERE {_PSEUDONYM} IN (pseudonym, about)",
    ),
    Trace(
        "requests",
        "SELECT count(*) AS count, min(asked_at) AS since FROM access_requests WHERE person = :person",
        ("DELETE FROM access_requests WHERE person = :person",),
    ),
    Trace(
        "invitations",
        f"SELECT count(*) AS count, NULL AS since FROM invitations WHERE {_PSEUDONYM} IN (issuer, used_by)",
        (f"DELETE FROM invitations WHERE issuer = {_PSEUDONYM} AND used_by IS NULL",),
    ),
    Trace(
        "reminders",
        "SELECT (SELECT count(*) FROM reminded WHERE chat = :person) + (SELECT count(*) FROM snoozed WHERE"
        " chat = :person) AS count, (SELECT min(told_on) FROM reminded WHERE chat = :person) AS since",
        (
            "DELETE FROM reminded WHERE chat = :person",
            "DELETE FROM snoozed WHERE chat = :person",
            "DELETE FROM bulletins WHERE chat = :person AND digest = 0",
        ),
    ),
    Trace(
        "chats",
        "SELECT count(*) AS count, NULL AS since FROM chats WHERE admitted_by = :person",
        ("UPDATE chats SET admitted_by = NULL WHERE admitted_by = :person", "DELETE FROM chats WHERE id = :person"),
    ),
    Trace(
        "person",
        erased=(
            f"UPDATE people SET stands_in_for = NULL, stands_in_until = NULL WHERE stands_in_for = {_PSEUDONYM}",
            "DELETE FROM people WHERE id = :person",
        ),
    ),
)
_CHOSEN = "SELECT language, reminders, away_from, away_until FROM people WHERE id = :person"


async def own_data(fetch: Fetch, person: int) -> OwnData:
    given = await staff.of(fetch, person)
    known = await fetch(_CHOSEN, {"person": person})
    counted = {trace.name: await _kept(fetch, trace, person) for trace in TRACES if trace.counted}
    return OwnData(
        number=person,
        is_known=bool(known),
        language=known[0]["language"] if known else None,
        reminders=Wish(known[0]["reminders"]) if known else Wish.REST,
        away_from=known[0]["away_from"] if known else None,
        away_until=known[0]["away_until"] if known else None,
        traces={name: kept for name, kept in counted.items() if kept.count},
        role=Role.ADMIN if given.is_set else given.role,
        **given.model_dump(include={"offices", "until", "stands_in_until", "is_set"}),
    )


async def _kept(fetch: Fetch, trace: Trace, person: int) -> Kept:
    row = (await fetch(trace.counted, {"person": person}))[0]
    return Kept(count=row["count"], since=_day(row["since"]))


def _day(text: str | None) -> date | None:
    return read(text).date() if text else None


async def forget(transaction: Transaction, change: Forget) -> None:
    """Erases what is stored about a person. Raises NotAllowed for who has to stay for now."""
    fetch = transaction.fetch
    await prepared.use(transaction, change.token, change.at)
    given, admins = await staff.of(fetch, change.person), await staff.admins(fetch, change.today)
    if hold_on(given, admins, change.today):
        raise NotAllowed(change.person)
    values: Values = {"person": change.person}
    for statement in (statement for trace in TRACES for statement in trace.erased):
        await fetch(statement, values)
    await offices.count_revision(transaction)
