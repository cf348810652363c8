-- One file: one half of the calls of one UTC day.

-- The calls: what a row of the list shows beside its numbers, and the whole call last, so that the rest is read
-- without it.
CREATE TABLE IF NOT EXISTS call (
    row   INTEGER PRIMARY KEY,         -- account slot | 10-minute bucket | sequence
    id    BLOB NOT NULL,               -- 16 bytes
    url   TEXT,                        -- its first 512 characters
    error TEXT,                        -- what stopped a script, or the kind of failure
    body  BLOB NOT NULL                -- zstd of the stored call as JSON
) STRICT;

-- An id is an account's own; the account stands in the row's number.
CREATE INDEX IF NOT EXISTS call_by_id ON call (id);

-- What filters, facets and the histogram read, and nothing else: the numbers of many calls, packed by column.
CREATE TABLE IF NOT EXISTS run (
    number     INTEGER PRIMARY KEY,    -- account slot | sequence
    calls      INTEGER NOT NULL,
    first_time INTEGER NOT NULL,       -- of its oldest call, in milliseconds since midnight
    last_time  INTEGER NOT NULL,       -- of its newest
    packed     BLOB    NOT NULL
) STRICT;

-- Words that come again and again, once.
CREATE TABLE IF NOT EXISTS term (
    number INTEGER PRIMARY KEY,
    kind   INTEGER NOT NULL,
    value  TEXT NOT NULL,
    UNIQUE (kind, value)
) STRICT;

-- End users, apart because there can be very many.
CREATE TABLE IF NOT EXISTS end_user (
    number INTEGER PRIMARY KEY,
    id     TEXT NOT NULL,              -- '' where it is not known; so the name
    name   TEXT NOT NULL,
    UNIQUE (id, name)
) STRICT;

-- What bodies are compressed with.
CREATE TABLE IF NOT EXISTS dictionary (
    number INTEGER PRIMARY KEY,        -- zstd's own
    is_own INTEGER NOT NULL,           -- learnt from calls of this file, not taken over from an earlier day
    bytes  BLOB NOT NULL
) STRICT;

-- Which three characters occur in which row. The text itself is not kept here, and is folded before it comes here;
-- what this finds is verified against the call.
CREATE VIRTUAL TABLE IF NOT EXISTS text USING fts5 (
    folded, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1'
);
