-- Users and roles. One row holds all that decides for one of them.
CREATE TABLE identities (
    unique_id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('USER', 'ROLE')),
    path TEXT NOT NULL,
    name TEXT NOT NULL,
    policies TEXT NOT NULL,
    tags TEXT NOT NULL,
    trust_policy TEXT,
    trusted_ids TEXT,
    longest_session_seconds BIGINT CHECK (longest_session_seconds > 0),
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL CHECK (version >= 1),
    UNIQUE (account, kind, name),
    CHECK ((kind = 'ROLE') = (trust_policy IS NOT NULL)),
    CHECK ((trust_policy IS NULL) = (trusted_ids IS NULL)),
    CHECK ((trust_policy IS NULL) = (longest_session_seconds IS NULL))
);

-- Access keys belong to users by their unique ids. The root identity is kept; those that the configuration lists are
-- made anew by the start that follows.
ALTER TABLE access_keys RENAME TO former_access_keys;
CREATE TABLE access_keys (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL,
    user_id TEXT REFERENCES identities (unique_id) ON DELETE CASCADE,
    source TEXT NOT NULL CHECK (source IN ('ROOT', 'CONFIGURATION', 'COMMAND')),
    active BOOLEAN NOT NULL,
    sealed_secret BYTEA NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX access_keys_of_user ON access_keys (user_id) WHERE user_id IS NOT NULL;
INSERT INTO access_keys (id, account, user_id, source, active, sealed_secret, created_at)
    SELECT id, account, NULL, 'ROOT', active, sealed_secret, created_at FROM former_access_keys WHERE root;
DROP TABLE former_access_keys;

-- Whom a key policy means: the unique ids of the users and roles that it names, as they were when it was put.
ALTER TABLE keys ADD COLUMN policy_principals TEXT NOT NULL DEFAULT '{}';
