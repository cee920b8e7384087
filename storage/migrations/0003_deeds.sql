-- What people do: prepared and shown, done once, taken back.

CREATE TABLE prepared (                    -- what a button does: once, for one person in one chat, while it fits
    token TEXT PRIMARY KEY,                -- a hash: who reads the file cannot press the button
    act TEXT NOT NULL CHECK (act IN ('do', 'choose', 'say')),
    deed TEXT NOT NULL,                    -- JSON, see registry/deeds
    field TEXT NOT NULL DEFAULT '',        -- of 'say': what the person is asked to write
    person INTEGER NOT NULL,
    chat INTEGER NOT NULL,
    version INTEGER NOT NULL,              -- of the record when it was shown; 0 where no single record is meant
    expires_at TEXT NOT NULL,
    used_at TEXT
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
    PRIMARY KEY (deed, kind, record)
) STRICT, WITHOUT ROWID;
