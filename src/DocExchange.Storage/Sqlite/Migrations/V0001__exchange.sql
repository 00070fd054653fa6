-- Times are milliseconds since 1970-01-01T00:00:00Z. Numbers of documents and log entries hold the epoch's ordinal above 40 bits, so that
-- they stay unique after a restore and below 2^53 for dialects whose ids are JSON numbers.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row per life of the data folder: made at initialisation and again at every restore.
CREATE TABLE epoch (
  ordinal INTEGER PRIMARY KEY,
  tag     TEXT NOT NULL UNIQUE,
  origin  TEXT NOT NULL UNIQUE,
  started INTEGER NOT NULL
) STRICT;

CREATE TABLE agency (
  id              INTEGER PRIMARY KEY,
  code            TEXT NOT NULL UNIQUE,
  name            TEXT NOT NULL,
  name_folded     TEXT NOT NULL,
  parent_id       INTEGER,
  kind            INTEGER NOT NULL,
  valid_from      INTEGER,
  valid_to        INTEGER,
  successor_id    INTEGER,
  locked_since    INTEGER,
  mail            TEXT,
  refuse_repeated INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE agency_alias (
  code      TEXT PRIMARY KEY,
  agency_id INTEGER NOT NULL REFERENCES agency
) STRICT, WITHOUT ROWID;

CREATE TABLE system (
  id           INTEGER PRIMARY KEY,
  system_id    TEXT NOT NULL UNIQUE COLLATE NOCASE,
  profile      INTEGER NOT NULL,
  enabled      INTEGER NOT NULL,
  may_register INTEGER NOT NULL,
  dialects     TEXT NOT NULL,
  addresses    TEXT NOT NULL
) STRICT;

CREATE TABLE system_serves (
  system     INTEGER NOT NULL REFERENCES system,
  agency_id  INTEGER NOT NULL REFERENCES agency,
  with_units INTEGER NOT NULL,
  PRIMARY KEY (system, agency_id)
) STRICT, WITHOUT ROWID;

-- secret: sealed with a key outside the store (HMAC) or a hash (API key).
CREATE TABLE credential (
  id         TEXT PRIMARY KEY,
  system     INTEGER NOT NULL REFERENCES system,
  kind       INTEGER NOT NULL,
  secret     BLOB NOT NULL,
  valid_from INTEGER NOT NULL,
  valid_to   INTEGER,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
  id            INTEGER PRIMARY KEY,
  name          TEXT NOT NULL UNIQUE COLLATE NOCASE,
  password_hash TEXT NOT NULL,
  role          INTEGER NOT NULL,
  agency_id     INTEGER,
  enabled       INTEGER NOT NULL
) STRICT;

CREATE TABLE directory_request (
  id          TEXT PRIMARY KEY,
  system      INTEGER NOT NULL,
  is_deletion INTEGER NOT NULL,
  code        TEXT NOT NULL,
  name        TEXT,
  parent_code TEXT,
  mail        TEXT,
  filed_at    INTEGER NOT NULL,
  state       INTEGER NOT NULL,
  decided_by  TEXT,
  decided_at  INTEGER
) STRICT, WITHOUT ROWID;

-- The bytes of one digest. inline_bytes is null when they are a file.
CREATE TABLE body (
  id           INTEGER PRIMARY KEY,
  digest       BLOB NOT NULL,
  size         INTEGER NOT NULL,
  stored_at    INTEGER NOT NULL,
  inline_bytes BLOB
) STRICT;
CREATE UNIQUE INDEX body_digest ON body (digest);

-- Documents and status packages. identity is the DocumentId, or sha256:<digest> where there is none; for a status, what it says of which document.
CREATE TABLE document (
  number            INTEGER PRIMARY KEY,
  kind              INTEGER NOT NULL,
  sender_id         INTEGER NOT NULL,
  identity          TEXT NOT NULL,
  business_type     INTEGER NOT NULL,
  variant_of        INTEGER,
  document_id       TEXT,
  digest            BLOB NOT NULL,
  body              INTEGER NOT NULL REFERENCES body,
  size              INTEGER NOT NULL,
  system            INTEGER NOT NULL,
  profile           INTEGER NOT NULL,
  subject           TEXT NOT NULL,
  subject_folded    TEXT NOT NULL,
  code              TEXT NOT NULL,
  number_key        TEXT,
  promulgation_date TEXT,
  type_name         TEXT,
  priority          INTEGER NOT NULL,
  signature         INTEGER NOT NULL,
  attachments       TEXT NOT NULL,
  warnings          TEXT NOT NULL,
  accepted_at       INTEGER NOT NULL,
  receipt_index     INTEGER NOT NULL,
  about             INTEGER
) STRICT;
CREATE UNIQUE INDEX document_identity ON document (sender_id, identity, business_type, kind) WHERE variant_of IS NULL;
-- By body rather than by digest: bodies are numbered as they come, so this index grows at its end, where a second one by digest would be written all over.
CREATE INDEX document_body ON document (body);
CREATE INDEX document_variant ON document (variant_of) WHERE variant_of IS NOT NULL;
CREATE INDEX document_number_key ON document (sender_id, number_key) WHERE number_key IS NOT NULL;
CREATE INDEX document_sent ON document (sender_id, kind, number);
CREATE INDEX document_external_id ON document (document_id) WHERE document_id IS NOT NULL;
CREATE INDEX document_about ON document (about) WHERE about IS NOT NULL;

-- One per (document, recipient). lane orders the mailbox: 0-4 by urgency, 10 for what was fetched three times without an answer.
CREATE TABLE delivery (
  document     INTEGER NOT NULL REFERENCES document,
  ordinal      INTEGER NOT NULL,
  agency_id    INTEGER NOT NULL,
  addressed_as TEXT NOT NULL,
  mailbox      INTEGER NOT NULL,
  kind         INTEGER NOT NULL,
  state        INTEGER NOT NULL,
  state_text   TEXT,
  lane         INTEGER NOT NULL,
  fetched      INTEGER NOT NULL DEFAULT 0,
  created_at   INTEGER NOT NULL,
  updated_at   INTEGER NOT NULL,
  PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_open ON delivery (mailbox, kind, lane, document, ordinal) WHERE state < 2;
CREATE INDEX delivery_period ON delivery (mailbox, created_at);
CREATE INDEX delivery_dead ON delivery (document) WHERE state = 3;

-- What was reported about one recipient's copy. package is the status package's own document number; null when the hub noted it.
CREATE TABLE status_event (
  id          INTEGER PRIMARY KEY,
  document    INTEGER,
  agency_id   INTEGER NOT NULL,
  code        INTEGER NOT NULL,
  description TEXT,
  reported_at INTEGER NOT NULL,
  arrived_at  INTEGER NOT NULL,
  by_hub      INTEGER NOT NULL,
  package     INTEGER
) STRICT;
CREATE INDEX status_event_document ON status_event (document, agency_id);

-- A recall, update or replacement that waits for 15 or 16. target is null while the document it speaks of is unknown.
CREATE TABLE change_case (
  id          INTEGER PRIMARY KEY,
  kind        INTEGER NOT NULL,
  target      INTEGER,
  target_id   TEXT NOT NULL,
  target_sender INTEGER NOT NULL,
  opened_by   INTEGER NOT NULL,
  agency_id   INTEGER NOT NULL,
  state       INTEGER NOT NULL,
  opened_at   INTEGER NOT NULL,
  closed_at   INTEGER
) STRICT;
CREATE INDEX change_case_target ON change_case (target, agency_id);
CREATE INDEX change_case_opened ON change_case (opened_by, agency_id);
CREATE INDEX change_case_target_id ON change_case (target_id, agency_id);

CREATE TABLE refusal (
  system      INTEGER NOT NULL,
  digest      BLOB NOT NULL,
  reason      TEXT NOT NULL,
  day         INTEGER NOT NULL,
  receipt_index INTEGER NOT NULL,
  times       INTEGER NOT NULL,
  PRIMARY KEY (system, digest, reason, day)
) STRICT, WITHOUT ROWID;

-- The evidence log: the truth that tiles and receipts are published from. Purging clears salt and entry and keeps the hash.
CREATE TABLE log (
  idx      INTEGER PRIMARY KEY,
  hash     BLOB NOT NULL,
  salt     BLOB,
  entry    BLOB,
  document INTEGER,
  system   INTEGER
) STRICT;
CREATE INDEX log_document ON log (document) WHERE document IS NOT NULL;

-- One signed head per batch. first = index of the batch's first leaf; peaks = the frontier before it.
CREATE TABLE checkpoint (
  size      INTEGER PRIMARY KEY,
  first     INTEGER NOT NULL,
  note      BLOB NOT NULL,
  peaks     BLOB NOT NULL,
  signature BLOB NOT NULL,
  key_id    TEXT NOT NULL
) STRICT;

-- Certificate chains of signing keys, signer first, DER, so that receipts stay complete after a rollover.
CREATE TABLE signer (
  key_id TEXT NOT NULL,
  place  INTEGER NOT NULL,
  certificate BLOB NOT NULL,
  PRIMARY KEY (key_id, place)
) STRICT, WITHOUT ROWID;
