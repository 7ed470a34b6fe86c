package io.healthchecker.worker.probe.http;

import io.healthchecker.core.service.HttpUrl;
import io.healthchecker.crds.probe.BasicCredentials;
import io.healthchecker.crds.probe.ClientCertificate;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.crds.probe.HttpProxy;
import io.healthchecker.crds.probe.SecretText;
import io.healthchecker.worker.dial.ClientIdentity;
import io.healthchecker.worker.dial.Dialer;
import io.healthchecker.worker.dial.Family;
import io.healthchecker.worker.dial.OwnTls;
import io.healthchecker.worker.dial.Route;
import io.healthchecker.worker.dial.Target;
import io.healthchecker.worker.dial.Target.Encryption;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How the requests of one probe travel: over which connections, and what is spoken on them. */
final class Transit {
    private final Dialer dialer;
    private final String userAgent;
    private final Route route;
    private final HttpVersion version;
    private final RedirectPolicy redirects;
    private final String home; // the host that the definition names
    private final @Nullable String serverName;
    private final boolean verified;
    private final @Nullable OwnTls atHome;
    private final @Nullable OwnTls elsewhere;
    private final @Nullable String flaw;

    Transit(HttpProbe probe, HttpUrl url, Dialer dialer, String userAgent) {
        this.dialer = dialer;
        this.userAgent = userAgent;
        this.route = route(probe);
        this.version = HttpVersion.of(probe.httpVersion());
        this.redirects = RedirectPolicy.of(probe.redirects());
        this.home = url.host();
        this.serverName = probe.serverName() == null ? null : HttpUrl.host(probe.serverName());
        this.verified = !"None".equals(probe.tlsVerification());
        OwnTls home = null;
        OwnTls other = null;
        String trouble = null;
        try {
            String authorities = probe.certificateAuthorities() == null ? null : text(probe.certificateAuthorities());
            ClientIdentity identity = identity(probe.clientCertificate());
            other = authorities == null ? null : dialer.ownTls(authorities, null, verified, version.alpn());
            home = identity == null ? other : dialer.ownTls(authorities, identity, verified, version.alpn());
        } catch (IllegalArgumentException e) {
            trouble = e.getMessage();
        }
        this.elsewhere = other;
        this.atHome = home;
        this.flaw = trouble;
    }

    /** Why nothing can be requested, since a certificate or key of the definition cannot be read; null if it can. */
    @Nullable
    String flaw() {
        return flaw;
    }

    private static Route route(HttpProbe probe) {
        Family family = probe.ipFamily() == null
                ? Family.ANY
                : switch (probe.ipFamily()) {
                    case "IPv4" -> Family.IPV4;
                    case "IPv6" -> Family.IPV6;
                    case "PreferIPv4" -> Family.PREFER_IPV4;
                    case "PreferIPv6" -> Family.PREFER_IPV6;
                    default -> Family.ANY;
                };
        HttpProxy proxy = probe.proxy();
        if (proxy == null) {
            return family == Family.ANY ? Route.DIRECT : new Route(null, family);
        }
        String host = HttpUrl.host(Objects.requireNonNull(proxy.host(), "http.proxy.host"));
        int port = Objects.requireNonNull(proxy.port(), "http.proxy.port");
        String authorization = proxy.basic() == null ? null : basic(proxy.basic());
        return new Route(new Route.Proxy(host, port, authorization), family);
    }

    private static @Nullable ClientIdentity identity(@Nullable ClientCertificate shown) {
        return shown == null
                ? null
                : new ClientIdentity(
                        text(Objects.requireNonNull(shown.certificate(), "clientCertificate.certificate")),
                        text(Objects.requireNonNull(shown.privateKey(), "clientCertificate.privateKey")));
    }

    /** Value of an Authorization header. */
    static String basic(BasicCredentials credentials) {
        String password = text(Objects.requireNonNull(credentials.password(), "password"));
        String pair = Objects.requireNonNull(credentials.username(), "username") + ":" + password;
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** A text that is known by now: where it came from a Secret, it stands in its place. */
    static String text(SecretText secret) {
        return Objects.requireNonNull(secret.value(), "a secret without its value");
    }

    Target target(HttpUrl url) {
        if (!url.tls()) {
            return new Target(url.host(), url.port(), null);
        }
        boolean isHome = url.host().equals(home);
        String name = isHome && serverName != null ? serverName : url.host();
        return new Target(
                url.host(), url.port(), new Encryption(name, verified, version.alpn(), isHome ? atHome : elsewhere));
    }

    Dialer dialer() {
        return dialer;
    }

    String userAgent() {
        return userAgent;
    }

    Route route() {
        return route;
    }

    HttpVersion version() {
        return version;
    }

    RedirectPolicy redirects() {
        return redirects;
    }
}
