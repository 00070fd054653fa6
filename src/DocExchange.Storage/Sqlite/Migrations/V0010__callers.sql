-- Calls of such a system count only with a client certificate bound to it.
ALTER TABLE system ADD COLUMN requires_certificate INTEGER NOT NULL DEFAULT 0;

-- Second factor: the secret sealed with a key outside the store, the step of the last code taken, hashes of recovery codes one after the other.
ALTER TABLE account ADD COLUMN totp BLOB;
ALTER TABLE account ADD COLUMN totp_step INTEGER NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN recovery BLOB;

-- Locks after too many failures, so that a restart does not lift them.
CREATE TABLE sign_in_lock (
  key          TEXT PRIMARY KEY,
  times        INTEGER NOT NULL,
  last         INTEGER NOT NULL,
  locked_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What one person asked for and another must approve.
CREATE TABLE approval (
  id         TEXT PRIMARY KEY,
  act        TEXT NOT NULL,
  subject    TEXT NOT NULL,
  asked_by   TEXT NOT NULL,
  asked_at   INTEGER NOT NULL,
  state      INTEGER NOT NULL,
  decided_by TEXT,
  decided_at INTEGER
) STRICT, WITHOUT ROWID;
