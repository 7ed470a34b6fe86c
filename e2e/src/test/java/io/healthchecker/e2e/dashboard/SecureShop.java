package io.healthchecker.e2e.dashboard;

import io.healthchecker.testing.StubServer;
import io.healthchecker.testing.TestAuthority;
import javax.net.ssl.SSLContext;

/** Two servers with certificates that end with {@link TestAuthority#END}; one of them leaves out the certificate between. */
final class SecureShop implements AutoCloseable {
    private static final String ADDRESS = "127.0.0.1";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private final TestAuthority authority = new TestAuthority();
    private final StubServer whole = serve(authority.byIntermediate(TestAuthority.END, ADDRESS));
    private final StubServer broken = serve(authority.withoutIntermediate(ADDRESS));

    private static StubServer serve(SSLContext tls) {
        return StubServer.encrypted(tls, connection -> {
            connection.request();
            connection.send(OK);
        });
    }

    /** The authority that has to be trusted, as text. */
    String authority() {
        return authority.text();
    }

    /** Sends a chain that leads to the authority. */
    String url() {
        return "https://%s:%d/accounts".formatted(ADDRESS, whole.port());
    }

    /** Sends a chain with a gap. */
    String brokenUrl() {
        return "https://%s:%d/accounts".formatted(ADDRESS, broken.port());
    }

    @Override
    public void close() {
        whole.close();
        broken.close();
    }
}
