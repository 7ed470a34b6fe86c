-- Facts with dense ids in commit order: the counter row is locked last in the transaction that writes events.
CREATE TABLE event (
    id         bigint PRIMARY KEY,
    team_id    integer     NOT NULL,
    service_id bigint,
    kind       text        NOT NULL, -- core.feed.Event
    payload    jsonb       NOT NULL,
    at         timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE event_counter (
    one     boolean PRIMARY KEY DEFAULT true CHECK (one),
    last_id bigint NOT NULL
) WITH (fillfactor = 10);
INSERT INTO event_counter (last_id) VALUES (0);
