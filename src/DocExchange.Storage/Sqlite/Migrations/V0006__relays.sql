-- axis: set when this system's mailbox is emptied by the axis connection of that name; it then serves the agencies routed over it.
ALTER TABLE system ADD COLUMN axis TEXT;

-- What is sent of a document over one connection: made once, the same bytes in every attempt.
CREATE TABLE relay_copy (
  document INTEGER NOT NULL REFERENCES document,
  mailbox  INTEGER NOT NULL,
  body     INTEGER NOT NULL REFERENCES body,
  sender   TEXT NOT NULL,
  made_at  INTEGER NOT NULL,
  PRIMARY KEY (document, mailbox)
) STRICT, WITHOUT ROWID;
CREATE INDEX relay_copy_body ON relay_copy (body);

-- One call over a connection, for one or more recipients. state: 0 open, 1 taken over by the other side, 2 ended otherwise.
-- process: the run of the hub that has an attempt under way; of another run, that attempt is in doubt.
CREATE TABLE relay_call (
  id        INTEGER PRIMARY KEY,
  mailbox   INTEGER NOT NULL,
  document  INTEGER NOT NULL REFERENCES document,
  kind      INTEGER NOT NULL,
  lane      INTEGER NOT NULL,
  state     INTEGER NOT NULL,
  attempts  INTEGER NOT NULL,
  in_doubt  INTEGER NOT NULL,
  process   TEXT,
  begun_at  INTEGER NOT NULL,
  due_at    INTEGER,
  remote_id TEXT
) STRICT;
CREATE INDEX relay_call_open ON relay_call (mailbox, id) WHERE state = 0;
CREATE INDEX relay_call_relayed ON relay_call (mailbox, id) WHERE state = 1;
CREATE INDEX relay_call_document ON relay_call (document);

CREATE TABLE relay_recipient (
  call     INTEGER NOT NULL REFERENCES relay_call,
  ordinal  INTEGER NOT NULL,
  PRIMARY KEY (call, ordinal)
) STRICT, WITHOUT ROWID;

-- Append-only. outcome: 0 taken over, 1 may succeed later, 2 unknown, 3 refused.
CREATE TABLE relay_attempt (
  call       INTEGER NOT NULL REFERENCES relay_call,
  number     INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  took       INTEGER NOT NULL,
  outcome    INTEGER NOT NULL,
  text       TEXT NOT NULL,
  PRIMARY KEY (call, number)
) STRICT, WITHOUT ROWID;

-- Small facts about a connection that outlive the process: how far it was listed, what the directory looked like.
CREATE TABLE connection_fact (
  connection TEXT NOT NULL,
  key        TEXT NOT NULL,
  value      TEXT NOT NULL,
  PRIMARY KEY (connection, key)
) STRICT, WITHOUT ROWID;
