"""Forgets what people began, did and asked for, once it serves nothing any more."""

import re
from datetime import datetime

from storage.database import Database
from storage.instants import written
from storage.invitations import hashed
from storage.reminded import OVER as REMINDED_OVER

# What went where is known longer than what it said, to answer for a breach; but not of people who are not known here.
_SENT = """
    DELETE FROM outbox WHERE state IN ('sent', 'dead', 'cancelled') AND (
        created_at < :before OR (created_at < :strangers AND chat > 0 AND chat NOT IN (SELECT id FROM people))
    )
"""
_LINK = re.compile(r"start[= ]([\w-]{16,64})", re.ASCII)
_SPENT = "used_by IS NOT NULL OR is_withdrawn = 1 OR expires_at <= :now"
# Only the hash of a code is kept, so the messages to those who issued it are looked through.
_MAY_BEAR_LINKS = f"""
    SELECT id, payload FROM outbox
    WHERE payload IS NOT NULL AND instr(payload, 'start') > 0 AND state IN ('sent', 'dead', 'cancelled') AND chat IN (
        SELECT p.id FROM invitations i JOIN people p ON p.pseudonym = i.issuer WHERE {_SPENT}
    )
"""
_BLANK = "UPDATE outbox SET payload = NULL WHERE id = :id"
# In this order: what hangs on a deed goes before it.
_OVER = (
    "DELETE FROM entries WHERE expires_at <= :now",
    "DELETE FROM drafts WHERE expires_at <= :now",
    "DELETE FROM prepared WHERE expires_at <= :buttons",
    "DELETE FROM deed_records WHERE deed IN (SELECT id FROM deeds WHERE done_at < :deeds)",
    "DELETE FROM deed_rows WHERE deed IN (SELECT id FROM deeds WHERE done_at < :deeds)",
    "DELETE FROM deeds WHERE done_at < :deeds",
    "DELETE FROM access_requests WHERE coalesce(declined_at, asked_at) < :requests",
    "DELETE FROM invitations WHERE expires_at < :requests",
    *REMINDED_OVER,
    "DELETE FROM recalls WHERE outbox NOT IN (SELECT id FROM outbox)",
)


async def forget(
    database: Database, now: datetime, *, buttons: datetime, deeds: datetime, requests: datetime, reminders: datetime
) -> None:
    """Whatever had expired by these instants. The history tells what was done; this only served to take it back."""
    bounds = {"now": now, "buttons": buttons, "deeds": deeds, "requests": requests, "reminders": reminders}
    values = {name: written(at) for name, at in bounds.items()}
    await database.write_rows(*((statement, [values]) for statement in _OVER))


async def forget_sent(database: Database, *, before: datetime, strangers: datetime) -> None:
    """Forgets what was sent where; ``strangers`` is the day for private chats with people who are not known."""
    await database.write_rows((_SENT, [{"before": written(before), "strangers": written(strangers)}]))


async def forget_links(database: Database, now: datetime) -> None:
    """Forgets messages with an invitation that is used, withdrawn or over; unsent ones still have to be sent."""
    values = {"now": written(now)}
    over = await database.read(f"SELECT code_hash FROM invitations WHERE {_SPENT}", values)
    spent = {row["code_hash"] for row in over}
    if not spent:
        return
    rows = await database.read(_MAY_BEAR_LINKS, values)
    bearing = [{"id": row["id"]} for row in rows if not spent.isdisjoint(map(hashed, _LINK.findall(row["payload"])))]
    await database.write_rows((_BLANK, bearing))
