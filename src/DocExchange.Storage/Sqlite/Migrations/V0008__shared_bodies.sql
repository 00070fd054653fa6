-- Small originals lie one behind the other in shared files, written and synced before the commit that names them. Earlier ones stay where
-- they are, in inline_bytes.
ALTER TABLE body ADD COLUMN shared_file INTEGER;
ALTER TABLE body ADD COLUMN shared_offset INTEGER;
