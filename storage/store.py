"""The register's file, open: what the program reads it by and writes it with."""

import asyncio
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from registry.applied import Applied
from registry.offices import OfficeTree
from registry.people import Reader
from registry.queries import Names
from registry.reading import Reading
from registry.visibility import Clearance
from storage import audit, names, offices
from storage.applying import Applying, Fields
from storage.backup import back_up
from storage.bulletins import Bulletins
from storage.database import Database, Transaction
from storage.endings import Endings
from storage.errors import KeyMissing
from storage.history import Occasion
from storage.inbox import Inbox
from storage.inspection import inspect_at_start
from storage.migrations import create, migrate
from storage.outbox import Outbox
from storage.people import People
from storage.recall import Recalls
from storage.register import Register
from storage.suspensions import Suspensions


class Store:
    """Opened once per process; ``register`` gives what one reader may see of it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.inbox = Inbox(database)
        self.outbox = Outbox(database)
        self.suspensions = Suspensions(database)
        self.people = People(database)
        self.recalls = Recalls(database)
        self.bulletins = Bulletins(database)
        self.endings = Endings(database)
        self._tree = OfficeTree(())
        self._tree_revision = -1
        self._names: dict[Clearance, tuple[int, Names]] = {}

    @classmethod
    async def open(cls, path: Path, *, key_file: Path | None = None, only_to_read: bool = False) -> "Store":
        """Opens a register, makes a new one or brings an old one up to date; the audit key lies beside it or elsewhere.

        Raises RegisterUnusable, and leaves the file as it is, where it is damaged, not ours, or too new for us.
        """
        if not path.exists():
            await asyncio.to_thread(create, path)
        await asyncio.to_thread(migrate, path, found=await inspect_at_start(path))
        try:
            key = await asyncio.to_thread(audit.open_key, key_file or audit.key_beside(path), path)
        except KeyMissing:
            if not only_to_read:
                raise
            return cls(await Database.open(path))
        return cls(await Database.open(path, key=key.secret))

    async def close(self) -> None:
        await self.database.close()

    def register(self, reader: Reader, *, revision: int | None = None) -> Register:
        """What the reader sees. ``revision`` is the register's, where it has just been read."""
        return Register(
            self.database, reader, partial(self.offices, revision), partial(self._names_for, revision=revision)
        )

    async def offices(self, revision: int | None = None) -> OfficeTree:
        """The office tree; read again once anybody, another process included, has changed the register."""
        if revision is None:
            revision = await offices.revision(self.database.read)
        if revision != self._tree_revision:
            self._tree = OfficeTree(await offices.offices(self.database.read))
            self._tree_revision = revision
        return self._tree

    async def _names_for(self, clearance: Clearance, *, revision: int | None) -> Names:
        """Read once for each revision of the register, whoever changed it."""
        # Before the rows: names that are newer than their revision are read once too often, never once too seldom.
        if revision is None:
            revision = await offices.revision(self.database.read)
        known = self._names.get(clearance)
        if known is None or known[0] != revision:
            known = revision, await names.names(self.database.read, clearance)
            self._names[clearance] = known
        return known[1]

    async def apply(self, reading: Reading, *, public: bool, by: str, at: datetime, through: str = "") -> Applied:
        """Applies all that a document says, or nothing. Applied once more it changes nothing."""
        occasion = Occasion(at=at, who=by, why=reading.source, through=through, by_import=True)
        return await self.database.write(lambda transaction: Applying(transaction, reading, public, occasion).apply())

    async def preview(self, reading: Reading, *, public: bool = False, follows: Fields = frozenset()) -> Applied:
        """What applying the document would do; nothing is written. ``follows`` is Applying's."""
        occasion = Occasion(at=datetime.now(UTC), who="", by_import=True)

        async def try_out(transaction: Transaction) -> None:
            raise _TriedOut(await Applying(transaction, reading, public, occasion, follows).apply())

        try:
            await self.database.write(try_out)
        except _TriedOut as tried:
            return tried.applied
        raise AssertionError("a preview always ends by undoing itself")

    async def backup(self, to: Path) -> None:
        """Writes a copy that was reopened and compared; the file appears whole or not at all."""
        await back_up(self.database.path, to)

    async def set_non_public(self, clearance: Clearance) -> None:
        """Notes the city's own setting, so that what becomes non-public is withdrawn from all who may not see it."""
        await self.database.write_rows(("UPDATE meta SET non_public = :most", [{"most": int(clearance)}]))

    async def audit_head(self) -> audit.Head:
        """The last entry of the history and its seal: whoever has noted them sees if the end is cut off."""
        return await audit.head_of(self.database.read)

    async def forget_kept(self, *, before: date) -> None:
        """Forgets what old buttons say; who presses one is told that it has expired."""
        await self.database.write_rows(("DELETE FROM kept WHERE kept_on < :before", [{"before": before.isoformat()}]))

    async def kept(self, token: str) -> str | None:
        """What a button says whose data had no room in it."""
        rows = await self.database.read("SELECT data FROM kept WHERE token = :token", {"token": token})
        return str(rows[0]["data"]) if rows else None


class _TriedOut(Exception):
    """Carries a preview's result out of the transaction it undoes."""

    def __init__(self, applied: Applied) -> None:
        super().__init__()
        self.applied = applied
