package io.healthchecker.api.feed;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client may ask to be told about. */
enum Topic {
    /** Services that changed their state. */
    STATES,
    /** Incidents that were opened or closed, and what people say of them. */
    INCIDENTS,
    /** Services that were created, changed or removed. */
    SERVICES,
    /** How the product itself is doing, every few seconds; not an event, so it has no id. */
    SYSTEM;

    /** What a client gets that does not choose. */
    static final Set<Topic> DEFAULT = Set.copyOf(EnumSet.of(STATES, INCIDENTS, SERVICES));

    /** As a client writes it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Topic ofWord(String word) {
        for (Topic topic : values()) {
            if (topic.word().equals(word)) {
                return topic;
            }
        }
        return null;
    }

    /** The topic of a kind of event; null for a kind that this process does not know. */
    static @Nullable Topic ofKind(String kind) {
        return switch (kind) {
            case "state.changed" -> STATES;
            case "incident.opened",
                    "incident.closed",
                    "incident.acknowledged",
                    "incident.unacknowledged",
                    "incident.noted" -> INCIDENTS;
            case "service.created", "service.changed", "service.removed" -> SERVICES;
            default -> null;
        };
    }
}
