-- axis: the connection its copies travel over; null = a mailbox of this hub. changed: log index of the entry that witnesses the last change.
ALTER TABLE agency ADD COLUMN axis TEXT;
ALTER TABLE agency ADD COLUMN focal_points TEXT;
ALTER TABLE agency ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE agency ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE agency ADD COLUMN changed_at INTEGER;

-- Without it, replacing one agency's aliases reads those of all.
CREATE INDEX agency_alias_agency ON agency_alias (agency_id);
