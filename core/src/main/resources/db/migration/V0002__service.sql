-- What is watched, and the log of its changes, written in the same transaction.
CREATE TABLE service (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    team_id    integer     NOT NULL REFERENCES team,
    name       text        NOT NULL,
    source     smallint    NOT NULL, -- core.service.Source: 1 rest, 2 file, 3 kubernetes
    owner      text,                 -- where the definition is kept, as its owner would name it; null for rest
    definition jsonb       NOT NULL, -- crds.Definition
    version    bigint      NOT NULL DEFAULT 1,
    shard      smallint    NOT NULL, -- Shard.of(id)
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    deleted_at timestamptz
);
CREATE UNIQUE INDEX service_name ON service (team_id, name) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX service_owner ON service (source, owner) WHERE deleted_at IS NULL AND owner IS NOT NULL;
CREATE INDEX service_shard ON service (shard, id) WHERE deleted_at IS NULL;
CREATE INDEX service_team ON service (team_id, id) WHERE deleted_at IS NULL;

-- Append-only. Followed by schedulers and workers, and the record of eras: from effective_ms on, this cadence holds.
-- Sequence numbers commit out of order, so readers follow xid: see core.service.ServiceChangeTable.
CREATE TABLE service_change (
    seq          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    xid          xid8     NOT NULL DEFAULT pg_current_xact_id(),
    service_id   bigint   NOT NULL REFERENCES service,
    shard        smallint NOT NULL,
    version      bigint   NOT NULL,
    op           smallint NOT NULL, -- core.service.ServiceChange.Op
    at_ms        bigint   NOT NULL, -- database clock, epoch ms
    effective_ms bigint   NOT NULL, -- slots of this version are at or after this instant
    period_ms    integer  NOT NULL,
    phase_ms     integer  NOT NULL,
    timeout_ms   integer  NOT NULL,
    active       boolean  NOT NULL, -- false: suspended or deleted, no slot is due
    UNIQUE (service_id, version)
);
CREATE INDEX service_change_xid ON service_change (xid);
CREATE INDEX service_change_shard ON service_change (shard, service_id, seq);
