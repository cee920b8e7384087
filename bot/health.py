"""How the bot is doing, in numbers: no record, no name, no text."""

from dataclasses import dataclass
from datetime import datetime

from storage.inbox import Inbox
from storage.outbox import Outbox

POLL_MAY_BE_OLD_SECONDS = 90.0
MAIL_MAY_BE_OLD_SECONDS = 300.0


@dataclass(frozen=True)
class Health:
    """Ages in seconds; ``poll_age`` is None before the first good poll."""

    is_running: bool
    poll_age: float | None
    inbox_age: float
    inbox_waiting: int
    quarantined: int
    outbox_age: float
    outbox_waiting: int
    dead: int

    @property
    def is_well(self) -> bool:
        return (
            self.is_running
            and self.poll_age is not None
            and self.poll_age < POLL_MAY_BE_OLD_SECONDS
            and self.inbox_age < MAIL_MAY_BE_OLD_SECONDS
            and self.outbox_age < MAIL_MAY_BE_OLD_SECONDS
        )


async def take_pulse(
    inbox: Inbox, outbox: Outbox, *, last_good_poll_at: datetime | None, is_running: bool, now: datetime
) -> Health:
    """What was last polled, what waits, and what was put aside or given up."""
    incoming, outgoing = await inbox.standing(), await outbox.standing()
    return Health(
        is_running=is_running,
        poll_age=_age(last_good_poll_at, now) if last_good_poll_at else None,
        inbox_age=_age(incoming.oldest_at, now),
        inbox_waiting=incoming.waiting,
        quarantined=incoming.quarantined,
        outbox_age=_age(outgoing.oldest_at, now),
        outbox_waiting=outgoing.waiting,
        dead=outgoing.dead,
    )


def _age(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0
