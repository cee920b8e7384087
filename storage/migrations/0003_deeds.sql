-- What people do: prepared and shown, done once, taken back.

CREATE TABLE prepared (                    -- what a button does: once, for one person in one chat, while it fits
    token TEXT PRIMARY KEY,                -- a hash: who reads the file cannot press the button
    act TEXT NOT NULL CHECK (act IN ('do', 'choose', 'say')),
    deed TEXT NOT NULL,                    -- JSON, see registry/deeds
    field TEXT NOT NULL DEFAULT '',        -- of 'say': what the person is asked to write
    person INTEGER NOT NULL,
    chat INTEGER NOT NULL,
    record TEXT NOT NULL DEFAULT '',       -- which one was shown, see registry/identity
    version INTEGER NOT NULL,              -- of the record when it was shown; 0 where no single record is meant
    expires_at TEXT NOT NULL,
    used_at TEXT,
    takes_back INTEGER NOT NULL DEFAULT 0 CHECK (takes_back IN (0, 1)) -- what its person did just now
) STRICT, WITHOUT ROWID;
CREATE INDEX prepared_expires ON prepared (expires_at);

CREATE TABLE entries (                     -- what somebody is being asked to write, in which chat
    person INTEGER NOT NULL,
    chat INTEGER NOT NULL,
    deed TEXT NOT NULL,
    field TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    PRIMARY KEY (person, chat)
) STRICT, WITHOUT ROWID;

CREATE TABLE deeds (
    id TEXT PRIMARY KEY,
    deed TEXT NOT NULL,
    pseudonym TEXT NOT NULL,               -- whose it was; only `people` knows who that is
    role INTEGER NOT NULL,
    chat INTEGER NOT NULL,
    done_at TEXT NOT NULL,
    undone_by TEXT REFERENCES deeds (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX deeds_of ON deeds (pseudonym, done_at);

CREATE TABLE deed_records (                -- what each record said before in the fields that changed
    deed TEXT NOT NULL REFERENCES deeds (id),
    kind TEXT NOT NULL,
    record INTEGER NOT NULL,
    version INTEGER NOT NULL,              -- after the deed
    before TEXT NOT NULL,                  -- JSON of the changed fields
    report TEXT NOT NULL DEFAULT '',       -- JSON of what a round said of the measure, where the deed is a report
    PRIMARY KEY (deed, kind, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE invitations (
    code_hash TEXT PRIMARY KEY,            -- who reads the file cannot use the link
    role INTEGER NOT NULL CHECK (role BETWEEN 1 AND 4),
    offices TEXT NOT NULL,
    until TEXT,                            -- of the role it gives
    issuer TEXT NOT NULL,                  -- a pseudonym; '' is the operator at the command line
    expires_at TEXT NOT NULL,
    used_by TEXT,                          -- a pseudonym
    is_withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (is_withdrawn IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE access_requests (             -- of guests, one for each; a declined one rests for a while
    person INTEGER PRIMARY KEY,
    asked_at TEXT NOT NULL,
    declined_at TEXT
) STRICT;

CREATE TABLE people_history (              -- what administrators did; people appear as pseudonyms
    id INTEGER PRIMARY KEY,
    deed TEXT NOT NULL,
    about TEXT NOT NULL,                   -- a pseudonym, a chat, or the hash of an invitation
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    pseudonym TEXT NOT NULL,               -- who did it; '' is the operator, 'bot' the bot itself
    seconded TEXT NOT NULL DEFAULT '',     -- who had proposed it, where two were needed
    at TEXT NOT NULL,
    seal TEXT NOT NULL                     -- over this row and the seal before it, see storage/audit
) STRICT;

CREATE TRIGGER people_history_is_never_edited BEFORE UPDATE ON people_history
BEGIN
    SELECT RAISE(ABORT, 'the history of people is append-only');
END;
CREATE TRIGGER people_history_is_never_deleted BEFORE DELETE ON people_history
BEGIN
    SELECT RAISE(ABORT, 'the history of people is append-only');
END;

CREATE TABLE drafts (                      -- documents that were sent in the chat and are not applied yet
    id TEXT PRIMARY KEY,
    person INTEGER NOT NULL,
    chat INTEGER NOT NULL,
    draft TEXT NOT NULL,                   -- JSON: the text as far as it was sent, or what was read of it
    expires_at TEXT NOT NULL,
    UNIQUE (person, chat)
) STRICT, WITHOUT ROWID;
CREATE INDEX drafts_expire ON drafts (expires_at);

CREATE TABLE deed_rows (                   -- what a deed wrote beside records: the rows that they stand on
    deed TEXT NOT NULL REFERENCES deeds (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    "table" TEXT NOT NULL,
    before TEXT,                           -- JSON of the row; NULL where there was none
    after TEXT,
    PRIMARY KEY (deed, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE recalls (                     -- messages that carried a record when it became non-public
    outbox INTEGER PRIMARY KEY,            -- the message as it was sent last
    message_id INTEGER,                    -- NULL of one that was on its way just then
    fate TEXT NOT NULL CHECK (fate IN ('deleted', 'overwritten', 'stays', 'late')),
    at TEXT NOT NULL,
    settled_at TEXT                        -- when that was queued, where it was not at once
) STRICT;
