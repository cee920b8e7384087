-- The post room: what arrived, before it is handled, and what goes out, before it is sent.

CREATE TABLE inbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- the order of arrival, and the reference of a failure
    update_id INTEGER,                    -- to look things up; never compared, Telegram may restart it anywhere
    fingerprint TEXT NOT NULL UNIQUE,     -- what a redelivery is known by; outlives the raw text
    chat INTEGER NOT NULL,
    raw TEXT,
    state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'done', 'refused', 'quarantined')),
    tries INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    received_at TEXT NOT NULL,
    settled_at TEXT
) STRICT;

CREATE INDEX inbox_new ON inbox (id) WHERE state = 'new';
CREATE INDEX inbox_quarantined ON inbox (id) WHERE state = 'quarantined';

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- the order of sending within a chat
    key TEXT NOT NULL UNIQUE,             -- names the message, so that a redo cannot queue it twice
    chat INTEGER NOT NULL,
    thread INTEGER,
    kind TEXT NOT NULL CHECK (kind IN ('reply', 'edit', 'toast', 'act', 'post', 'body')),
    method TEXT NOT NULL,
    payload TEXT,                         -- JSON
    label TEXT NOT NULL CHECK (label IN ('public', 'nonpublic')),
    refs TEXT NOT NULL DEFAULT '',        -- references of the records it speaks of, one per line
    state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'leased', 'sent', 'uncertain', 'dead', 'cancelled')),
    attempt INTEGER NOT NULL DEFAULT 0,   -- tries that were not answered; a crash is none
    not_before TEXT,
    message_id INTEGER,
    reason TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    settled_at TEXT
) STRICT;

CREATE INDEX outbox_unsettled ON outbox (id) WHERE state IN ('new', 'leased', 'uncertain');
CREATE INDEX outbox_dead ON outbox (id) WHERE state = 'dead';
CREATE INDEX outbox_shown ON outbox (chat, message_id) WHERE message_id IS NOT NULL;

CREATE TABLE suspended_chat (
    chat INTEGER PRIMARY KEY,
    reason TEXT NOT NULL,
    since TEXT NOT NULL
) STRICT;
