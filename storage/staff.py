"""Who was given which role, and what it comes to on a day."""

import json
from datetime import date
from sqlite3 import Row

from registry.people import Role, Staff
from storage.rows import Fetch, to_json

# An administrator's role does not end while it is the last: nobody else has one by the settings, without an end,
# or with a later one.
_IS_LAST = """
    {p}.role = 4 AND {p}.until IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM people o WHERE o.is_set = 1 OR (o.role = 4 AND (o.until IS NULL OR o.until > {p}.until))
    )
"""
# What a role comes to depends on whom somebody stands in for, too.
GIVEN = f"""
    p.id AS number, p.pseudonym, p.role, p.offices, p.until, p.is_set, {_IS_LAST.format(p="p")} AS is_last,
    p.stands_in_until, r.id AS other, r.role AS other_role, r.offices AS other_offices, r.until AS other_until,
    r.is_set AS other_is_set
"""
STANDING_IN = "LEFT JOIN people r ON r.pseudonym = p.stands_in_for"
PAGE_SIZE = 5

_ONE = f"SELECT {GIVEN} FROM people p {STANDING_IN} WHERE p.id = :person"
_HAS_ROLE = "(p.role > 0 OR p.is_set = 1)"
_ALL = f"""
    SELECT {GIVEN} FROM people p {STANDING_IN} WHERE {_HAS_ROLE}
    ORDER BY max(p.role, 4 * p.is_set) DESC, p.id LIMIT :limit OFFSET :skip
"""
_COUNT = f"SELECT count(*) AS count FROM people p WHERE {_HAS_ROLE}"
_ADMINS = f"""
    SELECT {GIVEN} FROM people p {STANDING_IN}
    WHERE p.is_set = 1 OR (p.role = 4 AND (p.until IS NULL OR p.until >= :today OR is_last)) ORDER BY p.id
"""
_LANGUAGE = "SELECT language FROM people WHERE id = :person AND language IS NOT NULL"
# Who never chose one is spoken to in the language of their messenger, as long as the last they wrote is kept.
_MESSENGER = """
    SELECT coalesce(
        json_extract(raw, '$.message.from.language_code'), json_extract(raw, '$.callback_query.from.language_code')
    ) AS code FROM inbox WHERE chat = :person AND raw IS NOT NULL ORDER BY id DESC LIMIT 1
"""
_HAS_WRITTEN = "SELECT 1 FROM inbox WHERE chat = :person LIMIT 1"
_SAVE = """
    INSERT INTO people (id, role, offices, until, stands_in_for, stands_in_until)
    VALUES (:id, :role, :offices, :until, (SELECT pseudonym FROM people WHERE id = :stands_in_for), :stands_in_until)
    ON CONFLICT (id) DO UPDATE SET
        role = excluded.role, offices = excluded.offices, until = excluded.until,
        stands_in_for = excluded.stands_in_for, stands_in_until = excluded.stands_in_until
    RETURNING pseudonym
"""


def staff_of(row: Row) -> Staff:
    return Staff(
        number=row["number"],
        pseudonym=row["pseudonym"],
        role=Role(row["role"]),
        offices=tuple(json.loads(row["offices"])),
        until=_day(row["until"]),
        is_set=bool(row["is_set"]),
        is_last=bool(row["is_last"]),
        stands_in_for=row["other"],
        stands_in_until=_day(row["stands_in_until"]) if row["other"] else None,
    )


def stood_in_for(row: Row) -> Staff | None:
    if row["other"] is None:
        return None
    return Staff(
        number=row["other"],
        role=Role(row["other_role"]),
        offices=tuple(json.loads(row["other_offices"])),
        until=_day(row["other_until"]),
        is_set=bool(row["other_is_set"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def in_force(row: Row, today: date) -> tuple[Role, tuple[str, ...]]:
    """What a row of ``GIVEN`` comes to on a day: role and offices."""
    if row["until"] is None and row["other"] is None:  # as of nearly everybody, at every message
        return Role.ADMIN if row["is_set"] else Role(row["role"] or 0), tuple(json.loads(row["offices"] or "[]"))
    given, other = staff_of(row), stood_in_for(row)
    return given.acting_role_on(today, other), given.offices_on(today, other)


async def given(fetch: Fetch, person: int) -> Row | None:
    """The row of ``GIVEN`` of a person, if they are known."""
    rows = await fetch(_ONE, {"person": person})
    return rows[0] if rows else None


async def of(fetch: Fetch, person: int) -> Staff:
    """What somebody was given; of an unknown number, nothing."""
    row = await given(fetch, person)
    return staff_of(row) if row else Staff(number=person)


async def admins(fetch: Fetch, today: date) -> tuple[Staff, ...]:
    """Those who are administrators on a day."""
    return tuple(staff_of(row) for row in await fetch(_ADMINS, {"today": today.isoformat()}))


async def page(fetch: Fetch, number: int) -> tuple[tuple[Staff, ...], int]:
    """Some of those who were given a role, the highest first, and how many there are. The first page is 0."""
    rows = await fetch(_ALL, {"limit": PAGE_SIZE, "skip": number * PAGE_SIZE})
    return tuple(map(staff_of, rows)), int((await fetch(_COUNT, {}))[0]["count"])


async def language_of(fetch: Fetch, person: int) -> str | None:
    """The one they chose, else that of their messenger."""
    chosen = await fetch(_LANGUAGE, {"person": person})
    if chosen:
        return str(chosen[0]["language"])
    rows = await fetch(_MESSENGER, {"person": person})
    return str(rows[0]["code"]).partition("-")[0].lower() if rows and rows[0]["code"] else None


async def has_written(fetch: Fetch, person: int) -> bool:
    """Whether somebody ever wrote to the bot; before that, it may not write to them."""
    return bool(await fetch(_HAS_WRITTEN, {"person": person}))


async def save(fetch: Fetch, staff: Staff) -> str:
    """Writes what somebody was given; the pseudonym they go by."""
    rows = await fetch(
        _SAVE,
        {
            "id": staff.number,
            "role": int(staff.role),
            "offices": to_json(staff.offices),
            "until": staff.until.isoformat() if staff.until else None,
            "stands_in_for": staff.stands_in_for,
            "stands_in_until": staff.stands_in_until.isoformat() if staff.stands_in_until else None,
        },
    )
    return str(rows[0]["pseudonym"])
