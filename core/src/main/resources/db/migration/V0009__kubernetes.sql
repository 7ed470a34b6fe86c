-- Which custom resource a service comes from, who applies them, and which team a namespace belongs to.
CREATE TABLE kubernetes_cluster (
    cluster_id    text PRIMARY KEY,
    epoch         bigint      NOT NULL, -- grows with each leader; who has an older one writes nothing
    leader        text        NOT NULL,
    led_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    identity      text,                 -- uid of its namespace kube-system: two clusters must not share an id
    swept_at      timestamptz,          -- when stored services were last compared with the resources that exist
    sweep_problem text                  -- why missing resources were not removed then; null where nothing stood in the way
);

-- A namespace belongs to exactly one team; a team may have several.
CREATE TABLE kubernetes_namespace (
    cluster_id text    NOT NULL,
    namespace  text    NOT NULL,
    team_id    integer NOT NULL REFERENCES team,
    PRIMARY KEY (cluster_id, namespace)
);

-- A row stays when its resource is deleted, since uids never come back: so nobody brings back what is gone.
CREATE TABLE kubernetes_service (
    cluster_id      text   NOT NULL,
    uid             text   NOT NULL,
    service_id      bigint NOT NULL REFERENCES service,
    namespace       text   NOT NULL,
    name            text   NOT NULL,
    generation      bigint NOT NULL, -- of the resource that was applied last; never goes back
    definition_hash text   NOT NULL, -- of what was applied, secrets included
    adopt           text,            -- the annotation that asked to take a service over, handled; null without one
    removed_at      timestamptz,
    PRIMARY KEY (cluster_id, uid)
);
-- two resources may remember one service; service.owner says whose it is
CREATE INDEX kubernetes_service_service ON kubernetes_service (service_id) WHERE removed_at IS NULL;
CREATE INDEX kubernetes_service_name ON kubernetes_service (cluster_id, namespace, name) WHERE removed_at IS NULL;

-- Values of the secrets that a definition refers to, encrypted.
CREATE TABLE service_secret (
    service_id bigint NOT NULL REFERENCES service,
    reference  text   NOT NULL, -- name/key, as in the definition
    sealed     bytea  NOT NULL, -- core.secret.SecretCipher
    PRIMARY KEY (service_id, reference)
);
