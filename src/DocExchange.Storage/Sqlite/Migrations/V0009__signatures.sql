-- What the signatures of a document's files were worth when it was accepted: the exact bytes whose digest stands in the acceptance's entry.
CREATE TABLE signature_verdict (
  document INTEGER PRIMARY KEY REFERENCES document,
  record   BLOB NOT NULL
) STRICT;

-- Which documents rest on a certificate: SHA-256 of it, lower-case hex.
CREATE TABLE signature_certificate (
  certificate TEXT NOT NULL,
  document    INTEGER NOT NULL REFERENCES document,
  PRIMARY KEY (certificate, document)
) STRICT, WITHOUT ROWID;

-- The trust list. fingerprint: SHA-256 of the certificate, lower-case hex.
CREATE TABLE trust_certificate (
  fingerprint TEXT PRIMARY KEY,
  der         BLOB NOT NULL,
  is_root     INTEGER NOT NULL,
  source      TEXT NOT NULL,
  added_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What authorities said of certificates; proof is the answer as it came, kept once for all certificates it speaks of.
CREATE TABLE revocation_proof (
  id         INTEGER PRIMARY KEY,
  digest     BLOB NOT NULL UNIQUE,
  source     TEXT NOT NULL,
  fetched_at INTEGER NOT NULL,
  answer     BLOB NOT NULL
) STRICT;
CREATE TABLE revocation_answer (
  certificate TEXT PRIMARY KEY,
  status      INTEGER NOT NULL,
  revoked_at  INTEGER,
  this_update INTEGER NOT NULL,
  next_update INTEGER,
  proof       INTEGER NOT NULL REFERENCES revocation_proof
) STRICT, WITHOUT ROWID;

-- The hub's own signature over bytes it delivers, made when it is first asked for.
CREATE TABLE copy_signature (
  digest  BLOB PRIMARY KEY,
  made_at INTEGER NOT NULL,
  cms     BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Before this number nobody looked into the files.
INSERT INTO meta (key, value) SELECT 'signatures_from', CAST(coalesce(max(number), 0) + 1 AS TEXT) FROM document;
