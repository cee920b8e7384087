-- What comes by the clock: digests and reminders, each once.

CREATE TABLE digests (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat INTEGER NOT NULL,
    thread INTEGER,
    scope TEXT NOT NULL,                   -- JSON, see registry/queries
    rule TEXT NOT NULL,                    -- JSON, see registry/slots
    horizon INTEGER NOT NULL CHECK (horizon > 0),
    language TEXT,
    when_empty TEXT NOT NULL CHECK (when_empty IN ('line', 'nothing')),
    is_silent INTEGER NOT NULL CHECK (is_silent IN (0, 1)),
    is_pinned INTEGER NOT NULL CHECK (is_pinned IN (0, 1)),
    is_paused INTEGER NOT NULL CHECK (is_paused IN (0, 1)),
    is_ended INTEGER NOT NULL CHECK (is_ended IN (0, 1)),
    since TEXT NOT NULL,                   -- from when its times are as they are
    settled_to TEXT NOT NULL,              -- up to which instant its slots are settled
    next_at TEXT,                          -- when the next slot is due; NULL where none will be
    past_rule TEXT,                        -- JSON of the times before, while slots of theirs are not settled,
    past_from TEXT,                        -- which came after this instant and until that
    past_to TEXT,
    told_to INTEGER,                       -- how far the history went when it was last composed
    told_on TEXT,                          -- and on which day that was
    pinned INTEGER                         -- the message that is pinned for it
) STRICT;
CREATE INDEX digests_next ON digests (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX digests_chat ON digests (chat);
CREATE INDEX digests_past ON digests (id) WHERE past_rule IS NOT NULL;

CREATE TABLE bulletins (                   -- one row for each slot, whatever became of it
    key TEXT PRIMARY KEY,                  -- names the slot; its messages' keys in the outbox begin with it
    digest INTEGER NOT NULL,               -- 0: a chat's reminders of a morning
    chat INTEGER NOT NULL,
    thread INTEGER,
    "on" TEXT NOT NULL,
    due_at TEXT NOT NULL,
    is_late INTEGER NOT NULL CHECK (is_late IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('announced', 'composed', 'sent', 'skipped')),
    reason TEXT NOT NULL DEFAULT '',
    told_to INTEGER,                       -- how far the history went when the one before was composed
    told_on TEXT,                          -- and on which day that was
    settled_at TEXT
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX bulletins_of_digest ON bulletins (digest, "on") WHERE digest <> 0;
CREATE UNIQUE INDEX bulletins_of_chat ON bulletins (chat, "on") WHERE digest = 0;
CREATE INDEX bulletins_open ON bulletins (state) WHERE state IN ('announced', 'composed');

CREATE TABLE bulletin_parts (              -- each is announced by a line of its own, into which its text is then written
    bulletin TEXT NOT NULL REFERENCES bulletins (key) ON DELETE CASCADE,
    part INTEGER NOT NULL CHECK (part > 0),
    message TEXT,                          -- JSON of what is to be written, after the first part; NULL once it is over
    state TEXT NOT NULL CHECK (state IN ('announced', 'unposted', 'written', 'over', 'lost')),
    tries INTEGER NOT NULL DEFAULT 0,      -- how often it was written: its chat may have lost its clearance meanwhile
    PRIMARY KEY (bulletin, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX bulletin_parts_open ON bulletin_parts (state) WHERE state IN ('announced', 'unposted', 'written');

-- Reminders: what each chat was told, what it asked to hear of later, and who wants which.

ALTER TABLE people ADD COLUMN reminders TEXT NOT NULL DEFAULT 'rest' CHECK (reminders IN ('all', 'rest', 'none'));
ALTER TABLE people ADD COLUMN away_from TEXT;
ALTER TABLE people ADD COLUMN away_until TEXT;    -- the last day of it
ALTER TABLE chats ADD COLUMN reminders TEXT NOT NULL DEFAULT 'all' CHECK (reminders IN ('all', 'coordination', 'none'));
ALTER TABLE chats ADD COLUMN reminders_thread INTEGER;
ALTER TABLE chats ADD COLUMN is_channel INTEGER NOT NULL DEFAULT 0 CHECK (is_channel IN (0, 1));

CREATE TABLE reminded (
    chat INTEGER NOT NULL,
    ref TEXT NOT NULL,
    what TEXT NOT NULL,
    position INTEGER NOT NULL,             -- of a mandate or milestone in its paper or programme; else 0
    due_on TEXT NOT NULL,
    stage INTEGER NOT NULL,                -- the last one told: working days left, negative after the due day
    told_on TEXT NOT NULL,
    PRIMARY KEY (chat, ref, what, position, due_on)
) STRICT, WITHOUT ROWID;

CREATE TABLE snoozed (
    chat INTEGER NOT NULL,
    ref TEXT NOT NULL,
    what TEXT NOT NULL,
    position INTEGER NOT NULL,
    until TEXT NOT NULL,                   -- the day to be told again
    PRIMARY KEY (chat, ref, what, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE mornings ("on" TEXT PRIMARY KEY) STRICT, WITHOUT ROWID; -- on which reminders were seen to

CREATE INDEX inquiries_due ON inquiries (due_on) WHERE due_on IS NOT NULL;
CREATE INDEX listed_unrouted ON listed (changed_on) WHERE status = 'unrouted';
CREATE INDEX listed_in_review ON listed (id) WHERE status = 'in_review';
CREATE INDEX listed_reported ON listed (coalesce(as_of, changed_on)) WHERE kind = 'measure';
