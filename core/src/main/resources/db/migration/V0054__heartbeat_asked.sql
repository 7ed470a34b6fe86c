-- A check that was asked for at a deadline may be lost on its way: it is asked for again until one looked ("swept").
ALTER TABLE heartbeat ADD COLUMN asked_ms bigint; -- when a check was last asked for at this deadline; null if none was
