-- Who may join a team by a link.
CREATE TABLE invitation (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    team_id     integer     NOT NULL REFERENCES team ON DELETE CASCADE,
    email       text,                 -- the only address that may use it; null for any
    role        smallint    NOT NULL, -- core.team.Role
    code_hash   bytea       NOT NULL UNIQUE, -- SHA-256
    invited_by  text        NOT NULL, -- e-mail address
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at  timestamptz NOT NULL,
    accepted_by text,
    accepted_at timestamptz
);
CREATE INDEX invitation_team ON invitation (team_id, id);
