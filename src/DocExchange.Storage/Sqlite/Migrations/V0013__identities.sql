-- Whom the organisation's issuer names when this account signs in with it. A person is one account at most.
ALTER TABLE account ADD COLUMN issuer TEXT;
ALTER TABLE account ADD COLUMN subject TEXT;
CREATE UNIQUE INDEX account_identity ON account (issuer, subject) WHERE issuer IS NOT NULL;

-- Whether what this system fetches bears the hub's own signature inside; such copies stand in relay_copy, as those that are pushed do.
ALTER TABLE system ADD COLUMN signed_copies INTEGER NOT NULL DEFAULT 0;
