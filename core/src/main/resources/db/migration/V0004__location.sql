-- Places from which we probe, and who is alive there.
CREATE TABLE location (
    id   smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE
);
INSERT INTO location (name) VALUES ('default');

CREATE TABLE worker (
    id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name        text        NOT NULL UNIQUE, -- also its consumer name at Redis
    location_id smallint    NOT NULL REFERENCES location,
    version     text        NOT NULL,
    started_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    in_flight   integer     NOT NULL DEFAULT 0,
    capacity    integer     NOT NULL DEFAULT 0,
    backlog     integer     NOT NULL DEFAULT 0 -- results that wait to be written
);
