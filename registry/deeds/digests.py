"""What somebody does to the digests of a chat."""

from datetime import datetime
from typing import Literal

from registry.digests import Digest
from registry.records import Record


class SetDigest(Record):
    """Sets up a digest, or changes, pauses or ends one; ``digest`` is what it is afterwards.

    ``next_at`` is when its next slot is due. ``by_chat_admin`` says that the messenger names its person among the
    administrators of the chat.
    """

    deed: Literal["set_digest"] = "set_digest"
    digest: Digest
    next_at: datetime | None = None
    by_chat_admin: bool = False

    @property
    def is_ones_own(self) -> bool:
        """Whether it needs no more than to have a role: for oneself, or in a group that one looks after."""
        return self.digest.is_private or self.by_chat_admin

    def having(self, **changes: object) -> "SetDigest":
        """The same of a digest that differs in this."""
        return self.model_copy(update={"digest": self.digest.model_copy(update=changes), "next_at": None})

    @property
    def offices(self) -> tuple[str, ...]:
        return self.digest.scope.offices
