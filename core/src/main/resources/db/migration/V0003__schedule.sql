-- Who schedules what. The schedule itself is a pure function; a watermark per shard is its only state.
CREATE TABLE scheduler (
    name       text PRIMARY KEY,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    draining   boolean     NOT NULL DEFAULT false
);

CREATE TABLE scheduler_shard (
    shard        smallint PRIMARY KEY CHECK (shard BETWEEN 0 AND 255),
    owner        text,
    epoch        bigint      NOT NULL DEFAULT 0,
    lease_until  timestamptz NOT NULL DEFAULT '-infinity',
    watermark_ms bigint      NOT NULL, -- every slot at or before it was emitted or is in a gap
    audited_ms   bigint      NOT NULL  -- every slot at or before it was found as a result or is in a gap
) WITH (fillfactor = 50);
INSERT INTO scheduler_shard (shard, watermark_ms, audited_ms)
SELECT s, now_ms, now_ms
  FROM generate_series(0, 255) AS s, (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now_ms) AS n;

-- Slots without a result, and why: a run of slots of one service, first and last included.
CREATE TABLE gap (
    service_id  bigint      NOT NULL REFERENCES service,
    from_slot   bigint      NOT NULL,
    location_id smallint    NOT NULL,
    to_slot     bigint      NOT NULL,
    slots       integer     NOT NULL CHECK (slots > 0),
    reason      smallint    NOT NULL, -- core.check.Reason
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (service_id, from_slot, location_id)
);
