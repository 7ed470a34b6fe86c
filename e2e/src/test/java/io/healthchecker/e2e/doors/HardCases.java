package io.healthchecker.e2e.doors;

import io.healthchecker.testing.StubServer;
import io.healthchecker.testing.TestAuthority;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What other monitors got wrong, as definitions and the servers that they are about. */
public final class HardCases implements AutoCloseable {
    /** Hosts that whoever checks them must know, in the form of {@code /etc/hosts}. */
    public static final String HOSTS = "127.0.0.1 localhost\n127.0.0.1 xn--mnchen-3ya.test\n";

    private static final int PERIOD = 2;

    private final StubServer ipv4 = StubServer.start(new HttpAnswers());
    private final StubServer ipv6 = StubServer.start(InetAddress.ofLiteral("::1"), new HttpAnswers());
    private final TestAuthority authority = new TestAuthority();
    private final SocketCases sockets = new SocketCases(authority, ipv4.port());
    private final List<Case> all = new ArrayList<>();

    /**
     * What is wanted and what must come of it.
     *
     * @param spec definition as JSON, without period and thresholds
     * @param says what the explanation contains
     */
    public record Case(String name, String spec, String outcome, String says) {
        /** All of the definition, as JSON. */
        public String definition() {
            return spec.replaceFirst("}$", ",\"periodSeconds\":%d,\"failureThreshold\":1}".formatted(PERIOD));
        }

        /** For one check without a second: where it is not the time that ends it, a busy machine may take a minute. */
        String checkedOnce() {
            String patient = says.startsWith("TIMEOUT")
                    ? spec
                    : spec.replace(",\"timeoutSeconds\":1", "").replaceFirst("}$", ",\"timeoutSeconds\":60}");
            return HardCases.document(name, patient.replaceFirst("}$", ",\"periodSeconds\":120}"));
        }

        /** What its service is then. */
        public String state() {
            return outcome.equals("UP") ? "Up" : "Down";
        }

        /** What of its explanation is stored: of what is up, nothing. */
        public String stored() {
            return outcome.equals("UP") ? "" : says;
        }

        String document() {
            return HardCases.document(name, definition());
        }

        String body() {
            return HardCases.body(name + " by rest", definition());
        }
    }

    /** Starts the servers. */
    public HardCases() {
        add("redirect-itself", http("/a", "\"maxRedirects\":0,\"expectedStatus\":[\"301\"]"), "UP", "");
        add("redirect-followed", http("/a", "\"expectedStatus\":[\"301\"]"), "DOWN", "200) is not in 301");
        add("not-found-wanted", http("/none", "\"expectedStatus\":[\"404\"]"), "UP", "");
        add("redirect-target", http("/a", "\"expectedStatus\":[\"200-299\"]"), "UP", "");
        add("cookie-gate", http("/gate", ""), "UP", "");
        add("long-headers", http("/long", ""), "UP", "");
        add("endless-headers", http("/endless", ""), "DOWN", "header");
        add("lines-ended-by-lf", http("/lf", ""), "UP", "");
        add("blanks-behind-a-value", http("/blanks", ""), "UP", "");
        add("no-reason-phrase", http("/bare", ""), "UP", "");
        add("early-hints", http("/hints", ""), "UP", "");
        add("split-keyword", http("/chunks", "\"bodyContains\":\"footerContent\""), "UP", "");
        add("split-keyword-absent", http("/chunks", "\"bodyContains\":\"footerContents\""), "DOWN", "footerContents");
        add("unasked-gzip", http("/gzip", "\"bodyContains\":\"healthy\""), "UP", "");
        add("unasked-gzip-absent", http("/gzip", "\"bodyContains\":\"footerContents\""), "DOWN", "footerContents");
        add("ipv6-url", url("http://[::1]:%d/six".formatted(ipv6.port())), "UP", "");
        add("ipv6-url-in-full", url("http://[0:0:0:0:0:0:0:1]:%d/six".formatted(ipv6.port())), "UP", "");
        add("ipv6-host", tcp("::1", ipv6.port()), "UP", "");
        add("ipv6-host-in-brackets", tcp("[::1]", ipv6.port()), "UP", "");
        add("umlaut", url("http://münchen.test:%d/umlaut".formatted(ipv4.port())), "UP", "");
        add("umlaut-host", tcp("MÜNCHEN.test", ipv4.port()), "UP", "");
        add("capitals", url("HTTP://LOCALHOST:%d/Health?A=b".formatted(ipv4.port())), "UP", "");
        difference(0, "UP", "");
        difference(1, "DOWN", "field absent");
        difference(2, "DOWN", "null is not a number");
        difference(3, "DOWN", "is not a number");
        difference(4, "DOWN", "is not a number");
        difference(5, "DOWN", "field absent");
        difference(6, "DOWN", "not JSON");
        difference(7, "DOWN", "not JSON");
        all.addAll(sockets.all());
    }

    static String document(String name, String definition) {
        return """
                apiVersion: healthchecker.io/v1alpha1
                kind: HealthCheckService
                metadata: {name: %s}
                spec: %s
                """.formatted(name, definition);
    }

    static String body(String name, String definition) {
        return "{\"name\":\"%s\",%s".formatted(name, definition.substring(1));
    }

    /** Each of them. */
    public List<Case> all() {
        return all;
    }

    /** Certificate of whoever signed those of the servers, which whoever checks them must trust. */
    public Path authority(Path folder) {
        return authority.pem(folder);
    }

    /** Service of a resolver that fails now and then, and then for good; asked by nobody else. As JSON. */
    public String unsteady() {
        return sockets.unsteady();
    }

    Case named(String name) {
        return all.stream().filter(each -> each.name.equals(name)).findFirst().orElseThrow();
    }

    StubServer ipv4() {
        return ipv4;
    }

    StubServer ipv6() {
        return ipv6;
    }

    @Override
    public void close() throws Exception {
        sockets.close();
        ipv4.close();
        ipv6.close();
    }

    private void add(String name, String spec, String outcome, String says) {
        all.add(new Case(name, spec, outcome, says));
    }

    private void difference(int body, String outcome, String says) {
        String spec = http("/difference/" + body, "")
                .replaceFirst("}$", ",\"assertions\":[{\"expression\":\"json.difference < 5\"}]}");
        add("difference-" + body, spec, outcome, says);
    }

    private String http(String path, String more) {
        return "{\"http\":{\"url\":\"%s\"%s}}".formatted(ipv4.url(path), more.isEmpty() ? "" : "," + more);
    }

    private static String url(String url) {
        return "{\"http\":{\"url\":\"%s\"}}".formatted(url);
    }

    private static String tcp(String host, int port) {
        return "{\"tcp\":{\"host\":\"%s\",\"port\":%d}}".formatted(host, port);
    }
}
