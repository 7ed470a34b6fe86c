-- Many services changed in the background, and how far that has come.
CREATE TABLE bulk_job (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    team_id    integer     NOT NULL REFERENCES team ON DELETE CASCADE,
    matched    integer     NOT NULL,
    done       integer     NOT NULL DEFAULT 0,
    changed    bigint[]    NOT NULL DEFAULT '{}',
    left_out   jsonb       NOT NULL DEFAULT '[]', -- those that were not changed, and why
    failed     jsonb       NOT NULL DEFAULT '[]',
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at    timestamptz NOT NULL DEFAULT clock_timestamp(), -- when whoever does it last said how far it is
    ended_at   timestamptz
);
