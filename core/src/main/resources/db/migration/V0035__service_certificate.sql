-- Until when the certificates last that checks have seen; follows from checks, which see them again.
CREATE TABLE service_certificate (
    service_id  bigint      NOT NULL REFERENCES service ON DELETE CASCADE,
    location_id smallint    NOT NULL,
    not_after   timestamptz NOT NULL,
    seen_at     timestamptz NOT NULL, -- to the hour; what was not seen for days may be gone
    PRIMARY KEY (service_id, location_id)
);
