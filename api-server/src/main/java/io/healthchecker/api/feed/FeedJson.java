package io.healthchecker.api.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.healthchecker.api.problem.FieldError;
import io.healthchecker.core.feed.StoredEvent;
import io.healthchecker.core.verdict.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** What we say in {@code hc.v1}, as text. */
final class FeedJson {
    static final int MOST_IN_BATCH = 32_768;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(State.class, new StateWord()))
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private FeedJson() {}

    private record Hello(
            String type,
            Instant serverTime,
            long eventId,
            @JsonRawValue @Nullable String coverage) {}

    private record Ping(
            String type,
            Instant serverTime,
            long eventId,
            @JsonRawValue @Nullable String coverage) {}

    private record Event(
            String type,
            long id,
            String kind,
            long serviceId,
            Instant at,
            @JsonRawValue String data) {}

    private record Snapshot(String type, long eventId, List<ServiceNow> services, boolean more) {}

    private record Gap(String type, long from, long to) {}

    private record Watching(String type, List<Long> serviceIds) {}

    private record Result(String type, @JsonRawValue String data) {}

    private record Refusal(String type, List<FieldError> errors) {}

    /** With what keeps services from being known, as JSON, if anything does. */
    static String hello(long epochMillis, long eventId, @Nullable String coverage) {
        return write(new Hello("hello", Instant.ofEpochMilli(epochMillis), eventId, coverage));
    }

    /** With what keeps services from being known, as JSON, if anything does. */
    static String ping(long epochMillis, long eventId, @Nullable String coverage) {
        return write(new Ping("ping", Instant.ofEpochMilli(epochMillis), eventId, coverage));
    }

    static String pong() {
        return "{\"type\":\"pong\"}";
    }

    /** An event; what a newer process wrote is passed on as it is. */
    static String event(StoredEvent stored) {
        String data = stored.event() == null ? stored.payload() : write(stored.event());
        return write(new Event("event", stored.id(), stored.kind(), stored.serviceId(), stored.at(), data));
    }

    static String snapshot(long eventId, List<ServiceNow> services, boolean more) {
        return write(new Snapshot("snapshot", eventId, services, more));
    }

    /** Events that are kept no longer, first and last included; a snapshot follows. */
    static String gap(long from, long to) {
        return write(new Gap("gap", from, to));
    }

    static String watching(List<Long> serviceIds) {
        return write(new Watching("watching", serviceIds));
    }

    /** What another feature has to say, as it goes into a message. */
    static String text(Object value) {
        return write(value);
    }

    /** A message that is no event and has no id. */
    static String data(String type, Object data) {
        return write(new Result(type, write(data)));
    }

    static String error(List<FieldError> errors) {
        return write(new Refusal("error", errors));
    }

    /**
     * The same messages in fewer: those that stand together come as one of type {@code batch}, of at most {@value
     * #MOST_IN_BATCH} characters unless one message alone has more.
     */
    static List<String> batches(List<String> messages) {
        List<String> batches = new ArrayList<>();
        int from = 0;
        while (from < messages.size()) {
            int to = from + 1;
            int length = messages.get(from).length();
            while (to < messages.size() && length + messages.get(to).length() <= MOST_IN_BATCH) {
                length += messages.get(to++).length();
            }
            batches.add(
                    to == from + 1
                            ? messages.get(from)
                            : "{\"type\":\"batch\",\"messages\":[" + String.join(",", messages.subList(from, to))
                                    + "]}");
            from = to;
        }
        return batches;
    }

    private static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** States as they are shown everywhere. */
    private static final class StateWord extends StdSerializer<State> {
        StateWord() {
            super(State.class);
        }

        @Override
        public void serialize(State state, JsonGenerator out, SerializationContext context) {
            out.writeString(state.word());
        }
    }
}
