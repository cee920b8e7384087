"""What is a reader's own: what they prepared, did and are asked for, and what is stored about them."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime

from registry.drafts import Draft
from registry.offices import OfficeTree
from registry.people import Reader
from registry.prepared import Done, Prepared
from registry.privacy import Hold, OwnData, hold_on
from storage import deeds, drafts, prepared, privacy, shown, staff
from storage.rows import Fetch


class Own:
    """Read with the same eyes as the register it belongs to."""

    def __init__(self, fetch: Fetch, reader: Reader, offices: Callable[[], Awaitable[OfficeTree]]) -> None:
        self._fetch = fetch
        self._reader = reader
        self._offices = offices

    async def prepared(self, token: str) -> Prepared | None:
        """What the button with that token does."""
        return await prepared.prepared(self._fetch, token)

    async def ways_back(self, at: datetime) -> tuple[Prepared, ...]:
        """What takes back what this reader did just now besides deeds that met records; the last one first."""
        return await prepared.ways_back(self._fetch, person=self._reader.person, chat=self._reader.chat, at=at)

    async def draft(self, of: str, *, at: datetime) -> Draft | None:
        """A document that this reader sent here and that is not applied yet."""
        reader = self._reader
        return await drafts.find(self._fetch, of, person=reader.person, chat=reader.chat, at=at)

    async def deed(self, of: str) -> Done | None:
        """A deed of this reader's own."""
        return await deeds.of_reader(self._fetch, self._reader, of, await self._offices())

    async def last_deed(self, since: datetime) -> Done | None:
        """The last deed of this reader's own that was not taken back, if it is not older than that."""
        return await deeds.last_of_reader(self._fetch, self._reader, since, await self._offices())

    async def listed_in(self, message: int) -> tuple[str, ...]:
        """The references of the records that a message of ours in this reader's chat lists, in its order."""
        return await shown.refs(self._fetch, self._reader.chat, message)

    async def asked_in(self, message: int) -> bool:
        """Whether a message of ours in this reader's chat asked somebody for words."""
        return await shown.asks(self._fetch, self._reader.chat, message)

    async def data(self) -> OwnData:
        """What is stored about this reader."""
        return await privacy.own_data(self._fetch, self._reader.person)

    async def hold(self, today: date) -> Hold | None:
        """Why this reader cannot be erased yet."""
        given, admins = await staff.of(self._fetch, self._reader.person), await staff.admins(self._fetch, today)
        return hold_on(given, admins, today)
