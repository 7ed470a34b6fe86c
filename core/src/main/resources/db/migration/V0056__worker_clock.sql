-- how far a worker's clock is ahead of the database's, milliseconds; null of one that never said
ALTER TABLE worker ADD COLUMN clock_ahead_ms bigint;
