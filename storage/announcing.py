"""Slots that are due: settled, noted, and announced by a line, all at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from registry.digests import Bulletin
from storage.database import Database
from storage.instants import written
from storage.outbox import ADD, rows_of
from storage.outgoing import Outgoing
from storage.rows import Values, to_row

# The slots of a digest are settled by whoever is first to find them open.
_SETTLE = """
UPDATE digests SET settled_to = :settled_to, next_at = :next_at
WHERE id = :digest AND settled_to = :seen AND is_paused = 0 AND is_ended = 0
"""
_FIELDS = tuple(Bulletin.model_fields)
_COLUMNS = f"""({", ".join(f'"{name}"' for name in _FIELDS)}, settled_at)"""
_VALUES = f"{', '.join(f':{name}' for name in _FIELDS)}, :settled_at"
# A slot that was skipped on a day gives way to a later one of that day, which other times have brought.
_NOTE = f"""
INSERT INTO bulletins {_COLUMNS} SELECT {_VALUES}
WHERE :digest = 0 OR EXISTS (SELECT 1 FROM digests WHERE id = :digest AND settled_to = :settled_to AND is_paused = 0)
ON CONFLICT (key) DO UPDATE SET due_at = excluded.due_at, is_late = excluded.is_late, state = excluded.state,
    reason = excluded.reason, told_to = excluded.told_to, told_on = excluded.told_on, settled_at = excluded.settled_at
WHERE bulletins.state = 'skipped' AND excluded.due_at > bulletins.due_at
  AND NOT EXISTS (SELECT 1 FROM bulletin_parts WHERE bulletin = bulletins.key)
ON CONFLICT DO NOTHING
"""
_IS_ANNOUNCED = "EXISTS (SELECT 1 FROM bulletins WHERE key = :bulletin AND state = 'announced')"
_FIRST_PART = f"""
INSERT INTO bulletin_parts (bulletin, part, state) SELECT :bulletin, 1, 'announced' WHERE {_IS_ANNOUNCED}
ON CONFLICT DO NOTHING
"""
_LINE = ADD.replace("VALUES (", "SELECT ").replace(":created_at)", f":created_at WHERE {_IS_ANNOUNCED}")
# What was announced before and has no text by now is overtaken; a text that was tried may have arrived.
_OVERTAKEN = f"""
digest = :digest AND "on" < :on AND state = 'announced' AND {_IS_ANNOUNCED}
    AND NOT EXISTS (SELECT 1 FROM bulletin_parts WHERE bulletin = bulletins.key AND tries > 0)
"""
_OVERTAKE_LINES = f"""
UPDATE outbox SET state = 'cancelled', reason = 'overtaken', settled_at = :at
WHERE state = 'new' AND key IN (SELECT key || ' 1.0' FROM bulletins WHERE {_OVERTAKEN})
"""
_OVERTAKE = f"""
UPDATE bulletins SET state = 'skipped', reason = 'missed', settled_at = :at
WHERE {_OVERTAKEN}
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.key = bulletins.key || ' 1.0' AND o.state IN ('leased', 'uncertain'))
"""
_LET_GO = f"INSERT INTO bulletins {_COLUMNS} VALUES ({_VALUES}) ON CONFLICT DO NOTHING"
_IS_LET_GO = "UPDATE digests SET past_rule = NULL, past_from = NULL, past_to = NULL WHERE id = :digest"


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of slots that are due: those noted as skipped, and the last one, if a line announces it.

    ``seen`` and ``settled_to`` are up to which instant the slots of a digest were and will be settled; reminders have
    no such thing.
    """

    bulletins: tuple[Bulletin, ...] = ()
    line: Outgoing | None = None
    digest: int = 0
    seen: datetime | None = None
    settled_to: datetime | None = None
    next_at: datetime | None = None


async def announce(database: Database, planned: Sequence[Planned], at: datetime) -> None:
    settled = [_settled(one) for one in planned if one.seen is not None]
    noted = [_noted(bulletin, one, at) for one in planned for bulletin in one.bulletins]
    lines = [(one.bulletins[-1], one.line) for one in planned if one.line is not None]
    newest = [_newest(bulletin, at) for bulletin, _ in lines if bulletin.digest]
    await database.write_rows(
        (_SETTLE, settled),
        (_NOTE, noted),
        (_FIRST_PART, [{"bulletin": bulletin.key} for bulletin, _ in lines]),
        (_LINE, [line_row(bulletin.key, 1, line, at) for bulletin, line in lines]),
        (_OVERTAKE_LINES, newest),
        (_OVERTAKE, newest),
    )


async def let_go(database: Database, digest: int, bulletins: Sequence[Bulletin], at: datetime) -> None:
    noted = [to_row(one) | {"due_at": written(one.due_at), "settled_at": written(at)} for one in bulletins]
    await database.write_rows((_LET_GO, noted), (_IS_LET_GO, [{"digest": digest}]))


def line_row(key: str, part: int, line: Outgoing, at: datetime) -> Values:
    [row] = rows_of((line,), key=f"{key} {part}", at=at)
    return row | {"bulletin": key}


def _newest(bulletin: Bulletin, at: datetime) -> Values:
    on = bulletin.on.isoformat()
    return {"bulletin": bulletin.key, "digest": bulletin.digest, "on": on, "at": written(at)}


def _settled(planned: Planned) -> Values:
    return {
        "digest": planned.digest,
        "seen": written(planned.seen) if planned.seen else None,
        "settled_to": written(planned.settled_to) if planned.settled_to else None,
        "next_at": written(planned.next_at) if planned.next_at else None,
    }


def _noted(bulletin: Bulletin, planned: Planned, at: datetime) -> Values:
    row = to_row(bulletin) | {"due_at": written(bulletin.due_at), "reason": bulletin.reason or ""}
    is_over = bulletin.reason is not None
    settled_to = written(planned.settled_to) if planned.settled_to else None
    return row | {"settled_at": written(at) if is_over else None, "settled_to": settled_to}
