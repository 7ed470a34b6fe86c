-- How many services a sweep kept although their resources are missing: for people who may not know whose namespaces they are of.
ALTER TABLE kubernetes_cluster ADD COLUMN sweep_kept integer NOT NULL DEFAULT 0;
