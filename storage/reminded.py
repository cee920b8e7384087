"""Who is to be reminded, what they want, and what each chat was told."""

import json
from datetime import date, datetime, timedelta
from sqlite3 import Row

from registry.audience import Recipient
from registry.changes import NoteReminded, SetAway, SetChatReminders, SetReminders, Snooze
from registry.digests import Outcome
from registry.offices import OfficeTree
from registry.people import Role
from registry.queries import Query
from registry.records import Record
from registry.reminders import Coverage, Key, Memory, What, Wish
from registry.visibility import Clearance
from storage.database import Transaction
from storage.instants import written
from storage.rows import Fetch, Values
from storage.staff import GIVEN, STANDING_IN, in_force

Reminding = SetReminders | SetChatReminders | SetAway | Snooze | NoteReminded

_CHATS = """
SELECT id, offices, reminders, reminders_thread, language,
       CASE WHEN cleared_until IS NULL OR cleared_until >= :today THEN clearance ELSE 0 END AS clearance
FROM chats WHERE admitted = 1 AND id NOT IN (SELECT chat FROM suspended_chat) ORDER BY id
"""
# The bot may write to those alone to whom it wrote before: they had written first.
_PEOPLE = f"""
SELECT {GIVEN}, p.reminders, p.language FROM people p {STANDING_IN}
WHERE p.id NOT IN (SELECT chat FROM suspended_chat)
  AND NOT (p.away_until IS NOT NULL AND :today BETWEEN p.away_from AND p.away_until)
  AND EXISTS (SELECT 1 FROM outbox o WHERE o.chat = p.id AND o.message_id IS NOT NULL) ORDER BY p.id
"""
_TOLD = "SELECT * FROM reminded WHERE chat = :chat AND told_on < :today"
_SNOOZED = """
SELECT s.* FROM snoozed s WHERE s.chat = :chat AND NOT EXISTS (
    SELECT 1 FROM reminded r WHERE r.chat = s.chat AND r.ref = s.ref AND r.what = s.what AND r.position = s.position
      AND r.told_on >= s.until AND r.told_on < :today
)
"""
# The last digest that came to a chat, and what is still to come on a day before noon, each by what it is about.
_CAME = f"""
SELECT d.scope, d.horizon, max(CASE b.state WHEN 'sent' THEN substr(b.settled_at, 1, 10) ELSE :today END) AS "on"
FROM digests d JOIN bulletins b ON b.digest = d.id AND b.digest <> 0 AND b."on" >= :lately
WHERE d.chat = :chat AND b.state <> '{Outcome.SKIPPED}' GROUP BY d.id
UNION ALL
SELECT d.scope, d.horizon, :today AS "on" FROM digests d
WHERE d.chat = :chat AND d.is_paused = 0 AND d.is_ended = 0 AND d.next_at BETWEEN :now AND :noon
"""
_LATELY = timedelta(days=31)  # in which every stage but the last has passed
_SEEN_TO = 'SELECT 1 FROM mornings WHERE "on" = :on'
_SEE_TO = 'INSERT INTO mornings ("on") VALUES (:on) ON CONFLICT DO NOTHING'
_OF_PERSON = "SELECT reminders, away_from, away_until FROM people WHERE id = :chat"
_OF_CHAT = "SELECT reminders, offices FROM chats WHERE id = :chat"
_DEPUTY = """
SELECT 1 FROM people d JOIN people p ON p.pseudonym = d.stands_in_for
WHERE p.id = :person AND d.stands_in_until >= :until
"""
_SET = """
INSERT INTO people (id, reminders) VALUES (:person, :wish) ON CONFLICT (id) DO UPDATE SET reminders = excluded.reminders
"""
_SET_OF_CHAT = "UPDATE chats SET reminders = :wish, reminders_thread = :thread WHERE id = :chat"
_SET_AWAY = "UPDATE people SET away_from = :since, away_until = :until WHERE id = :person"
_SNOOZE = """
INSERT INTO snoozed (chat, ref, what, position, until) VALUES (:chat, :ref, :what, :position, :until)
ON CONFLICT (chat, ref, what, position) DO UPDATE SET until = excluded.until
"""
_WAKE = "DELETE FROM snoozed WHERE chat = :chat AND ref = :ref AND what = :what AND position = :position"
_NOTE = """
INSERT INTO reminded (chat, ref, what, position, due_on, stage, told_on)
VALUES (:chat, :ref, :what, :position, :due_on, :stage, :on)
ON CONFLICT (chat, ref, what, position, due_on) DO UPDATE SET stage = excluded.stage, told_on = excluded.told_on
"""
_MOVE = (
    "UPDATE OR REPLACE reminded SET chat = :new WHERE chat = :old",
    "UPDATE OR REPLACE snoozed SET chat = :new WHERE chat = :old",
)
# What was told of something long past, or is reminded of by nobody any more. It has no bearing on what comes.
OVER = (
    "DELETE FROM reminded WHERE max(told_on, due_on) < :reminders",
    "DELETE FROM snoozed WHERE until < :reminders",
    'DELETE FROM mornings WHERE "on" < :reminders',
)


class Wanted(Record):
    """What a chat or its person wants to be reminded of; ``away`` is from when until when its person is away."""

    wish: Wish
    offices: tuple[str, ...] = ()
    away: tuple[date, date] | None = None


async def recipients(fetch: Fetch, today: date, *, non_public: Clearance) -> tuple[Recipient, ...]:
    """Every chat that can be written to today, and may be."""
    day: Values = {"today": today.isoformat()}
    chats = [_chat(row, non_public) for row in await fetch(_CHATS, day)]
    return (*chats, *(_person(row, today, non_public) for row in await fetch(_PEOPLE, day)))


def _chat(row: Row, non_public: Clearance) -> Recipient:
    return Recipient(
        chat=row["id"],
        offices=tuple(json.loads(row["offices"])),
        wish=Wish(row["reminders"]),
        clearance=min(non_public, Clearance(row["clearance"])),
        language=row["language"],
        thread=row["reminders_thread"],
    )


def _person(row: Row, today: date, non_public: Clearance) -> Recipient:
    role, offices = in_force(row, today)
    return Recipient(
        chat=row["number"],
        role=role,
        offices=offices,
        wish=Wish(row["reminders"]),
        clearance=non_public if role >= Role.EDITOR else Clearance.PUBLIC,
        language=row["language"],
    )


async def coordination(fetch: Fetch, today: date) -> tuple[int, ...]:
    """Who of coordination can be reached today; of nobody there, the administrators."""
    people = [_person(row, today, Clearance.PUBLIC) for row in await fetch(_PEOPLE, {"today": today.isoformat()})]
    of_role = {role: tuple(one.chat for one in people if one.role is role) for role in (Role.COORDINATOR, Role.ADMIN)}
    return of_role[Role.COORDINATOR] or of_role[Role.ADMIN]


async def memory(fetch: Fetch, chat: int, now: datetime, *, until: datetime, tree: OfficeTree) -> Memory:
    """What a chat was told before today, or will be by a digest ``until`` then. ``now`` is the city's local time."""
    today = now.date()
    values: Values = {
        "chat": chat,
        "today": today.isoformat(),
        "lately": (today - _LATELY).isoformat(),
        "now": written(now),
        "noon": written(until),
    }
    told = await fetch(_TOLD, values)
    snoozed = await fetch(_SNOOZED, values)
    came = await fetch(_CAME, values)
    return Memory(
        told={(_key(row), date.fromisoformat(row["due_on"])): row["stage"] for row in told},
        snoozed={_key(row): date.fromisoformat(row["until"]) for row in snoozed},
        digests=tuple(one for row in came if (one := _coverage(row, tree))),
    )


def _key(row: Row) -> Key:
    return Key(row["ref"], What(row["what"]), row["position"])


def _coverage(row: Row, tree: OfficeTree) -> Coverage | None:
    """What a digest tells of; one that is narrowed down any further stands for no reminder."""
    scope = Query.model_validate_json(row["scope"])
    if scope != Query(intent=scope.intent, offices=scope.offices, kinds=scope.kinds):
        return None
    on = date.fromisoformat(row["on"])
    return Coverage(
        offices=tuple(code for office in scope.offices for code in tree.subtree(office)),
        kinds=scope.kinds,
        on=on,
        until=on + timedelta(days=row["horizon"]),
    )


async def is_seen_to(fetch: Fetch, morning: date) -> bool:
    return bool(await fetch(_SEEN_TO, {"on": morning.isoformat()}))


async def see_to(fetch: Fetch, morning: date) -> None:
    await fetch(_SEE_TO, {"on": morning.isoformat()})


async def wanted(fetch: Fetch, chat: int) -> Wanted:
    """What a chat wants; of one that is not known, what all want who never said so."""
    rows = await fetch(_OF_PERSON if chat > 0 else _OF_CHAT, {"chat": chat})
    if not rows:
        return Wanted(wish=Wish.REST if chat > 0 else Wish.ALL)
    [row] = rows
    if chat < 0:
        return Wanted(wish=Wish(row["reminders"]), offices=tuple(json.loads(row["offices"])))
    days = (row["away_from"], row["away_until"])
    away = (date.fromisoformat(days[0]), date.fromisoformat(days[1])) if all(days) else None
    return Wanted(wish=Wish(row["reminders"]), away=away)


async def has_deputy(fetch: Fetch, person: int, until: date) -> bool:
    """Whether somebody stands in for a person until a day."""
    return bool(await fetch(_DEPUTY, {"person": person, "until": until.isoformat()}))


async def write(transaction: Transaction, change: Reminding) -> None:
    fetch = transaction.fetch
    match change:
        case SetReminders():
            await fetch(_SET, change.model_dump(mode="json"))
        case SetChatReminders():
            await fetch(_SET_OF_CHAT, change.model_dump(mode="json"))
        case SetAway():
            await fetch(_SET_AWAY, change.model_dump(mode="json"))
        case Snooze(until=None):
            await fetch(_WAKE, {"chat": change.chat, **_columns(change.key)})
        case Snooze(until=date() as until):
            await fetch(_SNOOZE, {"chat": change.chat, **_columns(change.key), "until": until.isoformat()})
        case NoteReminded():
            await transaction.run_each(_NOTE, [_noted(change, *told) for told in change.told])


def _columns(key: Key) -> Values:
    return {"ref": key.ref, "what": key.what.value, "position": key.position}


def _noted(change: NoteReminded, key: Key, due_on: date, stage: int) -> Values:
    days = {"due_on": due_on.isoformat(), "on": change.on.isoformat()}
    return {"chat": change.chat, **_columns(key), "stage": stage, **days}


async def move(fetch: Fetch, old: int, new: int) -> None:
    """A chat that has a new number was told what the old one was."""
    for statement in _MOVE:
        await fetch(statement, {"old": old, "new": new})
