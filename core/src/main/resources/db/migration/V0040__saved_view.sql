-- Filters of the list that somebody gave a name, for themselves or for all of the team.
CREATE TABLE saved_view (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    team_id    integer     NOT NULL REFERENCES team ON DELETE CASCADE,
    account_id integer     NOT NULL REFERENCES account ON DELETE CASCADE,
    name       text        NOT NULL,
    query      text        NOT NULL, -- as in the address of the list, without the question mark
    shared     boolean     NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (team_id, account_id, name)
);
CREATE INDEX saved_view_account ON saved_view (account_id);
