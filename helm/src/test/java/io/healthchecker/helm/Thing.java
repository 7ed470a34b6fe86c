package io.healthchecker.helm;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A map out of YAML: a Kubernetes object, or a part of one. */
record Thing(Map<String, Object> content) {
    private static final String COMPONENT = "app.kubernetes.io/component";

    @SuppressWarnings("unchecked")
    Thing(Object document) {
        this((Map<String, Object>) document);
    }

    String kind() {
        return text("kind");
    }

    String name() {
        return text("metadata", "name");
    }

    String namespace() {
        return at("metadata").content.getOrDefault("namespace", "").toString();
    }

    Map<String, Object> labels() {
        return at("metadata", "labels").content;
    }

    String component() {
        return labels().getOrDefault(COMPONENT, "").toString();
    }

    Map<String, Object> podSpec() {
        return kind().equals("Pod") ? at("spec").content : at("spec", "template", "spec").content;
    }

    Map<String, Object> podLabels() {
        return kind().equals("Pod") ? labels() : at("spec", "template", "metadata", "labels").content;
    }

    List<Thing> containers() {
        return new Thing(podSpec()).list("containers");
    }

    /** The map at a path; an empty one where there is nothing. */
    Thing at(String... path) {
        Object found = find(path);
        return found instanceof Map<?, ?> ? new Thing(found) : new Thing(Map.of());
    }

    String text(String... path) {
        Object found = find(path);
        return found == null ? "" : found.toString();
    }

    /** The maps of a list; none where there is nothing. */
    List<Thing> list(String... path) {
        return values(path).map(Thing::new).toList();
    }

    Stream<Object> values(String... path) {
        return find(path) instanceof List<?> list ? list.stream().map(Object.class::cast) : Stream.of();
    }

    private Object find(String... path) {
        Object found = content;
        for (String name : path) {
            found = found instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return found;
    }

    @Override
    public String toString() {
        return kind() + " " + name();
    }
}
