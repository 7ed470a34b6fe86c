package io.healthchecker.worker.probe.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where a value stands in JSON: the part of JSONPath (RFC 9535) that leads to one place, by names and indexes. */
record JsonPlace(String path, List<Object> steps) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern STEP = Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_-]*)|\\['([^']+)']|\\[([0-9]{1,6})]");

    static JsonPlace parse(String path) {
        List<Object> steps = new ArrayList<>();
        Matcher next = STEP.matcher(path).region(Math.min(1, path.length()), path.length());
        int at = 1;
        while (next.lookingAt()) {
            if (next.group(3) != null) {
                steps.add(Integer.valueOf(next.group(3)));
            } else {
                steps.add(next.group(1) == null ? next.group(2) : next.group(1));
            }
            at = next.end();
            next.region(at, path.length());
        }
        if (!path.startsWith("$") || at != path.length()) {
            throw new IllegalArgumentException(
                    "capture.jsonPath is \"%s\"; it must lead to one place, as in $.items[0]['id']".formatted(path));
        }
        return new JsonPlace(path, List.copyOf(steps));
    }

    /**
     * The value there: a text as it is, a number or truth as JSON writes it, anything larger as JSON.
     *
     * @throws IllegalArgumentException if there is none
     */
    String in(byte[] body) {
        JsonNode node;
        try {
            node = JSON.readTree(body);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the body is not JSON", e);
        }
        for (Object step : steps) {
            node = step instanceof Integer index ? node.path(index) : node.path((String) step);
        }
        if (node.isMissingNode() || node.isNull()) {
            throw new IllegalArgumentException("%s is %s".formatted(path, node.isNull() ? "null" : "absent"));
        }
        return node.isString() ? node.stringValue() : node.toString();
    }
}
