"""Once an hour: forgets what need not be kept. The times are those of the privacy notice."""

from datetime import datetime, timedelta

from storage import retention
from storage.store import Store

# What people wrote, what was sent to them and what a repetition is known by.
RAW_LASTS = timedelta(days=7)
SENT_LASTS = timedelta(days=30)
FINGERPRINT_LASTS = timedelta(days=90)
ADDRESSES_LAST = timedelta(days=365)  # which records went to which chat
BUTTONS_LAST = timedelta(days=30)  # what a button says that has no room for it; it may be somebody's words
# What a button does tells nothing once it is over, but for a while who presses it is told so.
PREPARED_LASTS = timedelta(days=1)
DEEDS_LAST = timedelta(days=7)  # what a deed said, and what was before it
REQUESTS_LAST = timedelta(days=30)  # for access, and invitations after their end
REMINDED_LASTS = timedelta(days=90)  # what a chat was told, after the day on which it was due
REDELIVERY_LASTS = timedelta(days=2)  # Telegram keeps an update for one
PAUSE = timedelta(hours=1)


class Forgetting:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._done_at: datetime | None = None

    async def __call__(self, now: datetime) -> None:
        if self._done_at is None or now - self._done_at >= PAUSE:
            await forget(self._store, now)
            self._done_at = now


async def forget(store: Store, now: datetime) -> None:
    await store.inbox.blank(before=now - RAW_LASTS)
    await store.inbox.forget(before=now - FINGERPRINT_LASTS, erased=now - REDELIVERY_LASTS)
    await store.outbox.blank(before=now - SENT_LASTS)
    await retention.forget_links(store.database, now)
    await retention.forget_sent(store.database, before=now - ADDRESSES_LAST, strangers=now - SENT_LASTS)
    await store.forget_kept(before=now.date() - BUTTONS_LAST)
    await retention.forget(
        store.database,
        now,
        buttons=now - PREPARED_LASTS,
        deeds=now - DEEDS_LAST,
        requests=now - REQUESTS_LAST,
        reminders=now - REMINDED_LASTS,
    )
