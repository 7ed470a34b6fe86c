package io.healthchecker.api.find;

import io.healthchecker.core.service.Source;
import io.healthchecker.core.verdict.State;
import org.jspecify.annotations.Nullable;

/** One thing that a filter asks of a service. It says the same to the database and of a row in memory. */
sealed interface Term {
    /** What must hold of service s and its state st. */
    String sql(Condition condition);

    boolean holds(ServiceRow row);

    record InState(State state) implements Term {
        @Override
        public String sql(Condition condition) {
            return "st.state = " + state.code();
        }

        @Override
        public boolean holds(ServiceRow row) {
            return row.state() == state;
        }
    }

    record OfSource(Source source) implements Term {
        @Override
        public String sql(Condition condition) {
            return "s.source = " + source.code();
        }

        @Override
        public boolean holds(ServiceRow row) {
            return row.source() == source;
        }
    }

    /** @param kind one of {@link Words#PROBES} */
    record OfProbe(String kind) implements Term {
        @Override
        public String sql(Condition condition) {
            return "jsonb_exists(s.definition, '%s')".formatted(kind);
        }

        @Override
        public boolean holds(ServiceRow row) {
            return row.probe().equals(kind);
        }
    }

    record InNamespace(String namespace) implements Term {
        @Override
        public String sql(Condition condition) {
            return "%s = %s".formatted(ServiceSql.NAMESPACE, condition.value(namespace));
        }

        @Override
        public boolean holds(ServiceRow row) {
            return row.namespace().equals(namespace);
        }
    }

    /** Checked from a location, as far as it has been checked. */
    record At(String location) implements Term {
        @Override
        public String sql(Condition condition) {
            return """
                    EXISTS (SELECT FROM location_verdict AS v JOIN location AS l ON l.id = v.location_id
                             WHERE v.service_id = s.id AND l.name = %s)""".formatted(condition.value(location));
        }

        @Override
        public boolean holds(ServiceRow row) {
            return row.locations().contains(location);
        }
    }

    /** @param value null where the key alone matters */
    record Labelled(String key, @Nullable String value) implements Term {
        @Override
        public String sql(Condition condition) {
            String label = "(s.definition -> 'labels' ->> %s)".formatted(condition.value(key));
            return value == null
                    ? label + " IS NOT NULL"
                    : "%s IS NOT DISTINCT FROM %s".formatted(label, condition.value(value));
        }

        @Override
        public boolean holds(ServiceRow row) {
            return value == null ? row.hasLabel(key) : row.labels().contains(key + ":" + value);
        }
    }

    /**
     * Has a word in its text.
     *
     * @param word in small letters, to be found in {@link ServiceRow#text}
     */
    record Mentions(String written, String word) implements Term {
        @Override
        public String sql(Condition condition) {
            return "strpos(%s, lower(%s)) > 0".formatted(ServiceSql.TEXT, condition.value(written));
        }

        @Override
        public boolean holds(ServiceRow row) {
            return row.text().contains(word);
        }
    }

    /** What is to be known beside the state. */
    enum Flag implements Term {
        INCIDENT("st.incident_id IS NOT NULL") {
            @Override
            public boolean holds(ServiceRow row) {
                return row.incidentId() != 0;
            }
        },
        LATE(ServiceSql.LATE) {
            @Override
            public boolean holds(ServiceRow row) {
                return row.late();
            }
        },
        FLAPPING(ServiceSql.FLAPPING) {
            @Override
            public boolean holds(ServiceRow row) {
                return row.flapping();
            }
        },
        FAILING(ServiceSql.FAILING) {
            @Override
            public boolean holds(ServiceRow row) {
                return row.failing() > 0;
            }
        };

        private final String sql;

        Flag(String sql) {
            this.sql = sql;
        }

        @Override
        public String sql(Condition condition) {
            return sql;
        }
    }
}
