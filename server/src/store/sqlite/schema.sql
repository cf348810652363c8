-- One file: one half of the calls of one UTC day.

-- What filters, facets and the histogram read, and nothing else: numbers only, so that a scan is quick.
CREATE TABLE IF NOT EXISTS call (
    row         INTEGER PRIMARY KEY,   -- account slot | 10-minute bucket | sequence
    account     INTEGER NOT NULL,      -- the slot, again, for the indexes
    ts          INTEGER NOT NULL,      -- milliseconds since 1970
    id          BLOB    NOT NULL,      -- 16 bytes
    outcome     INTEGER NOT NULL,      -- 0 success, 1 error, 2 no response
    code        INTEGER,
    method      INTEGER,               -- this and the next four: term.id
    application INTEGER NOT NULL,
    bot         INTEGER,
    source      INTEGER NOT NULL,
    user        INTEGER,
    duration_ms INTEGER,
    is_script   INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX IF NOT EXISTS call_by_id ON call (account, id);
CREATE INDEX IF NOT EXISTS call_by_time ON call (account, ts, id);

-- What a row of the list shows besides, and the whole call.
CREATE TABLE IF NOT EXISTS detail (
    row   INTEGER PRIMARY KEY,
    url   TEXT,                        -- its first 512 characters
    error TEXT,                        -- what stopped a script, or the kind of failure
    body  BLOB NOT NULL                -- zstd of the stored call as JSON
) STRICT;

-- Words that come again and again, once.
CREATE TABLE IF NOT EXISTS term (
    id    INTEGER PRIMARY KEY,
    kind  INTEGER NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (kind, value)
) STRICT;

-- Which three characters occur in which row. The text itself is not kept here, and is folded before it comes here;
-- what this finds is verified against the call.
CREATE VIRTUAL TABLE IF NOT EXISTS text USING fts5 (
    folded, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1'
);
