-- What the results of an hour add up to. Follows from check_result and may be made from it anew.
CREATE TABLE service_hour (
    service_id    bigint   NOT NULL REFERENCES service ON DELETE CASCADE,
    location_id   smallint NOT NULL,
    hour          integer  NOT NULL, -- since the epoch
    up_ms         integer  NOT NULL, -- core.history.Uptime
    down_ms       integer  NOT NULL,
    unknown_ms    integer  NOT NULL,
    suspended_ms  integer  NOT NULL,
    checks        integer  NOT NULL,
    failed        integer  NOT NULL, -- DOWN
    untold        integer  NOT NULL, -- UNKNOWN
    min_us        integer,           -- of checks that passed, as all below; null where none did
    max_us        integer,
    p95_us        integer,
    dns_us        integer,           -- means
    connect_us    integer,
    tls_us        integer,
    first_byte_us integer,
    transfer_us   integer,
    latency       bytea    NOT NULL, -- core.history.LatencyHistogram
    PRIMARY KEY (service_id, location_id, hour)
) WITH (fillfactor = 90);

CREATE TABLE service_hour_mark (
    one        boolean PRIMARY KEY DEFAULT true CHECK (one),
    first_hour integer NOT NULL, -- the first of which sums were made
    final_hour integer NOT NULL  -- sums of every hour before it change no more
);
