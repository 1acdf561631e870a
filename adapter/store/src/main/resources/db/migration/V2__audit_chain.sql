-- The chains of audit records: an anchor outside the files that hold the records. One for each process that was started.
CREATE TABLE audit_chains (
    number BIGINT NOT NULL PRIMARY KEY CHECK (number >= 1),
    id TEXT NOT NULL UNIQUE,
    opened_at BIGINT NOT NULL,
    sealed_next BIGINT NOT NULL CHECK (sealed_next >= 0),
    sealed_previous TEXT NOT NULL,
    closing BOOLEAN NOT NULL,
    seal BYTEA NOT NULL
);
