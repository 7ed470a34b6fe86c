package io.healthchecker.helm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What Helm rendered, as objects. */
record Rendering(List<Thing> things) {

    Rendering(String text) {
        this(parse(text));
    }

    private static List<Thing> parse(String text) {
        List<Thing> things = new ArrayList<>();
        new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build())
                .loadAllFromString(text)
                .forEach(document -> {
                    if (document != null) {
                        things.add(new Thing(document));
                    }
                });
        return List.copyOf(things);
    }

    Stream<Thing> of(String kind) {
        return things.stream().filter(thing -> thing.kind().equals(kind));
    }

    Thing one(String kind, String name) {
        return of(kind).filter(thing -> thing.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(kind + " " + name));
    }

    /** Everything that has pods, a pod itself included. */
    List<Thing> workloads() {
        return things.stream().filter(thing -> !thing.podSpec().isEmpty()).toList();
    }

    Map<String, Object> podSpec(String component) {
        return workload(component).podSpec();
    }

    Thing workload(String component) {
        return workloads().stream()
                .filter(thing -> component.equals(thing.podLabels().get("app.kubernetes.io/component")))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(component));
    }
}
