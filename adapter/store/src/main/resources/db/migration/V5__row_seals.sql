-- A seal over what a row says, so that it can be told from one that somebody else has written. That of a key covers its
-- materials and tags.
ALTER TABLE keys ADD COLUMN seal BYTEA;
ALTER TABLE aliases ADD COLUMN seal BYTEA;
ALTER TABLE grants ADD COLUMN seal BYTEA;
ALTER TABLE wrapping_keys ADD COLUMN seal BYTEA;
ALTER TABLE identities ADD COLUMN seal BYTEA;
ALTER TABLE access_keys ADD COLUMN seal BYTEA;

-- What the seals are made under, itself sealed by the token; and a head over all of them, so that one that is missing, or
-- that was true once, is found out.
CREATE TABLE row_seals (
    only_row BOOLEAN NOT NULL PRIMARY KEY CHECK (only_row),
    sealed_key BYTEA NOT NULL,
    head BYTEA NOT NULL
);
