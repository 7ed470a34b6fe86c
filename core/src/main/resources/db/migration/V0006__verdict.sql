-- What a service is. Written when something changes, not at every check: no index on a column that changes.
CREATE TABLE location_verdict (
    service_id  bigint   NOT NULL REFERENCES service ON DELETE CASCADE,
    location_id smallint NOT NULL,
    state       smallint NOT NULL, -- core.verdict.State
    leaning     smallint NOT NULL, -- core.check.Outcome that the last results had
    streak      smallint NOT NULL,
    slot        bigint   NOT NULL, -- of the last result that changed this row
    PRIMARY KEY (service_id, location_id)
) WITH (fillfactor = 70);

CREATE TABLE service_state (
    service_id     bigint      PRIMARY KEY REFERENCES service ON DELETE CASCADE,
    state          smallint    NOT NULL, -- core.verdict.State
    known          smallint    NOT NULL, -- the last of Up, Degraded, Down that it was; Unknown before the first
    since          timestamptz NOT NULL,
    transition_seq bigint      NOT NULL DEFAULT 0, -- of the last transition; 0 before the first
    reason         smallint    NOT NULL,
    detail         text,
    incident_id    bigint                          -- open incident
) WITH (fillfactor = 70);

CREATE TABLE transition (
    service_id bigint      NOT NULL REFERENCES service ON DELETE CASCADE,
    seq        bigint      NOT NULL, -- 1, 2, 3 ... per service
    team_id    integer     NOT NULL,
    from_state smallint    NOT NULL,
    to_state   smallint    NOT NULL,
    slot       bigint      NOT NULL, -- of the result that decided; epoch ms of the decision where none did
    reason     smallint    NOT NULL,
    detail     text,
    event_id   bigint      NOT NULL,
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (service_id, seq)
);

CREATE TABLE incident (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    team_id    integer     NOT NULL,
    service_id bigint      NOT NULL REFERENCES service ON DELETE CASCADE,
    worst      smallint    NOT NULL, -- State: Degraded or Down
    reason     smallint    NOT NULL,
    detail     text,
    opened_at  timestamptz NOT NULL,
    opened_seq bigint      NOT NULL, -- transition that opened it
    closed_at  timestamptz,
    closed_seq bigint
);
CREATE UNIQUE INDEX incident_open ON incident (service_id) WHERE closed_at IS NULL;
CREATE INDEX incident_service ON incident (service_id, id);
CREATE INDEX incident_team ON incident (team_id, id);
