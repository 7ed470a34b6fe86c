-- What is shown of services to everybody. Who may see a page: everybody, once it is published.
CREATE TABLE status_page (
    id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    team_id    integer     NOT NULL REFERENCES team,
    slug       text        NOT NULL UNIQUE,
    domain     text        UNIQUE,            -- a host of its own, lower case
    published  boolean     NOT NULL,
    content    jsonb       NOT NULL,          -- api.page.PageBody
    version    bigint      NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX status_page_team ON status_page (team_id, id);
