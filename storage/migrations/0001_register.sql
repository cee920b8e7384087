-- The register: what the city keeps track of, who may see it, and what changed.
-- Tuples and small values are JSON text; dates are local days, instants (…_at) UTC, both in ISO form.

CREATE TABLE meta (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    revision INTEGER NOT NULL DEFAULT 0,   -- one more with each change of the register
    -- the most that anybody may see of the non-public, by the settings as of the program's last start
    non_public INTEGER NOT NULL DEFAULT 0 CHECK (non_public BETWEEN 0 AND 2)
) STRICT;
INSERT INTO meta (id) VALUES (1);

CREATE TABLE offices (
    code TEXT PRIMARY KEY CHECK (code <> ''),
    name_de TEXT NOT NULL,
    name_en TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('department', 'office', 'unit', 'external')),
    parent TEXT REFERENCES offices (code) CHECK (parent <> code),
    aliases TEXT NOT NULL,
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE concepts (
    id INTEGER PRIMARY KEY,                -- its rounds' history goes by it
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE fields (
    concept TEXT NOT NULL REFERENCES concepts (name),
    number INTEGER NOT NULL CHECK (number > 0),
    title TEXT NOT NULL,
    PRIMARY KEY (concept, number)
) STRICT;

CREATE TABLE recommendations (
    concept TEXT NOT NULL REFERENCES concepts (name),
    field INTEGER NOT NULL CHECK (field > 0),
    number INTEGER NOT NULL CHECK (number > 0),
    text TEXT NOT NULL,
    PRIMARY KEY (concept, field, number)
) STRICT;

CREATE TABLE rounds (
    concept TEXT NOT NULL REFERENCES concepts (name),
    as_of TEXT NOT NULL,
    due_on TEXT,
    state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
    PRIMARY KEY (concept, as_of)
) STRICT;

CREATE TABLE measures (
    id INTEGER PRIMARY KEY,
    concept TEXT NOT NULL REFERENCES concepts (name),
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    title_en TEXT NOT NULL,
    text TEXT NOT NULL,
    lead_offices TEXT NOT NULL,
    participating TEXT NOT NULL,
    external TEXT NOT NULL,
    deadline TEXT NOT NULL,
    status TEXT NOT NULL
        CHECK (status IN ('fully', 'partly', 'not_implemented', 'discarded', 'unclear', 'unknown')),
    current_state TEXT NOT NULL,
    as_of TEXT,
    is_new INTEGER NOT NULL CHECK (is_new IN (0, 1)),
    is_stub INTEGER NOT NULL CHECK (is_stub IN (0, 1)),
    visibility TEXT NOT NULL CHECK (visibility IN ('public', 'nonpublic')),
    version INTEGER NOT NULL CHECK (version > 0),
    UNIQUE (concept, number)
) STRICT;
CREATE INDEX measures_number ON measures (number);

CREATE TABLE measure_reports (             -- what a round says of a measure; a closed round's rows stay as they are
    measure INTEGER NOT NULL REFERENCES measures (id),
    as_of TEXT NOT NULL,
    status TEXT NOT NULL
        CHECK (status IN ('fully', 'partly', 'not_implemented', 'discarded', 'unclear', 'unknown')),
    current_state TEXT NOT NULL,
    PRIMARY KEY (measure, as_of)
) STRICT, WITHOUT ROWID;

CREATE TABLE question_lists (
    key TEXT PRIMARY KEY CHECK (key <> ''),
    title TEXT NOT NULL,
    originator TEXT NOT NULL,
    committee TEXT NOT NULL,
    "on" TEXT,
    concept TEXT NOT NULL,
    visibility TEXT NOT NULL CHECK (visibility IN ('public', 'nonpublic'))
) STRICT;

CREATE TABLE inquiries (
    id INTEGER PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE CHECK (number > 0),
    list TEXT NOT NULL REFERENCES question_lists (key),
    position INTEGER NOT NULL CHECK (position > 0),
    about TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('question', 'remark')),
    title TEXT NOT NULL,
    title_en TEXT NOT NULL,
    text TEXT NOT NULL,
    routing TEXT,
    status TEXT NOT NULL
        CHECK (status IN ('unrouted', 'open', 'in_review', 'released', 'answered', 'withdrawn')),
    offices_due_on TEXT,
    due_on TEXT,
    answer TEXT NOT NULL,
    answered_on TEXT,
    visibility TEXT NOT NULL CHECK (visibility IN ('public', 'nonpublic')),
    version INTEGER NOT NULL CHECK (version > 0)
) STRICT;
CREATE INDEX inquiries_list ON inquiries (list, position);

CREATE TABLE contributions (
    inquiry INTEGER NOT NULL REFERENCES inquiries (id),
    position INTEGER NOT NULL,
    office TEXT NOT NULL,                  -- a code where the tree has it, else as written
    status TEXT NOT NULL CHECK (status IN ('pending', 'delivered', 'accepted', 'not_responsible')),
    text TEXT NOT NULL,
    reason TEXT NOT NULL,
    better_office TEXT,
    remark TEXT NOT NULL DEFAULT '',       -- of coordination, to an office that is asked anew
    PRIMARY KEY (inquiry, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE inquiry_measures (
    inquiry INTEGER NOT NULL REFERENCES inquiries (id),
    position INTEGER NOT NULL,
    measure TEXT NOT NULL,                 -- a canonical number; its table may arrive later
    is_about INTEGER NOT NULL CHECK (is_about IN (0, 1)),
    is_doubted INTEGER NOT NULL CHECK (is_doubted IN (0, 1)),
    PRIMARY KEY (inquiry, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX inquiry_measures_measure ON inquiry_measures (measure, inquiry, is_about, is_doubted);

CREATE TABLE papers (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    title_en TEXT NOT NULL,
    type TEXT NOT NULL,
    originator TEXT NOT NULL,
    conclusion TEXT NOT NULL,
    signed_on TEXT,
    answers TEXT,                          -- the mandating paper's number; it may arrive later
    related TEXT NOT NULL,
    is_stub INTEGER NOT NULL CHECK (is_stub IN (0, 1)),
    visibility TEXT NOT NULL CHECK (visibility IN ('public', 'nonpublic')),
    effective TEXT NOT NULL CHECK (effective IN ('public', 'nonpublic')), -- the strictest of label and steps
    version INTEGER NOT NULL CHECK (version > 0)
) STRICT;
CREATE INDEX papers_answers ON papers (answers) WHERE answers IS NOT NULL;

CREATE TABLE consultations (
    paper INTEGER NOT NULL REFERENCES papers (id),
    position INTEGER NOT NULL,
    body TEXT NOT NULL,
    "on" TEXT,
    public INTEGER CHECK (public IN (0, 1)),
    role TEXT NOT NULL CHECK (role IN ('preliminary', 'decision', 'hearing', 'information', 'unknown')),
    PRIMARY KEY (paper, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE mandates (
    paper INTEGER NOT NULL REFERENCES papers (id),
    position INTEGER NOT NULL,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    responsible TEXT NOT NULL,
    due_text TEXT NOT NULL,
    due_on TEXT,
    report_to TEXT NOT NULL,
    result TEXT NOT NULL,                  -- what people noted here came of it
    result_on TEXT,
    PRIMARY KEY (paper, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE sections (
    paper INTEGER NOT NULL REFERENCES papers (id),
    position INTEGER NOT NULL,
    heading TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (paper, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE paper_milestones (
    paper INTEGER NOT NULL REFERENCES papers (id),
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    "on" TEXT,
    starts TEXT,
    ends TEXT,
    is_deadline INTEGER NOT NULL CHECK (is_deadline IN (0, 1)),
    external INTEGER NOT NULL CHECK (external IN (0, 1)),
    rhythm TEXT NOT NULL,
    PRIMARY KEY (paper, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE programmes (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    title_en TEXT NOT NULL,
    sponsor TEXT NOT NULL,
    carrier TEXT NOT NULL,
    starts_on TEXT,
    ends_on TEXT,
    duration TEXT NOT NULL,
    towns INTEGER,
    target_group TEXT NOT NULL,
    contact TEXT NOT NULL,
    parts TEXT NOT NULL,
    decision TEXT NOT NULL,
    visibility TEXT NOT NULL CHECK (visibility IN ('public', 'nonpublic')),
    version INTEGER NOT NULL CHECK (version > 0)
) STRICT;

CREATE TABLE modules (
    programme INTEGER NOT NULL REFERENCES programmes (id),
    position INTEGER NOT NULL,
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (programme, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE programme_milestones (
    programme INTEGER NOT NULL REFERENCES programmes (id),
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    "on" TEXT,
    starts TEXT,
    ends TEXT,
    is_deadline INTEGER NOT NULL CHECK (is_deadline IN (0, 1)),
    external INTEGER NOT NULL CHECK (external IN (0, 1)),
    rhythm TEXT NOT NULL,
    PRIMARY KEY (programme, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE titles (                      -- the city's own short titles; they win over the documents' words
    ref TEXT NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (ref, language)
) STRICT, WITHOUT ROWID;

-- What records stand on has two layers: the tables above hold what public documents say, these hold what only other
-- documents say besides or otherwise. Who reads the plain table learns nothing of the second layer.

CREATE TABLE nonpublic_fields (
    concept TEXT NOT NULL REFERENCES concepts (name),
    number INTEGER NOT NULL CHECK (number > 0),
    title TEXT NOT NULL,
    PRIMARY KEY (concept, number)
) STRICT;
CREATE VIEW all_fields AS
    SELECT concept, number, title FROM nonpublic_fields
    UNION ALL
    SELECT concept, number, title FROM fields
    WHERE (concept, number) NOT IN (SELECT concept, number FROM nonpublic_fields);

CREATE TABLE nonpublic_recommendations (
    concept TEXT NOT NULL REFERENCES concepts (name),
    field INTEGER NOT NULL CHECK (field > 0),
    number INTEGER NOT NULL CHECK (number > 0),
    text TEXT NOT NULL,
    PRIMARY KEY (concept, field, number)
) STRICT;
CREATE VIEW all_recommendations AS
    SELECT concept, field, number, text FROM nonpublic_recommendations
    UNION ALL
    SELECT concept, field, number, text FROM recommendations
    WHERE (concept, field, number) NOT IN (SELECT concept, field, number FROM nonpublic_recommendations);

CREATE TABLE nonpublic_rounds (
    concept TEXT NOT NULL REFERENCES concepts (name),
    as_of TEXT NOT NULL,
    due_on TEXT,
    state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
    PRIMARY KEY (concept, as_of)
) STRICT;
CREATE VIEW all_rounds AS
    SELECT concept, as_of, due_on, state FROM nonpublic_rounds
    UNION ALL
    SELECT concept, as_of, due_on, state FROM rounds
    WHERE (concept, as_of) NOT IN (SELECT concept, as_of FROM nonpublic_rounds);

CREATE TABLE nonpublic_measure_reports (
    measure INTEGER NOT NULL REFERENCES measures (id),
    as_of TEXT NOT NULL,
    status TEXT NOT NULL
        CHECK (status IN ('fully', 'partly', 'not_implemented', 'discarded', 'unclear', 'unknown')),
    current_state TEXT NOT NULL,
    PRIMARY KEY (measure, as_of)
) STRICT, WITHOUT ROWID;
CREATE VIEW all_measure_reports AS
    SELECT measure, as_of, status, current_state FROM nonpublic_measure_reports
    UNION ALL
    SELECT measure, as_of, status, current_state FROM measure_reports r
    WHERE NOT EXISTS (SELECT 1 FROM nonpublic_measure_reports n WHERE n.measure = r.measure AND n.as_of = r.as_of);

CREATE TABLE nonpublic_titles (
    ref TEXT NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (ref, language)
) STRICT, WITHOUT ROWID;
CREATE VIEW all_titles AS
    SELECT ref, language, text FROM nonpublic_titles
    UNION ALL
    SELECT ref, language, text FROM titles
    WHERE (ref, language) NOT IN (SELECT ref, language FROM nonpublic_titles);

CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    role INTEGER NOT NULL DEFAULT 0 CHECK (role BETWEEN 0 AND 4),
    offices TEXT NOT NULL DEFAULT '[]',
    language TEXT,
    -- an admin by the settings, as of the program's last start
    is_set INTEGER NOT NULL DEFAULT 0 CHECK (is_set IN (0, 1)),
    until TEXT,                            -- the last day of the role, where it ends
    stands_in_for TEXT,                    -- the pseudonym of whose offices are added …
    stands_in_until TEXT,                  -- … until this day
    pseudonym TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(8))))
) STRICT;

CREATE TABLE chats (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL DEFAULT '',
    admitted INTEGER NOT NULL DEFAULT 0 CHECK (admitted IN (0, 1)),
    admitted_by INTEGER,
    clearance INTEGER NOT NULL DEFAULT 0 CHECK (clearance BETWEEN 0 AND 2),
    cleared_until TEXT,                    -- the last day of that
    language TEXT,
    offices TEXT NOT NULL DEFAULT '[]',
    suspended TEXT NOT NULL DEFAULT ''     -- why its clearance was taken from it: 'moved', 'public'
) STRICT;

CREATE TABLE kept (
    token TEXT PRIMARY KEY,
    data TEXT NOT NULL,
    kept_on TEXT NOT NULL DEFAULT CURRENT_DATE -- what people wrote may be part of it, so it is not kept for ever
) STRICT, WITHOUT ROWID;

CREATE TABLE history (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    record INTEGER NOT NULL,
    version INTEGER NOT NULL,
    what TEXT NOT NULL,
    who TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    why TEXT NOT NULL,
    through TEXT NOT NULL,                 -- the message or command that brought the change
    by_import INTEGER NOT NULL CHECK (by_import IN (0, 1)),
    pseudonym TEXT NOT NULL,               -- of the person; only `people` knows who that is
    at TEXT NOT NULL,
    seal TEXT NOT NULL                     -- over this row and the seal before it, see storage/audit
) STRICT;
CREATE INDEX history_record ON history (kind, record, id);

CREATE TRIGGER history_is_never_edited BEFORE UPDATE ON history
BEGIN
    SELECT RAISE(ABORT, 'history is append-only');
END;
CREATE TRIGGER history_is_never_deleted BEFORE DELETE ON history
BEGIN
    SELECT RAISE(ABORT, 'history is append-only');
END;

-- The desk: what people ask most, laid ready. Written from the records, in the transaction that changes them.

CREATE TABLE listed (                      -- one line for each record that a listing may show
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('measure', 'inquiry', 'paper', 'mandate', 'milestone', 'programme')),
    record INTEGER NOT NULL,               -- of a mandate or milestone: the paper or programme it belongs to
    owner TEXT NOT NULL,                   -- the kind that `record` is of
    position INTEGER NOT NULL,
    ref TEXT NOT NULL,
    title TEXT NOT NULL,
    title_en TEXT NOT NULL,
    offices TEXT NOT NULL,
    status TEXT NOT NULL,
    due_on TEXT,
    concept TEXT NOT NULL,
    field INTEGER,
    recommendation INTEGER,
    programme TEXT NOT NULL,
    originator TEXT NOT NULL,
    is_new INTEGER NOT NULL CHECK (is_new IN (0, 1)),
    as_of TEXT,
    changed_on TEXT NOT NULL,
    visibility TEXT NOT NULL CHECK (visibility IN ('public', 'nonpublic')),
    UNIQUE (owner, record, kind, position)
) STRICT;
CREATE INDEX listed_ref ON listed (ref, visibility);

CREATE TABLE desk (                        -- where a line is laid: the whole city (''), each place, what is above and below
    scope TEXT NOT NULL,
    line INTEGER NOT NULL REFERENCES listed (id),
    through TEXT NOT NULL,                 -- the place above by which it reaches this one; '' where it is its own
    is_named INTEGER NOT NULL CHECK (is_named IN (0, 1)), -- the record itself names this place
    is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
    is_dated INTEGER NOT NULL CHECK (is_dated IN (0, 1)), -- may be overdue
    kind TEXT NOT NULL,
    due_key TEXT NOT NULL,                 -- the due date, or one after all others
    sort_key TEXT NOT NULL,
    visibility TEXT NOT NULL CHECK (visibility IN ('public', 'nonpublic')),
    PRIMARY KEY (scope, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX desk_line ON desk (line, is_named, is_open);
CREATE INDEX desk_open ON desk (scope, through, due_key, sort_key, kind, line, visibility, is_dated, is_open)
    WHERE is_open = 1;
CREATE INDEX desk_due ON desk (scope, due_key, kind, through, visibility, sort_key, line, is_dated, is_open)
    WHERE (is_open = 1 OR kind = 'milestone') AND due_key <> '9999-12-31'; -- no bound: it would be taken for the range

CREATE TABLE desk_counts (                 -- how many open lines a scope has; kept by the triggers below
    scope TEXT NOT NULL,
    visibility TEXT NOT NULL,
    is_through INTEGER NOT NULL,
    kind TEXT NOT NULL,
    due_month TEXT NOT NULL,               -- of dated lines; '' of the others
    lines INTEGER NOT NULL CHECK (lines >= 0),
    PRIMARY KEY (scope, visibility, is_through, kind, due_month)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER desk_counts_one_more AFTER INSERT ON desk WHEN new.is_open = 1
BEGIN
    INSERT INTO desk_counts (scope, visibility, is_through, kind, due_month, lines)
    VALUES (new.scope, new.visibility, new.through <> '', new.kind,
            CASE WHEN new.is_dated = 1 THEN substr(new.due_key, 1, 7) ELSE '' END, 1)
    ON CONFLICT (scope, visibility, is_through, kind, due_month) DO UPDATE SET lines = lines + 1;
END;
CREATE TRIGGER desk_counts_one_less AFTER DELETE ON desk WHEN old.is_open = 1
BEGIN
    UPDATE desk_counts SET lines = lines - 1
    WHERE scope = old.scope AND visibility = old.visibility AND is_through = (old.through <> '')
      AND kind = old.kind AND due_month = CASE WHEN old.is_dated = 1 THEN substr(old.due_key, 1, 7) ELSE '' END;
END;
CREATE TRIGGER desk_is_laid_anew BEFORE UPDATE ON desk
BEGIN
    SELECT RAISE(ABORT, 'desk lines are deleted and laid anew');
END;

CREATE TABLE search_words (                -- every word that any line ever held, as search spells it
    id INTEGER PRIMARY KEY,
    word TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE search_endings (              -- the words by what they end in, themselves included: finds inner word parts
    ending TEXT NOT NULL,
    word INTEGER NOT NULL,
    is_whole INTEGER NOT NULL CHECK (is_whole IN (0, 1)), -- the ending is the word itself
    PRIMARY KEY (ending, word)
) STRICT, WITHOUT ROWID;

CREATE TABLE search_standings (            -- in which lines a word stands
    word INTEGER NOT NULL,
    line INTEGER NOT NULL,
    standing INTEGER NOT NULL CHECK (standing BETWEEN 1 AND 3), -- at best among places, in the body, in the heading
    PRIMARY KEY (word, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE search_lines (                -- the words of a line, to take it out again
    line INTEGER PRIMARY KEY,
    words TEXT NOT NULL
) STRICT;
