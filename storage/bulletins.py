"""What the clock brings, each slot once: announced by a line, into which its text is then written.

A message can arrive twice where its arrival was not confirmed; a text that is written into a message cannot.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from sqlite3 import Row

from registry.changes import Change
from registry.digests import Bulletin, Reason
from storage import announcing, arrivals
from storage.announcing import Planned
from storage.changes import write_change
from storage.database import Database, Transaction
from storage.instants import written
from storage.outbox import ADD, rows_of
from storage.outgoing import Outgoing
from storage.rows import Values, from_row

# Lines of a chat that cannot be reached are told of all the same where they have not arrived.
_POSTED = """
SELECT b.*, p.part, p.message, p.tries, o.state AS became, o.message_id
FROM bulletin_parts p JOIN bulletins b ON b.key = p.bulletin
JOIN outbox o ON o.key = b.key || ' ' || p.part || '.0'
WHERE p.state = 'announced' AND b.state IN ('announced', 'composed')
  AND (o.state IN ('cancelled', 'dead') OR o.state = 'sent' AND b.chat NOT IN (SELECT chat FROM suspended_chat))
ORDER BY o.id LIMIT :most
"""
_ONE_PART = "bulletin = :bulletin AND part = :part"
_IS_OPEN = """
SELECT p.bulletin, p.part FROM json_each(:parts) one JOIN bulletin_parts p
    ON p.bulletin = one.value ->> 0 AND p.part = one.value ->> 1 AND p.tries = one.value ->> 2
JOIN bulletins b ON b.key = p.bulletin WHERE p.state = 'announced' AND b.state IN ('announced', 'composed')
"""
_WRITTEN = f"UPDATE bulletin_parts SET state = 'written', tries = tries + 1 WHERE {_ONE_PART}"
# A first part that is composed once more has its further ones with it.
_PART = """
INSERT INTO bulletin_parts (bulletin, part, message, state) VALUES (:bulletin, :part, :message, 'announced')
ON CONFLICT DO UPDATE SET
    message = excluded.message, state = CASE state WHEN 'unposted' THEN state ELSE excluded.state END
"""
_NO_PART = "UPDATE bulletin_parts SET state = 'lost', message = NULL WHERE bulletin = :bulletin AND part > :part"
_COMPOSED = "UPDATE bulletins SET state = 'composed' WHERE key = :bulletin AND state = 'announced'"
_TOLD = """
UPDATE digests SET told_to = :told_to, told_on = :told_on WHERE id = :digest AND coalesce(told_to, -1) <= :told_to
"""
_PINNED = "UPDATE digests SET pinned = :message WHERE id = :digest"
_LOST = f"UPDATE bulletin_parts SET state = 'lost', message = NULL WHERE {_ONE_PART}"
_UNPOSTED = f"UPDATE bulletin_parts SET state = 'unposted' WHERE {_ONE_PART}"
_SKIPPED = """
UPDATE bulletins SET state = 'skipped', reason = :reason, settled_at = :at WHERE key = :bulletin AND state = 'announced'
"""
# A digest whose chat could not be reached is open again, for when the chat is back.
_FORGET_LINE = "UPDATE outbox SET key = key || ' ' || id WHERE key = :line"
_FORGET = "DELETE FROM bulletins WHERE key = :bulletin AND state = 'announced'"
_OPEN_AGAIN = """
UPDATE digests SET settled_to = max(:settled_to, since), next_at = max(:due_at, since)
WHERE id = :digest AND settled_to >= :due_at
"""
_MOST = 500  # taken up at a time
_JUST = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Posted:
    """A part whose line has arrived as ``message_id``, or never will. ``message`` is its text, where it is known.

    ``was_refused`` says that the line would be taken no other time either.
    """

    bulletin: Bulletin
    part: int
    tries: int
    message: str | None
    message_id: int | None
    is_unreachable: bool
    was_refused: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """What is written into a posted line, and the lines and texts (JSON) that follow it.

    ``told`` is how far the history went when it was composed, and the day. ``is_pinned`` is the message then.
    """

    posted: Posted
    edit: Outgoing
    acts: tuple[Outgoing, ...] = ()
    further: tuple[tuple[Outgoing, str], ...] = ()
    changes: tuple[Change, ...] = ()
    told: tuple[int, date] | None = None
    is_pinned: bool = False


class Bulletins:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def announce(self, planned: Sequence[Planned], *, at: datetime) -> None:
        """Settles slots; what is announced is queued with it. Done twice, or by two at once, it is done once."""
        await announcing.announce(self._database, planned, at)

    async def let_go(self, digest: int, bulletins: Sequence[Bulletin], *, at: datetime) -> None:
        """Notes the slots that were open when a digest got other times, was paused or ended."""
        await announcing.let_go(self._database, digest, bulletins, at)

    async def posted(self) -> list[Posted]:
        """The parts whose lines have arrived, or never will, and that nothing is written into yet."""
        return [_posted(row) for row in await self._database.read(_POSTED, {"most": _MOST})]

    async def write(self, texts: Sequence[Text], *, at: datetime) -> None:
        """Queues the texts, each to be written into its line; those that somebody else has queued meanwhile are not."""

        async def queue(transaction: Transaction) -> None:
            parts = json.dumps([(one.posted.bulletin.key, one.posted.part, one.posted.tries) for one in texts])
            still_open = {tuple(row) for row in await transaction.fetch(_IS_OPEN, {"parts": parts})}
            mine = [text for text in texts if (text.posted.bulletin.key, text.posted.part) in still_open]
            for change in (change for text in mine for change in text.changes):
                await write_change(transaction, change)
            firsts = [text for text in mine if text.posted.part == 1]
            await transaction.run_each(ADD, [row for text in mine for row in _rows(text, at)])
            await transaction.run_each(_NO_PART, [_last_part(text) for text in firsts])
            await transaction.run_each(_PART, [part for text in firsts for part in _further(text)])
            await transaction.run_each(ADD, [line for text in firsts for line in _further_lines(text, at)])
            await transaction.run_each(_WRITTEN, [_part(text.posted) for text in mine])
            await transaction.run_each(_COMPOSED, [{"bulletin": text.posted.bulletin.key} for text in firsts])
            await transaction.run_each(_TOLD, [_told(text) for text in firsts if text.told])
            await transaction.run_each(_PINNED, [_pinned(text) for text in firsts if text.is_pinned])

        await self._database.write(queue, at_once=True)

    async def give_up(self, lost: Sequence[Posted], *, at: datetime) -> None:
        """What could not be announced: a digest waits for its chat, reminders come again with the next ones."""
        first, further = [one for one in lost if one.part == 1], [one for one in lost if one.part > 1]
        again = [one.bulletin for one in first if _comes_again(one)]
        over = [one for one in first if not _comes_again(one)]
        await self._database.write_rows(
            (_LOST, [_part(one) for one in (*over, *further) if one.part == 1 or not _comes_again(one)]),
            (_UNPOSTED, [_part(one) for one in further if _comes_again(one)]),
            (_SKIPPED, [_over(one, at) for one in over]),
            (_FORGET_LINE, [{"line": f"{one.key} 1.0"} for one in again]),
            (_FORGET, [{"bulletin": one.key} for one in again]),
            (_OPEN_AGAIN, [_open_again(one) for one in again]),
        )

    async def settle(self, *, at: datetime) -> bool:
        """Notes which texts have arrived, and which have to be sent anew; gives whether anything is open."""
        return await arrivals.settle(self._database, at)


def _comes_again(lost: Posted) -> bool:
    return bool(lost.bulletin.digest) and lost.is_unreachable and not lost.was_refused


def _over(lost: Posted, at: datetime) -> Values:
    reason = Reason.UNREACHABLE if lost.is_unreachable else Reason.ENDED
    return {"bulletin": lost.bulletin.key, "reason": reason, "at": written(at)}


def _posted(row: Row) -> Posted:
    return Posted(
        bulletin=from_row(Bulletin, dict(row) | {"reason": row["reason"] or None}),
        part=row["part"],
        tries=row["tries"],
        message=row["message"],
        message_id=row["message_id"],
        is_unreachable=row["became"] != "sent",
        was_refused=row["became"] == "dead",
    )


def _part(posted: Posted) -> Values:
    return {"bulletin": posted.bulletin.key, "part": posted.part}


def _rows(text: Text, at: datetime) -> list[dict[str, object]]:
    posted = text.posted
    key = f"{posted.bulletin.key} {posted.part} text {posted.tries + 1}"
    return rows_of((text.edit, *text.acts), key=key, at=at)


def _further(text: Text) -> list[Values]:
    return [
        {"bulletin": text.posted.bulletin.key, "part": part, "message": message}
        for part, (_, message) in enumerate(text.further, text.posted.part + 1)
    ]


def _further_lines(text: Text, at: datetime) -> list[Values]:
    key = text.posted.bulletin.key
    return [
        announcing.line_row(key, part, line, at) for part, (line, _) in enumerate(text.further, text.posted.part + 1)
    ]


def _last_part(text: Text) -> Values:
    return {"bulletin": text.posted.bulletin.key, "part": 1 + len(text.further)}


def _pinned(text: Text) -> Values:
    return {"digest": text.posted.bulletin.digest, "message": text.posted.message_id}


def _told(text: Text) -> Values:
    told_to, told_on = text.told or (None, None)
    return {"digest": text.posted.bulletin.digest, "told_to": told_to, "told_on": told_on and told_on.isoformat()}


def _open_again(bulletin: Bulletin) -> Values:
    due_at = written(bulletin.due_at)
    return {"digest": bulletin.digest, "due_at": due_at, "settled_to": written(bulletin.due_at - _JUST)}
