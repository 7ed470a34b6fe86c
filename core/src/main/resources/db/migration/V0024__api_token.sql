-- Tokens for programs, each for one team, and never more than its owner may.
CREATE TABLE api_token (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    team_id        integer     NOT NULL REFERENCES team ON DELETE CASCADE,
    account_id     integer     NOT NULL REFERENCES account ON DELETE CASCADE,
    name           text        NOT NULL,
    scope          smallint    NOT NULL, -- core.team.Role
    token_hash     bytea       NOT NULL UNIQUE, -- SHA-256
    created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at     timestamptz NOT NULL,
    last_used_at   timestamptz,          -- to the minute
    last_used_from text,
    revoked_at     timestamptz
);
CREATE INDEX api_token_team ON api_token (team_id, id);
CREATE INDEX api_token_account ON api_token (account_id);
