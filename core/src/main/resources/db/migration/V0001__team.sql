-- Who owns what: accounts sign in, teams own services.
CREATE TABLE team (
    id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE account (
    id            integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email         text        NOT NULL,
    password_hash text        NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);
-- one account an address, however it is spelled
CREATE UNIQUE INDEX account_email ON account (lower(email));

CREATE TABLE team_member (
    team_id    integer     NOT NULL REFERENCES team ON DELETE CASCADE,
    account_id integer     NOT NULL REFERENCES account ON DELETE CASCADE,
    role       smallint    NOT NULL, -- core.team.Role: 1 viewer, 2 editor, 3 admin
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (account_id, team_id)
);
CREATE INDEX team_member_team ON team_member (team_id);

-- A refresh token is used once: its successor belongs to the same family, and using it twice revokes the family.
CREATE TABLE refresh_token (
    token_hash bytea PRIMARY KEY, -- SHA-256
    account_id integer     NOT NULL REFERENCES account ON DELETE CASCADE,
    family     uuid        NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    revoked_at timestamptz
);
CREATE INDEX refresh_token_family ON refresh_token (family);
CREATE INDEX refresh_token_account ON refresh_token (account_id);
