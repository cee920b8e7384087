"""Updates as they arrived: kept before they are confirmed, settled once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from registry.changes import Change
from storage.changes import write_change
from storage.database import Database, Transaction
from storage.instants import read, written
from storage.outbox import ADD, rows_of
from storage.outgoing import Outgoing

_RECEIVE = """
INSERT INTO inbox (update_id, fingerprint, chat, raw, received_at)
VALUES (:update_id, :fingerprint, :chat, :raw, :received_at)
ON CONFLICT (fingerprint) DO NOTHING
"""
_WAITING = """
SELECT id, chat, raw, tries, received_at FROM inbox WHERE state = 'new' AND id > :after ORDER BY id LIMIT :limit
"""
_SETTLE = """
UPDATE inbox SET state = :state, reason = :reason, settled_at = :settled_at WHERE id = :id AND state = 'new'
"""
_FAILED = "UPDATE inbox SET tries = tries + 1, reason = :reason WHERE id = :id AND state = 'new'"
_STANDING = """
SELECT (SELECT received_at FROM inbox WHERE state = 'new' ORDER BY id LIMIT 1) AS oldest,
       (SELECT count(*) FROM inbox WHERE state = 'new') AS waiting,
       (SELECT count(*) FROM inbox WHERE state = 'quarantined') AS quarantined
"""
_QUARANTINED_SINCE = "SELECT count(*) AS count FROM inbox WHERE state = 'quarantined' AND settled_at > :since"
_BLANK = "UPDATE inbox SET raw = NULL WHERE raw IS NOT NULL AND state <> 'new' AND received_at < :before"
# Of somebody who was erased not even the fingerprint stays longer than Telegram may send an update again.
_FORGET = """
DELETE FROM inbox WHERE state <> 'new' AND (received_at < :before OR (reason = 'forgotten' AND received_at < :erased))
"""


@dataclass(frozen=True, slots=True)
class Letter:
    """An update from the outside: what it is known by, whose lane it takes, and its unopened JSON."""

    update_id: int | None
    fingerprint: str
    chat: int
    raw: str


@dataclass(frozen=True, slots=True)
class Received:
    """A letter that waits to be handled; ``id`` is its place in the order of arrival."""

    id: int
    chat: int
    raw: str
    tries: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class InboxStanding:
    oldest_at: datetime | None
    waiting: int
    quarantined: int


class Inbox:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def receive(self, letters: Sequence[Letter], at: datetime) -> None:
        """Returns once all of them are on disk; one that is already known is passed over."""
        await self._database.write_rows((_RECEIVE, [_row_of(letter, at) for letter in letters]))

    async def waiting(self, *, after: int = 0, limit: int) -> list[Received]:
        rows = await self._database.read(_WAITING, {"after": after, "limit": limit})
        return [Received(row[0], row[1], row[2], row[3], read(row[4])) for row in rows]

    async def settle(
        self,
        update: int,
        outgoing: Sequence[Outgoing] = (),
        changes: Sequence[Change] = (),
        *,
        at: datetime,
        refused: bool = False,
    ) -> None:
        """Changes, messages and the mark on the update, in one transaction; an update settled before stays as it is."""
        mark = _mark(update, "refused" if refused else "done", at=at)
        messages = rows_of(outgoing, key=str(update), at=at)
        if not changes:
            await self._database.write_rows((_SETTLE, [mark]), (ADD, messages))
            return

        async def settle_all(transaction: Transaction) -> None:
            if not await transaction.fetch(f"{_SETTLE} RETURNING id", mark):
                return
            for change in changes:
                await write_change(transaction, change)
            await transaction.run_each(ADD, messages)

        await self._database.write(settle_all, at_once=True)

    async def quarantine(self, update: int, reason: str, outgoing: Sequence[Outgoing] = (), *, at: datetime) -> None:
        """Puts an update aside for good; what is to be said about it goes out with the same transaction."""
        mark = _mark(update, "quarantined", at=at, reason=reason)
        await self._database.write_rows((_SETTLE, [mark]), (ADD, rows_of(outgoing, key=str(update), at=at)))

    async def quarantined_since(self, since: datetime) -> int:
        [row] = await self._database.read(_QUARANTINED_SINCE, {"since": written(since)})
        return int(row["count"])

    async def failed(self, update: int, reason: str) -> None:
        """Counts a try, so that a restart does not begin anew."""
        await self._database.write_rows((_FAILED, [{"id": update, "reason": reason}]))

    async def standing(self) -> InboxStanding:
        [row] = await self._database.read(_STANDING)
        return InboxStanding(read(row["oldest"]) if row["oldest"] else None, row["waiting"], row["quarantined"])

    async def blank(self, *, before: datetime) -> None:
        """Forgets what settled updates said; they stay known by their fingerprint."""
        await self._database.write_rows((_BLANK, [{"before": written(before)}]))

    async def forget(self, *, before: datetime, erased: datetime) -> None:
        """``erased`` is the day for those of people who were erased."""
        await self._database.write_rows((_FORGET, [{"before": written(before), "erased": written(erased)}]))


def _row_of(letter: Letter, at: datetime) -> dict[str, object]:
    return {
        "update_id": letter.update_id,
        "fingerprint": letter.fingerprint,
        "chat": letter.chat,
        "raw": letter.raw,
        "received_at": written(at),
    }


def _mark(update: int, state: str, *, at: datetime, reason: str = "") -> dict[str, object]:
    return {"id": update, "state": state, "reason": reason, "settled_at": written(at)}
