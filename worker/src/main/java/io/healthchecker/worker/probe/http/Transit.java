package io.healthchecker.worker.probe.http;

import io.healthchecker.core.service.HttpUrl;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.crds.probe.HttpProxy;
import io.healthchecker.worker.dial.ClientIdentity;
import io.healthchecker.worker.dial.Dialer;
import io.healthchecker.worker.dial.Family;
import io.healthchecker.worker.dial.OwnTls;
import io.healthchecker.worker.dial.Route;
import io.healthchecker.worker.dial.Target;
import io.healthchecker.worker.dial.Target.Encryption;
import io.healthchecker.worker.probe.Passage;
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
            String authorities =
                    probe.certificateAuthorities() == null ? null : Passage.text(probe.certificateAuthorities());
            ClientIdentity identity = Passage.identity(probe.clientCertificate());
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
        return new Route(Passage.proxy(proxy), family);
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
