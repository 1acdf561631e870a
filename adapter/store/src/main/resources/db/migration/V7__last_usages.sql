-- The last use of each key, and since when such uses are kept. They have rows of their own, so that a key that is used does
-- not change.
CREATE TABLE last_usages (
    key_id TEXT NOT NULL PRIMARY KEY REFERENCES keys (id) ON DELETE CASCADE,
    operation TEXT NOT NULL,
    used_at BIGINT NOT NULL,
    event_id TEXT NOT NULL,
    request_id TEXT NOT NULL,
    seal BYTEA
);
CREATE TABLE usage_tracking (
    only_row BOOLEAN NOT NULL PRIMARY KEY CHECK (only_row),
    since BIGINT NOT NULL
);
