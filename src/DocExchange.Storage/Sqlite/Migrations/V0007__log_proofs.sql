-- What others say about heads of the log. No part of the log itself: a stamp that were an entry would make a new head, to be stamped again.
-- head = checkpoint.size.
CREATE TABLE time_stamp (
  head       INTEGER NOT NULL,
  authority  TEXT NOT NULL,
  stamped_at INTEGER NOT NULL,
  token      BLOB NOT NULL,
  PRIMARY KEY (head, authority)
) STRICT, WITHOUT ROWID;

CREATE TABLE cosignature (
  head      INTEGER NOT NULL,
  witness   TEXT NOT NULL,
  signed_at INTEGER NOT NULL,
  signature BLOB NOT NULL,
  chain     BLOB NOT NULL,
  PRIMARY KEY (head, witness)
) STRICT, WITHOUT ROWID;
