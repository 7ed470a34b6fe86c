-- What people say of an incident: that somebody has it in hand, and notes.
ALTER TABLE incident
    ADD COLUMN acknowledged_at    timestamptz,
    ADD COLUMN acknowledged_by    text,        -- e-mail address
    ADD COLUMN acknowledged_until timestamptz, -- null: until it is over
    ADD COLUMN acknowledged_note  text;

-- Append-only: acknowledgements that were taken back stay here, too.
CREATE TABLE incident_note (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    incident_id bigint      NOT NULL REFERENCES incident ON DELETE CASCADE,
    kind        smallint    NOT NULL, -- core.incident.IncidentNote.Kind
    author      text        NOT NULL, -- e-mail address
    text        text        NOT NULL, -- Markdown
    public      boolean     NOT NULL, -- shown on status pages
    until       timestamptz,          -- of an acknowledgement
    at          timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX incident_note_incident ON incident_note (incident_id, id);
