-- Since when a worker reaches none of its witnesses: what it sees fail is not held against anybody.
ALTER TABLE worker ADD COLUMN cut_off_at timestamptz;
