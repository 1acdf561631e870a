-- Whom a grant means: the unique ids of its principals as they were when it was created; of a session that of its role and
-- the session's name, of an account its number. Grants from before then mean whoever has the name now, or nobody.
ALTER TABLE grants ADD COLUMN grantee_id TEXT;
ALTER TABLE grants ADD COLUMN retiring_id TEXT;

UPDATE grants SET grantee_id = substr(grantee_principal, 14, 12)
    WHERE grantee_principal LIKE 'arn:aws:iam::____________:root';
UPDATE grants SET retiring_id = substr(retiring_principal, 14, 12)
    WHERE retiring_principal LIKE 'arn:aws:iam::____________:root';
UPDATE grants SET grantee_id = (
        SELECT unique_id FROM identities
        WHERE 'arn:aws:iam::' || account || ':' || lower(kind) || path || name = grantee_principal)
    WHERE grantee_id IS NULL;
UPDATE grants SET retiring_id = (
        SELECT unique_id FROM identities
        WHERE 'arn:aws:iam::' || account || ':' || lower(kind) || path || name = retiring_principal)
    WHERE retiring_id IS NULL;

DROP INDEX grants_by_retiring_principal;
CREATE INDEX grants_by_retiring_principal ON grants (region, retiring_id, id) WHERE retiring_id IS NOT NULL;
