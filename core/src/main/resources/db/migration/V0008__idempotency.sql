-- Answers to requests that bore an Idempotency-Key, kept for a day: whoever asks again gets the same answer.
CREATE TABLE idempotency (
    account_id   integer     NOT NULL REFERENCES account ON DELETE CASCADE,
    key          text        NOT NULL,
    request_hash bytea       NOT NULL, -- SHA-256 of what was asked
    service_id   bigint,               -- what came of it; null while it is under way
    answer       text,                 -- as it was sent, without secrets
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (account_id, key)
);
