-- What a service was within a time is read without its whole past.
CREATE INDEX transition_at ON transition (service_id, at);
