-- What a document's signatures are worth by what became known of their certificates after its acceptance; the newest judgement, whose digest stands in its
-- own entry. The acceptance's own verdict stays where it is.
CREATE TABLE later_verdict (
  document  INTEGER PRIMARY KEY REFERENCES document,
  record    BLOB NOT NULL,
  judged_at INTEGER NOT NULL
) STRICT;

-- Certificates of which something new is known, and the last document resting on them that was judged again for it.
CREATE TABLE rejudging (
  certificate TEXT PRIMARY KEY,
  is_due      INTEGER NOT NULL,
  done        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Certificates that documents brought and that can be asked for: so that a restart forgets none, and that one revoked later is heard of.
CREATE TABLE met_certificate (
  certificate TEXT PRIMARY KEY,
  der         BLOB NOT NULL,
  issuer      BLOB NOT NULL,
  met_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
