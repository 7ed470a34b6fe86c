-- Services that report by themselves, and what they last said. A row is there from the moment somebody asks for the token.
CREATE TABLE heartbeat (
    service_id   bigint   PRIMARY KEY REFERENCES service ON DELETE CASCADE,
    token_hash   bytea    NOT NULL UNIQUE, -- SHA-256
    token_sealed bytea,                    -- encrypted, so that it can be shown again; null where no key is configured
    signal       smallint NOT NULL DEFAULT 0, -- core.heartbeat.Signal: of the last ping that was no start
    ping_ms      bigint,                   -- when that came, epoch ms; null before the first
    start_ms     bigint,                   -- when the run began that is under way; null if none is
    run_id       text,
    duration_ms  bigint,                   -- of the last run that was measured
    exit_status  smallint,
    excerpt      text,
    deadline_ms  bigint,                   -- when silence begins to count; null for never
    swept        boolean  NOT NULL DEFAULT false -- whether a check was asked for at that deadline
) WITH (fillfactor = 70);
CREATE INDEX heartbeat_deadline ON heartbeat (deadline_ms) WHERE NOT swept;
