package io.healthchecker.e2e.doors;

import io.healthchecker.e2e.doors.HardCases.Case;
import io.healthchecker.testing.Script;
import io.healthchecker.testing.ScriptedNameServer;
import io.healthchecker.testing.StubServer;
import io.healthchecker.testing.TestAuthority;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;

/** The hard cases that are not of HTTP, and their servers. */
final class SocketCases implements AutoCloseable {
    private static final String GOOD = "; www.test A 192.0.2.10";
    private static final String CHAIN = "; www.test CNAME web.test ; web.test CNAME edge.test"
            + " ; edge.test A 192.0.2.10 ; edge.test A 192.0.2.11";
    private static final String ALL = "\"answerRules\":[{\"which\":\"All\",\"within\":\"192.0.2.0/24\"}]";
    private static final String ONE = "\"answerRules\":[{\"equalTo\":\"192.0.2.10\"}]";

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Case> all = new ArrayList<>();
    private final SSLContext mail;

    /** Starts the servers; one that speaks HTTP/1.1 alone is there already. */
    SocketCases(TestAuthority authority, int http) {
        this.mail = authority.server("mail.test");
        dns();
        tcp();
        grpc(http);
        icmp();
    }

    List<Case> all() {
        return all;
    }

    private void dns() {
        dns("alias-one", CHAIN, ONE, "UP", "192.0.2.11, by way of web.test, edge.test");
        dns("alias-all", CHAIN, ALL, "UP", "192.0.2.11, by way of web.test, edge.test");
        dns("alias-cut", "TC tcp: " + CHAIN, ALL, "UP", "192.0.2.11, by way of web.test, edge.test");
        dns("alias-alone", CHAIN.replaceFirst(" ; edge.*", ""), "", "DOWN", "DNS_NO_DATA");
        dns("resolver-fails", "SERVFAIL", "", "DOWN", "DNS_SERVFAIL");
        dns("resolver-silent", "silent", "", "DOWN", "TIMEOUT_RESPONSE");
        dns("resolver-refuses", "REFUSED", "", "DOWN", "DNS_REFUSED");
        dns("no-such-name", "NXDOMAIN", "", "DOWN", "DNS_NXDOMAIN");
        dns("no-such-record", "NOERROR", "", "DOWN", "DNS_NO_DATA");
    }

    private void tcp() {
        tcp("prompt", "\"login: \" hang", expects("login:"), "UP", "");
        tcp("banner-in-two", "\"220 mx\" 200ms \".test ready\\r\\n\" hang", expects("mx.test"), "UP", "");
        tcp(
                "banner-refuses",
                "\"554 no\\r\\n\" hang",
                expects("^220"),
                "DOWN",
                "steps[0] expects ^220, got \\\"554 no\\\"");
        String smtp = "\"220-a\\r\\n220 b\\r\\n\" < \"250-x\\r\\n250 STARTTLS\\r\\n\" < \"220 go\\r\\n\" tls hang";
        tcp("starttls-smtp", smtp, upgraded("SMTP"), "UP", "");
        tcp("starttls-imap", "\"* OK hi\\r\\n\" < \"a1 OK\\r\\n\" tls hang", upgraded("IMAP"), "UP", "");
    }

    private void grpc(int http) {
        int healthy = keep(HealthServer.start()).port();
        grpc("grpc-serving", healthy, "", "UP", "");
        grpc("grpc-not-serving", healthy, "a", "DOWN", "GRPC_NOT_SERVING");
        grpc("grpc-service-unknown", healthy, "b", "DOWN", "GRPC_SERVICE_UNKNOWN");
        grpc("grpc-not-found", healthy, "c", "DOWN", "GRPC_NOT_FOUND");
        grpc("grpc-unavailable", healthy, "d", "DOWN", "GRPC_UNAVAILABLE");
        grpc("grpc-unimplemented", keep(HealthServer.without()).port(), "", "DOWN", "GRPC_UNIMPLEMENTED");
        grpc("grpc-http1", http, "", "DOWN", "PROTOCOL_ERROR");
    }

    private void icmp() {
        if (PingPermission.granted()) {
            add("ping-ipv6", "{\"icmp\":{\"host\":\"::1\"}}", "UP", "1 of 1 replies");
            add("ping-ipv6-in-brackets", "{\"icmp\":{\"host\":\"[::1]\"}}", "UP", "1 of 1 replies");
        } else {
            System.err.println("ICMP through every door: NOT TESTED, this machine lets nobody ping");
        }
    }

    /**
     * A service of a resolver of its own that fails now and then, each time in another way, and then for good: the first
     * part turns nothing, the second does.
     */
    String unsteady() {
        // the first check and that of the first slot may be made at once
        String answers = String.join(
                " // ",
                GOOD,
                GOOD,
                "SERVFAIL",
                GOOD,
                "silent",
                GOOD,
                "REFUSED",
                GOOD,
                "NXDOMAIN",
                "NXDOMAIN",
                "NOERROR");
        return dns(answers, ",\"type\":\"A\"", 2).replaceFirst("}$", ",\"periodSeconds\":3,\"failureThreshold\":2}");
    }

    private void dns(String name, String answers, String rules, String outcome, String says) {
        add(name, dns(answers, rules.isEmpty() ? "" : "," + rules, 1), outcome, says);
    }

    private String dns(String answers, String more, int timeoutSeconds) {
        int port = keep(ScriptedNameServer.start(answers, null, false)).port();
        return "{\"dns\":{\"name\":\"www.test\",\"server\":\"127.0.0.1\",\"port\":%d%s},\"timeoutSeconds\":%d}"
                .formatted(port, more, timeoutSeconds);
    }

    private void tcp(String name, String script, String more, String outcome, String says) {
        int port = keep(StubServer.start(new Script(script, mail))).port();
        add(name, "{\"tcp\":{\"host\":\"127.0.0.1\",\"port\":%d,%s}}".formatted(port, more), outcome, says);
    }

    private static String expects(String text) {
        return "\"steps\":[{\"expect\":\"%s\"}]".formatted(text);
    }

    private static String upgraded(String protocol) {
        return "\"startTls\":\"%s\",\"serverName\":\"mail.test\",\"certificateExpiresInDays\":30".formatted(protocol);
    }

    private void grpc(String name, int port, String service, String outcome, String says) {
        String of = service.isEmpty() ? "" : ",\"service\":\"%s\"".formatted(service);
        add(name, "{\"grpc\":{\"host\":\"127.0.0.1\",\"port\":%d%s}}".formatted(port, of), outcome, says);
    }

    private void add(String name, String spec, String outcome, String says) {
        all.add(new Case(name, spec, outcome, says));
    }

    private <T extends AutoCloseable> T keep(T server) {
        open.add(server);
        return server;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable server : open) {
            server.close();
        }
    }
}
