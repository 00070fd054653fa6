-- What recipients are given where the original is a request and not a package: derived from the original once, stored by digest.
ALTER TABLE document ADD COLUMN package_body INTEGER REFERENCES body;
CREATE INDEX document_package ON document (package_body) WHERE package_body IS NOT NULL;

-- What a caller's Idempotency-Key stands for, written in the commit of what it asked for. Kept as long as the store: a key never means two things.
CREATE TABLE request_key (
  system   INTEGER NOT NULL,
  key      TEXT NOT NULL,
  digest   BLOB NOT NULL,
  receipt  TEXT NOT NULL,
  doc_id   TEXT NOT NULL,
  repeated INTEGER NOT NULL,
  warnings TEXT NOT NULL,
  made_at  INTEGER NOT NULL,
  PRIMARY KEY (system, key)
) STRICT, WITHOUT ROWID;
