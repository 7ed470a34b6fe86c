-- The one row that a job ever leaves. By slot, so that a duplicate always meets its twin in the same partition.
-- Partitions are made by the workers (worker.compact); the first ones by core.check.CheckResultTable at start.
CREATE TABLE check_result (
    service_id    bigint   NOT NULL,
    slot          bigint   NOT NULL, -- epoch ms at which the check was due
    version       bigint   NOT NULL,
    lateness_ms   integer  NOT NULL,
    latency_us    integer  NOT NULL, -- from the start of the check to its verdict; the phases below are parts of it
    dns_us        integer,
    connect_us    integer,
    tls_us        integer,
    first_byte_us integer,           -- from the request sent to the first byte
    transfer_us   integer,
    worker_id     integer  NOT NULL,
    location_id   smallint NOT NULL,
    outcome       smallint NOT NULL, -- core.check.Outcome
    reason        smallint NOT NULL, -- core.check.Reason
    kind          smallint NOT NULL, -- core.job.JobKind
    flags         smallint NOT NULL, -- 1: the worker itself was slow
    http_status   smallint,
    PRIMARY KEY (service_id, slot, location_id)
) PARTITION BY RANGE (slot);

-- Text of a failure, only when it differs from the one before it.
CREATE TABLE failure_detail (
    service_id  bigint   NOT NULL,
    slot        bigint   NOT NULL,
    location_id smallint NOT NULL,
    reason      smallint NOT NULL,
    detail      text     NOT NULL,
    PRIMARY KEY (service_id, slot, location_id)
);
CREATE INDEX failure_detail_slot ON failure_detail (slot);
