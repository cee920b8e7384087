"""What two administrators agreed to and what ends soon: chats cleared for the non-public, and administrators."""

from dataclasses import dataclass
from datetime import date, datetime

from registry.administered import ServedChat
from registry.people import Staff
from storage import served_chats, staff
from storage.database import Database
from storage.outbox import ADD, rows_of
from storage.outgoing import Outgoing

_CHATS = """
    SELECT id FROM chats WHERE admitted = 1 AND clearance > 0 AND cleared_until BETWEEN :today AND :by ORDER BY id
"""
_ADMINS = "SELECT id FROM people WHERE role = 4 AND is_set = 0 AND until BETWEEN :today AND :by ORDER BY id"


@dataclass(frozen=True)
class Ending:
    """``subject`` as it is until the day ``on``."""

    subject: ServedChat | Staff
    on: date

    @property
    def key(self) -> str:
        """Names it among all that ever ended."""
        if isinstance(self.subject, ServedChat):
            return f"ending chat {self.subject.id} {self.on}"
        return f"ending admin {self.subject.number} {self.on}"


class Endings:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def until(self, by: date, today: date) -> tuple[Ending, ...]:
        fetch = self._database.read
        days: dict[str, object] = {"today": today.isoformat(), "by": by.isoformat()}
        chats = [await served_chats.of(fetch, row["id"]) for row in await fetch(_CHATS, days)]
        admins = [await staff.of(fetch, row["id"]) for row in await fetch(_ADMINS, days)]
        return (
            *(Ending(one, one.cleared_until) for one in chats if one.cleared_until),
            *(Ending(one, one.until) for one in admins if one.until),
        )

    async def administrators(self, today: date) -> tuple[tuple[int, str | None], ...]:
        """Those who ever wrote to the bot, for it may write to no others, with the language they chose."""
        fetch = self._database.read
        admins = [one.number for one in await staff.admins(fetch, today)]
        return tuple(
            [(one, await staff.language_of(fetch, one)) for one in admins if await staff.has_written(fetch, one)]
        )

    async def tell(self, ending: Ending, outgoing: Outgoing, at: datetime) -> None:
        """Queues a word about it to an administrator, unless they had it before."""
        rows = rows_of([outgoing], key=f"{ending.key} {outgoing.chat}", at=at)
        await self._database.write_rows((ADD, rows))
