-- Calls of such a system count only with a client certificate bound to it.
ALTER TABLE system ADD COLUMN requires_certificate INTEGER NOT NULL DEFAULT 0;
