-- Who changed what, append-only; what was a secret is masked before it comes here.
CREATE TABLE audit_entry (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    team_id    integer     NOT NULL,
    actor      text        NOT NULL, -- e-mail address, and the API token where one was used
    action     text        NOT NULL, -- create, update, delete …
    object     text        NOT NULL, -- kind:id, as service:12
    name       text        NOT NULL, -- of the object, as it was called then
    before     jsonb,
    after      jsonb,
    request_id text,
    at         timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX audit_entry_team ON audit_entry (team_id, id);
CREATE INDEX audit_entry_object ON audit_entry (team_id, object, id);
