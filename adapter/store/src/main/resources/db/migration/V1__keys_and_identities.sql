-- Written for SQLite and PostgreSQL alike. Instants are microseconds since 1970-01-01T00:00Z. Text is compared by its
-- bytes: SQLite does so by itself, a PostgreSQL database must have the collation "C".

CREATE TABLE installation (
    only_row BOOLEAN NOT NULL PRIMARY KEY CHECK (only_row),
    id TEXT NOT NULL
);

CREATE TABLE keys (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL,
    region TEXT NOT NULL,
    spec TEXT NOT NULL,
    usage TEXT NOT NULL,
    origin TEXT NOT NULL,
    description TEXT NOT NULL,
    policy TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    enabled BOOLEAN NOT NULL,
    deletion_date BIGINT,
    deletion_window_days BIGINT,
    rotation_period_days BIGINT,
    next_rotation_date BIGINT,
    current_material TEXT,
    version BIGINT NOT NULL CHECK (version >= 1),
    UNIQUE (account, region, id),
    CHECK ((deletion_date IS NULL) = (deletion_window_days IS NULL)),
    CHECK ((next_rotation_date IS NULL) = (rotation_period_days IS NULL))
);
CREATE INDEX keys_to_delete ON keys (deletion_date) WHERE deletion_date IS NOT NULL;
CREATE INDEX keys_to_rotate ON keys (next_rotation_date) WHERE next_rotation_date IS NOT NULL;

CREATE TABLE materials (
    key_id TEXT NOT NULL REFERENCES keys (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    id TEXT NOT NULL,
    token TEXT NOT NULL,
    residence TEXT NOT NULL,
    opaque BYTEA NOT NULL,
    presence TEXT NOT NULL CHECK (presence IN ('CREATING', 'PRESENT', 'DESTROYING', 'ABSENT')),
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    expiration_model TEXT,
    valid_to BIGINT,
    description TEXT,
    unwrap_place TEXT,
    encryptions_leased BIGINT NOT NULL CHECK (encryptions_leased >= 0),
    PRIMARY KEY (key_id, position),
    UNIQUE (key_id, id)
);
CREATE INDEX materials_to_finish ON materials (presence) WHERE presence IN ('CREATING', 'DESTROYING');
CREATE INDEX materials_to_expire ON materials (valid_to) WHERE valid_to IS NOT NULL;

CREATE TABLE tags (
    key_id TEXT NOT NULL REFERENCES keys (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    tag_key TEXT NOT NULL,
    tag_value TEXT NOT NULL,
    PRIMARY KEY (key_id, position),
    UNIQUE (key_id, tag_key)
);

CREATE TABLE aliases (
    account TEXT NOT NULL,
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    target TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (account, region, name),
    FOREIGN KEY (account, region, target) REFERENCES keys (account, region, id) ON DELETE CASCADE
);
CREATE INDEX aliases_of_key ON aliases (account, region, target, name);

CREATE TABLE grants (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL,
    region TEXT NOT NULL,
    key_id TEXT NOT NULL,
    name TEXT,
    grantee_principal TEXT,
    grantee_service_principal TEXT,
    retiring_principal TEXT,
    retiring_service_principal TEXT,
    operations TEXT NOT NULL,
    encryption_context_equals TEXT,
    encryption_context_subset TEXT,
    source_arn TEXT,
    issuing_account TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    FOREIGN KEY (account, region, key_id) REFERENCES keys (account, region, id) ON DELETE CASCADE
);
CREATE INDEX grants_of_key ON grants (account, region, key_id, id);
CREATE INDEX grants_by_name ON grants (key_id, name) WHERE name IS NOT NULL;
CREATE INDEX grants_by_retiring_principal ON grants (account, region, retiring_principal, id)
    WHERE retiring_principal IS NOT NULL;
CREATE INDEX grants_by_retiring_service ON grants (account, region, retiring_service_principal, id)
    WHERE retiring_service_principal IS NOT NULL;

CREATE TABLE wrapping_keys (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL,
    region TEXT NOT NULL,
    key_id TEXT NOT NULL,
    modulus_bits BIGINT NOT NULL,
    token TEXT NOT NULL,
    residence TEXT NOT NULL,
    opaque BYTEA NOT NULL,
    presence TEXT NOT NULL CHECK (presence IN ('CREATING', 'PRESENT', 'DESTROYING')),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    FOREIGN KEY (account, region, key_id) REFERENCES keys (account, region, id) ON DELETE CASCADE
);
CREATE INDEX wrapping_keys_of_key ON wrapping_keys (account, region, key_id);

CREATE TABLE service_keys (
    purpose TEXT NOT NULL,
    version BIGINT NOT NULL CHECK (version >= 1),
    token TEXT NOT NULL,
    residence TEXT NOT NULL,
    opaque BYTEA NOT NULL,
    presence TEXT NOT NULL CHECK (presence IN ('CREATING', 'PRESENT')),
    PRIMARY KEY (purpose, version)
);

CREATE TABLE access_keys (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL,
    principal_arn TEXT NOT NULL,
    root BOOLEAN NOT NULL,
    active BOOLEAN NOT NULL,
    sealed_secret BYTEA NOT NULL,
    created_at BIGINT NOT NULL
);
