-- What came before the document it speaks of: a status package, or a recall, update or replacement, from a peer. Linked in the commit that
-- brings the document, and given up after a time.
CREATE TABLE awaited (
  package       INTEGER NOT NULL REFERENCES document,
  target_id     TEXT NOT NULL,
  target_sender INTEGER NOT NULL,
  agency_id     INTEGER NOT NULL,
  arrived_at    INTEGER NOT NULL,
  PRIMARY KEY (target_id, target_sender, package, agency_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX awaited_arrived ON awaited (arrived_at);

INSERT INTO awaited (package, target_id, target_sender, agency_id, arrived_at)
SELECT d.number, substr(d.identity, 2, instr(d.identity, '|') - 2), CASE e.code WHEN 13 THEN d.sender_id ELSE v.agency_id END, e.agency_id, e.arrived_at
FROM status_event e JOIN document d ON d.number = e.package JOIN delivery v ON v.document = d.number AND v.ordinal = 1
WHERE e.document IS NULL AND d.kind = 1 AND d.identity LIKE '?%|%';

INSERT INTO awaited (package, target_id, target_sender, agency_id, arrived_at)
SELECT opened_by, target_id, target_sender, agency_id, opened_at FROM change_case WHERE target IS NULL AND state = 0
ON CONFLICT DO NOTHING;

-- What operators should look at and have not acknowledged.
CREATE TABLE alarm (
  kind     TEXT NOT NULL,
  subject  TEXT NOT NULL,
  first_at INTEGER NOT NULL,
  last_at  INTEGER NOT NULL,
  times    INTEGER NOT NULL,
  detail   TEXT,
  PRIMARY KEY (kind, subject)
) STRICT, WITHOUT ROWID;

-- Counts changes of the directory after which waiting items may belong into another mailbox; 0 once they have been moved.
INSERT INTO meta (key, value) VALUES ('mailboxes_due', '1');
