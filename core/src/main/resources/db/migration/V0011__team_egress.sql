-- Which addresses the checks of a team may dial, beside what the installation says for all.
CREATE TABLE team_egress (
    team_id integer PRIMARY KEY REFERENCES team ON DELETE CASCADE,
    rules   jsonb   NOT NULL -- core.egress.TeamEgress
);
