CREATE TABLE IF NOT EXISTS account (
    id   TEXT PRIMARY KEY,
    slot INTEGER NOT NULL UNIQUE,
    plan TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS ingest_key (
    hash       TEXT PRIMARY KEY,
    account    TEXT NOT NULL REFERENCES account (id),
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS member (
    id      INTEGER PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    name    TEXT NOT NULL,
    role    TEXT NOT NULL,
    email   TEXT,
    bots    TEXT NOT NULL,
    UNIQUE (account, name)
) STRICT;

CREATE TABLE IF NOT EXISTS sign_in_link (
    hash       TEXT PRIMARY KEY,
    member     INTEGER NOT NULL REFERENCES member (id),
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS session (
    hash       TEXT PRIMARY KEY,
    member     INTEGER NOT NULL REFERENCES member (id),
    expires_at INTEGER NOT NULL
) STRICT;

-- Accounts in whose calls e-mail addresses and phone numbers are hidden.
CREATE TABLE IF NOT EXISTS contacts_hidden (
    account TEXT PRIMARY KEY REFERENCES account (id)
) STRICT;

-- By what their people are told apart there. Accounts that had contacts hidden before there were keys get theirs here.
CREATE TABLE IF NOT EXISTS contact_key (
    account TEXT PRIMARY KEY REFERENCES account (id),
    key     BLOB NOT NULL
) STRICT;

INSERT INTO contact_key (account, key) SELECT account, randomblob(32) FROM contacts_hidden WHERE true
    ON CONFLICT DO NOTHING;

-- The time zones of accounts that have one, by their IANA names.
CREATE TABLE IF NOT EXISTS time_zone (
    account TEXT PRIMARY KEY REFERENCES account (id),
    name    TEXT NOT NULL
) STRICT;

-- Filters with a name.
CREATE TABLE IF NOT EXISTS view (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,      -- never given twice
    account TEXT    NOT NULL REFERENCES account (id),
    member  INTEGER NOT NULL REFERENCES member (id),  -- who made it
    name    TEXT    NOT NULL,
    folded  TEXT    NOT NULL,                       -- the name in one case
    query   TEXT    NOT NULL,                       -- the filter as a query string
    shared  INTEGER NOT NULL                        -- 1 where everybody of the account sees it
) STRICT;

CREATE INDEX IF NOT EXISTS view_of_account ON view (account);

-- Facts about the running server that other commands need.
CREATE TABLE IF NOT EXISTS fact (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- Who erased what. Nothing of what was erased is in here.
CREATE TABLE IF NOT EXISTS audit (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL REFERENCES account (id),
    at      INTEGER NOT NULL,
    member  TEXT,                      -- the name they had; none for the command line
    action  TEXT NOT NULL,
    target  TEXT NOT NULL,
    calls   INTEGER                    -- none until it is done
) STRICT;

CREATE INDEX IF NOT EXISTS audit_by_account ON audit (account, id);
