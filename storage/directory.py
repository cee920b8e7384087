"""What administrators look up: people, invitations and chats. Who may is decided before it is asked."""

from datetime import date, datetime

from registry.administered import AccessRequest, Invitation, ServedChat, Situation
from registry.deeds import AdminDeed
from registry.digests import Digest
from registry.people import Staff
from storage import administration, digests, invitations, reminded, served_chats, staff
from storage.rows import Fetch

_MOST_WAITING = 4


class Directory:
    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch

    async def situation(self, deed: AdminDeed, *, by: int, today: date) -> Situation:
        """What a deed meets, as of now."""
        return await administration.situation(self._fetch, deed, by=by, today=today)

    async def person(self, number: int) -> Staff:
        return await staff.of(self._fetch, number)

    async def people(self, page: int) -> tuple[tuple[Staff, ...], int]:
        """A page of those who were given a role, and how many they are."""
        return await staff.page(self._fetch, page)

    async def admins(self, today: date) -> tuple[Staff, ...]:
        return await staff.admins(self._fetch, today)

    async def language_of(self, person: int) -> str | None:
        return await staff.language_of(self._fetch, person)

    async def has_written(self, person: int) -> bool:
        return await staff.has_written(self._fetch, person)

    async def invitation(self, code: str) -> Invitation:
        return await invitations.of(self._fetch, invitations.hashed(code))

    async def issuer_stands(self, invitation: Invitation, person: int, today: date) -> bool:
        """Whether whoever issued it still could, and is not the one who uses it."""
        return await invitations.issuer_stands(self._fetch, invitation, person, today)

    async def access_request(self, person: int) -> AccessRequest:
        return await invitations.request_of(self._fetch, person)

    async def may_ask(self, person: int, at: datetime) -> bool:
        return await invitations.may_ask(self._fetch, person, at)

    async def asked_lately(self, at: datetime) -> int:
        """How many guests asked for access within the hour."""
        return await invitations.asked_lately(self._fetch, at)

    async def waiting(self) -> tuple[int, ...]:
        """Guests who wait for an answer, longest first."""
        return await invitations.waiting(self._fetch, _MOST_WAITING)

    async def reminders(self, chat: int) -> reminded.Wanted:
        """What a chat, or the person of a private one, wants to be reminded of."""
        return await reminded.wanted(self._fetch, chat)

    async def has_deputy(self, person: int, until: date) -> bool:
        return await reminded.has_deputy(self._fetch, person, until)

    async def coordination(self, today: date) -> tuple[int, ...]:
        """Who decides on more time: those in coordination who can be reached, else the administrators."""
        return await reminded.coordination(self._fetch, today)

    async def digests(self, chat: int) -> tuple[Digest, ...]:
        """Those that go to a chat, paused ones too."""
        return await digests.in_chat(self._fetch, chat)

    async def digest(self, number: int) -> Digest | None:
        return await digests.of(self._fetch, number)

    async def next_digest(self) -> int:
        """The number that the next new one gets."""
        return await digests.next_number(self._fetch)

    async def digest_told(self, number: int) -> tuple[int, date] | None:
        """How far the history went when a digest was last composed, and the day of that."""
        return await digests.told(self._fetch, number)

    async def channels(self) -> tuple[ServedChat, ...]:
        """The channels that are served."""
        return await served_chats.channels(self._fetch)

    async def chat(self, number: int) -> ServedChat:
        return await served_chats.of(self._fetch, number)

    async def chats(self, page: int) -> tuple[tuple[ServedChat, ...], int]:
        return await served_chats.page(self._fetch, page)
