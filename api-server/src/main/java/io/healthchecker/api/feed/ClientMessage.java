package io.healthchecker.api.feed;

import io.healthchecker.api.problem.FieldError;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.api.problem.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a client of {@code hc.v1} may say. */
sealed interface ClientMessage {
    /** How many services one client may name, to listen to or to watch. */
    int MOST_FILTERED = 500;

    int MOST_WATCHED = 100;

    /**
     * Wants events from now on, in place of what it had subscribed to before.
     *
     * @param serviceIds of these services only; null for all
     * @param after the last event that it has; null if it wants a snapshot first
     * @param batches takes messages that belong together as one of type batch
     */
    record Subscribe(
            @Nullable Set<Long> serviceIds,
            Set<Topic> topics,
            @Nullable Long after,
            boolean batches) implements ClientMessage {}

    /** Wants the results of these services, in place of those before; none ends it. */
    record Watch(Set<Long> serviceIds) implements ClientMessage {}

    /** Wants to know whether anyone is there. */
    record Ping() implements ClientMessage {}

    /** Did not say anything that can be understood. */
    record Unreadable(List<FieldError> errors) implements ClientMessage {}

    record SubscribeBody(
            @Nullable FilterBody filter,
            @Nullable List<String> topics,
            @Nullable Long after,
            @Nullable Boolean batches) {}

    record FilterBody(@Nullable List<Long> serviceIds) {}

    record WatchBody(@Nullable List<Long> serviceIds) {}

    record PingBody() {}

    static ClientMessage read(String text) {
        StrictJson json = new StrictJson();
        try {
            ObjectNode tree = json.tree(text.getBytes(StandardCharsets.UTF_8));
            JsonNode type = tree.remove("type");
            return switch (type == null ? "" : type.asString("")) {
                case "subscribe" -> subscribe(json.bind(tree, SubscribeBody.class));
                case "watch" -> watch(json.bind(tree, WatchBody.class));
                case "ping" -> {
                    json.bind(tree, PingBody.class);
                    yield new Ping();
                }
                default -> unreadable("type", "type must be subscribe, watch or ping");
            };
        } catch (ProblemException problem) {
            return new Unreadable(
                    problem.errors().isEmpty() ? List.of(new FieldError("", problem.detail())) : problem.errors());
        }
    }

    private static ClientMessage subscribe(SubscribeBody body) {
        Set<Topic> topics = EnumSet.noneOf(Topic.class);
        for (String word : body.topics == null ? List.<String>of() : body.topics) {
            Topic topic = Topic.ofWord(word);
            if (topic == null) {
                return unreadable(
                        "topics",
                        "%s is not a topic; use %s"
                                .formatted(
                                        shorten(word),
                                        Stream.of(Topic.values())
                                                .map(Topic::word)
                                                .collect(Collectors.joining(", "))));
            }
            topics.add(topic);
        }
        if (body.after != null && body.after < 0) {
            return unreadable("after", "after is %d; it must be the id of an event, or 0".formatted(body.after));
        }
        List<Long> ids = body.filter == null ? null : body.filter.serviceIds;
        if (ids != null && ids.size() > MOST_FILTERED) {
            return tooMany("filter.serviceIds", ids.size(), MOST_FILTERED);
        }
        return new Subscribe(
                ids == null ? null : Set.copyOf(ids),
                topics.isEmpty() ? Topic.DEFAULT : topics,
                body.after,
                Boolean.TRUE.equals(body.batches));
    }

    private static ClientMessage watch(WatchBody body) {
        if (body.serviceIds == null) {
            return unreadable("serviceIds", "serviceIds is missing; name the services to watch, or none");
        }
        if (body.serviceIds.size() > MOST_WATCHED) {
            return tooMany("serviceIds", body.serviceIds.size(), MOST_WATCHED);
        }
        return new Watch(Set.copyOf(body.serviceIds));
    }

    private static Unreadable tooMany(String field, int count, int most) {
        return unreadable(field, "%s has %d ids; it may have %d".formatted(field, count, most));
    }

    private static Unreadable unreadable(String field, String message) {
        return new Unreadable(List.of(new FieldError(field, message)));
    }

    private static String shorten(String word) {
        return word.length() <= 40 ? word : word.substring(0, 40) + "…";
    }
}
