"""Who looks after a group, as the messenger knows it."""

from typing import Protocol


class Members(Protocol):
    async def is_admin(self, chat: int, person: int) -> bool:
        """Whether the person is an administrator of the group there; False where that cannot be learnt."""
        ...


class NoMembers:
    """Where there is no messenger."""

    async def is_admin(self, chat: int, person: int) -> bool:  # noqa: ARG002  nobody is known here
        return False
