package io.healthchecker.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Alerts and the dashboard ask only for meters that there are. */
class MonitoringTest {
    private static final Pattern METER = Pattern.compile("hc_[a-z0-9_]+");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `hc\\.[a-z0-9.]+` \\| `(hc_[a-z0-9_]+)` \\| (timer|summary)?");
    private static final List<String> OF_A_TIMER = List.of("_count", "_sum", "_max", "_bucket");

    private final Rendering rendering = Chart.render(Chart.values("monitored"));

    @Test
    void alertsAskForMetersThatThereAre() {
        Set<String> asked = new TreeSet<>();
        rules().forEach(rule -> asked.addAll(meters(rule.text("expr"))));

        assertThat(asked).hasSizeGreaterThan(7);
        assertThat(meters()).containsAll(asked);
    }

    @Test
    void everyAlertSaysWhatItIsAndWhatToDo() {
        assertThat(rules().stream().filter(rule -> !rule.text("alert").equals("HealthCheckerWatched")))
                .hasSize(11)
                .allSatisfy(rule -> {
                    assertThat(rule.text("annotations", "summary")).endsWith(".");
                    assertThat(rule.text("annotations", "description")).endsWith(".");
                    assertThat(rule.text("labels", "severity")).isIn("critical", "warning");
                    assertThat(rule.text("labels", "team")).isEqualTo("platform");
                });
    }

    private List<Thing> rules() {
        return rendering
                .of("PrometheusRule")
                .flatMap(rule -> rule.list("spec", "groups").stream())
                .flatMap(group -> group.list("rules").stream())
                .toList();
    }

    @Test
    void theDashboardAsksForMetersThatThereAre() {
        String json = rendering.one("ConfigMap", "hc-health-checker-dashboard").text("data", "health-checker.json");
        JsonNode dashboard = JsonMapper.shared().readTree(json);
        Set<String> asked = new TreeSet<>();
        dashboard.path("panels").forEach(panel -> {
            assertThat(panel.path("description").asString()).endsWith(".");
            panel.path("targets")
                    .forEach(target -> asked.addAll(meters(target.path("expr").asString())));
        });

        assertThat(asked).hasSizeGreaterThan(15);
        assertThat(meters()).containsAll(asked);
    }

    private static Set<String> meters(String expression) {
        return METER.matcher(expression).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    /** As Prometheus names them. */
    private static Set<String> meters() {
        Set<String> meters = new TreeSet<>();
        ROW.matcher(Chart.read(Chart.checkout().resolve("docs/reference/metrics.md")))
                .results()
                .forEach(row -> {
                    meters.add(row.group(1));
                    if (row.group(2) != null) {
                        OF_A_TIMER.forEach(suffix -> meters.add(row.group(1) + suffix));
                    }
                });
        return meters;
    }
}
