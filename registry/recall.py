"""Messages that carry a record which is not public any more, and what becomes of them."""

from datetime import datetime, timedelta
from enum import StrEnum

from registry.records import Record

DELETABLE = timedelta(hours=48)  # Telegram: a bot deletes nothing older; it may still write over its own messages


class Fate(StrEnum):
    DELETED = "deleted"
    OVERWRITTEN = "overwritten"  # too old to be deleted
    STAYS = "stays"  # in a chat that cannot be reached any more


class Carrier(Record):
    """One message, as it stands in its chat now. Of a private chat there is no title."""

    outbox: int
    chat: int
    title: str = ""
    message: int
    sent_at: datetime
    fate: Fate


def fate_of(sent_at: datetime, now: datetime, *, is_reached: bool) -> Fate:
    if not is_reached:
        return Fate.STAYS
    return Fate.DELETED if now - sent_at < DELETABLE else Fate.OVERWRITTEN
