package io.healthchecker.e2e.dashboard;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A call that a screen makes, and what makes it.
 *
 * @param call its method and its path, with {@code {}} for what differs
 * @param steps what is done on the screen, one after the other: a click where nothing else is said, {@code key:} a key,
 *     {@code fill:} and {@code choose:} a field and behind a bar its value
 */
record Asked(String call, String path, List<String> steps) {
    private static final Path SCRIPTS = Path.of("../api-server/src/main/resources/io/healthchecker/api/ui/js");
    private static final Pattern CALL =
            Pattern.compile("\\b(get|post|send)\\(\\s*(?:'([A-Z]+)',\\s*)?[`'](/[^`']*)[`']");

    private static Asked of(String call, String path, String... steps) {
        return new Asked(call, path, List.of(steps));
    }

    /** Those whose answer is shown, each with the place that is empty without. */
    static List<Asked> shown(Stage stage, long heartbeat) {
        String service = "/services/" + stage.down();
        String incident = "/incidents/" + stage.incident();
        String reporting = "/services/" + heartbeat;
        return List.of(
                of("GET /services/{}", service),
                of("GET /services/bars", service),
                of("GET /services/{}/uptimes", service),
                of("GET /services/{}/series", service),
                of("GET /services/{}/health-checks", service),
                of("GET /services/{}/health-checks", service + "?tab=results"),
                of("GET /services/{}/results/{}~{}", service + "?tab=results", ".results a >> nth=0"),
                of("GET /services/{}/incidents", service + "?tab=incidents"),
                of("GET /services/{}/transitions", service + "?tab=incidents"),
                of("GET /services/{}/manifest", service + "?tab=config"),
                of("GET /services/{}", service + "/edit"),
                of("GET /services/{}", "/services/new?from=" + stage.down()),
                of("GET /services/{}/heartbeat", reporting),
                of("GET /services/{}/heartbeat/address", reporting),
                of("GET /services/bars", "/services"),
                of("GET /views", "/services", ".filters button:has-text('Views')"),
                of("GET /kubernetes/{}/{}/{}", "/k8s/prod/shop/cart-api"),
                of("GET /incidents", "/incidents"),
                of("GET /incidents/{}", incident),
                of("GET /incidents/{}/timeline", incident),
                of("GET /incidents/{}/evidence", incident),
                of("GET /status-pages", "/status-pages"),
                of("GET /status-pages/{}", "/status-pages/%d/edit".formatted(stage.page())),
                of("GET /teams/{}/members", "/admin/members"),
                of("GET /tokens", "/admin/tokens"),
                of("GET /audit", "/admin/audit"),
                of("GET /system", "/admin/system"),
                of("GET /system/history", "/admin/system"));
    }

    /** Those that somebody makes by doing something. */
    static List<Asked> done(Stage stage, long heartbeat) {
        String service = "/services/" + stage.up();
        String incident = "/incidents/" + stage.incident();
        String name = "fill:[id='field-name']|refused";
        String url = "fill:[id='field-http.url']|http://a.test/";
        String save = "button.primary:has-text('Save')";
        String views = ".filters button:has-text('Views')";
        return List.of(
                of("PATCH /services/{}", service, ".service-head button:has-text('Suspend')"),
                of("POST /services/{}:check", service, "key:c"),
                of(
                        "DELETE /services/{}",
                        service,
                        "[aria-label=More]",
                        ".danger-item",
                        "fill:dialog input|1",
                        "dialog .danger"),
                of("GET /services/{}/manifest", service, "key:y"),
                of("GET /services/{}/health-checks", service + "?tab=config", "key:n"),
                of("POST /services:test", "/services/new", name, url, "key:Control+Enter"),
                of("POST /services", "/services/new", name, url, save),
                of("PUT /services/{}", service + "/edit", save),
                of(
                        "POST /services:parse",
                        "/services/new",
                        "button:has-text('Paste YAML')",
                        "fill:dialog textarea|kind: none",
                        "dialog .primary"),
                of(
                        "POST /services:bulk",
                        "/services?q=cart",
                        "key:j",
                        "key:x",
                        ".selection >> text=Select all",
                        ".selection >> text=Suspend"),
                of(
                        "POST /services/{}/heartbeat/address",
                        "/services/" + heartbeat,
                        ".reports-to p button",
                        "dialog .danger"),
                of("POST /views", "/services", views, "fill:.views input >> nth=0|refused", ".views form > button"),
                of("DELETE /views/{}", "/services", views, ".views li .not"),
                of("POST /incidents/{}/acknowledge", incident, "key:a", "dialog .primary"),
                of(
                        "POST /incidents/{}/notes",
                        incident,
                        "key:Shift+N",
                        "fill:dialog textarea|refused",
                        "dialog .primary"),
                of(
                        "POST /status-pages",
                        "/status-pages/new",
                        "fill:main form input >> nth=0|Refused",
                        "fill:main input[pattern]|refused",
                        "main .primary"),
                of("PUT /status-pages/{}", "/status-pages/%d/edit".formatted(stage.page()), "main .primary"),
                of("POST /teams/{}/invitations", "/admin/members", "main header .primary", "dialog .primary"),
                of("PUT /teams/{}/members/{}", "/admin/members", "choose:td select >> nth=0|admin"),
                of("DELETE /teams/{}/members/{}", "/admin/members", "td button >> nth=0", "dialog .danger"),
                of(
                        "POST /tokens",
                        "/admin/tokens",
                        "main header .primary",
                        "fill:dialog input|refused",
                        "dialog .primary"),
                of("DELETE /tokens/{}", "/admin/tokens", "td button >> nth=0", "dialog .danger"),
                of("GET /audit/export", "/admin/audit", "main header button"));
    }

    /** What the scripts call, as they are written. */
    static Set<String> ofAllScripts() throws IOException {
        Set<String> calls = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SCRIPTS)) {
            for (Path file : files.filter(path ->
                            path.toString().endsWith(".js") && !path.toString().contains("vendor"))
                    .toList()) {
                CALL.matcher(Files.readString(file)).results().forEach(found -> {
                    String method = found.group(2) != null
                            ? found.group(2)
                            : found.group(1).equals("get") ? "GET" : "POST";
                    String path = found.group(3)
                            .replaceAll("(?<=[/~])\\$\\{[^}]*}?", "{}")
                            .replaceAll("\\$\\{[^}]*}?", "")
                            .replaceAll("\\?.*", "");
                    calls.add(method + " " + path);
                });
            }
        }
        return calls;
    }

    private String method() {
        return call.substring(0, call.indexOf(' '));
    }

    private boolean isMeant(String url) {
        String wanted = call.substring(call.indexOf(' ') + 1)
                .replace("~{}", "~[^/]+")
                .replace("{}", call.contains("/kubernetes/") ? "[^/]+" : "\\d+");
        return URI.create(url).getPath().matches("/api/v1" + wanted);
    }

    /** Has it fail from now on, until {@link Failing#nothing}. */
    void fail(Page page) {
        Failing.calls(page, method(), this::isMeant);
    }

    void ask(Tab tab) {
        tab.go(path);
        Page page = tab.page();
        if (steps.stream().findFirst().filter(step -> step.startsWith("key:")).isPresent()) {
            tab.settle(); // a key that comes before its screen is nobody's
        }
        for (String step : steps) {
            int colon = step.indexOf(':');
            String rest = step.substring(colon + 1);
            List<String> field = Arrays.asList(rest.split("\\|", 2));
            switch (step.substring(0, Math.max(0, colon))) {
                case "key" -> page.keyboard().press(rest);
                case "fill" -> page.fill(field.getFirst(), field.getLast());
                case "choose" -> page.selectOption(field.getFirst(), field.getLast());
                default -> page.click(step);
            }
        }
    }
}
