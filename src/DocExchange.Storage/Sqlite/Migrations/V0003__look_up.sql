-- The look-up index: for every word and every condition of a search, the documents it holds for (LookUpTerms says which terms those are).
-- Only the inverted lists are kept, ordered by document number, so that any combination of conditions is read newest first and ends with
-- the page. Terms are folded and split by the program; the tokenizer only cuts at spaces.
CREATE VIRTUAL TABLE look_up USING fts5 (terms, content = '', detail = none, columnsize = 0, tokenize = 'ascii');
-- Pieces of the index are merged eight at a time: half as much merging as with four, and searches hardly notice the further pieces.
INSERT INTO look_up (look_up, rank) VALUES ('automerge', 8);

-- Documents that were there before are added when the store is opened; the value is the last one added.
INSERT INTO meta (key, value) SELECT 'look_up', '0' WHERE EXISTS (SELECT 1 FROM document);
