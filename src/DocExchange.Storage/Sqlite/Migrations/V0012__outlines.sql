-- A package that was built from a request is stored as its outline: markup, and where in the request the bytes of its files stand.
ALTER TABLE body ADD COLUMN derived_from INTEGER REFERENCES body;
ALTER TABLE body ADD COLUMN outline BLOB;
CREATE INDEX body_derived ON body (derived_from) WHERE derived_from IS NOT NULL;
