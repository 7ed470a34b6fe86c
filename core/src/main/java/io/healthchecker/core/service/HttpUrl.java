package io.healthchecker.core.service;

import io.healthchecker.core.egress.Ipv6Text;
import java.net.IDN;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An absolute http or https address, taken apart as a browser would: scheme and host in any case, names in any script,
 * IPv6 literals in brackets; path and query keep their case.
 *
 * @param host as it is looked up and asked for by SNI: lower-case punycode, or an address without brackets
 * @param port 1 to 65535, the scheme's own where the address names none
 * @param target path and query as they are sent, at least {@code /}, percent-encoded where needed
 */
public record HttpUrl(boolean tls, String host, int port, String target) {
    // RFC 3986 appendix B, with the authority taken apart
    private static final Pattern SHAPE = Pattern.compile("(?i)(https?)://([^/?#]*)([^?#]*)(\\?[^#]*)?(?:#.*)?");
    private static final Pattern WEBSOCKET = Pattern.compile("(?is)ws(s?)://(.*)");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\]]*]|[^:\\[\\]]*)(?::([0-9]*))?");

    /**
     * Takes an address apart.
     *
     * @throws IllegalArgumentException with a message that continues “url is …; ”: what it must be
     */
    public static HttpUrl parse(String url) {
        Matcher shape = SHAPE.matcher(url);
        if (!shape.matches()) {
            throw new IllegalArgumentException("it must be absolute and begin with http:// or https://");
        }
        String authority = shape.group(2);
        if (authority.indexOf('@') >= 0) {
            throw new IllegalArgumentException("it must not contain user-info; send an Authorization header instead");
        }
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "its host cannot be read; an IPv6 address stands in brackets, as in http://[::1]:8080/");
        }
        boolean tls = shape.group(1).equalsIgnoreCase("https");
        String query = shape.group(4) == null ? "" : shape.group(4);
        String path = shape.group(3).isEmpty() ? "/" : shape.group(3);
        return new HttpUrl(tls, host(parts.group(1)), port(parts.group(2), tls), encode(path + query));
    }

    /**
     * Takes the address of a WebSocket apart: ws is http until it is open, and wss is https.
     *
     * @throws IllegalArgumentException with a message that continues “url is …; ”: what it must be
     */
    public static HttpUrl parseWebsocket(String url) {
        Matcher scheme = WEBSOCKET.matcher(url);
        if (!scheme.matches()) {
            throw new IllegalArgumentException("it must be absolute and begin with ws:// or wss://");
        }
        return parse("http%s://%s".formatted(scheme.group(1), scheme.group(2)));
    }

    /** Whether the port is the one that the scheme implies, so that the Host header leaves it out. */
    public boolean defaultPort() {
        return port == (tls ? 443 : 80);
    }

    /** Value of the Host header: an IPv6 address in brackets, the port unless it is the scheme's own. */
    public String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return defaultPort() ? name : name + ":" + port;
    }

    /**
     * A host as it is looked up: lower-case punycode, or an address without brackets.
     *
     * @throws IllegalArgumentException if it is neither a name nor an address
     */
    public static String host(String host) {
        if (host.startsWith("[") && host.endsWith("]")) {
            return ipv6(host.substring(1, host.length() - 1));
        }
        if (host.indexOf(':') >= 0) {
            return ipv6(host);
        }
        if (host.isEmpty()) {
            throw new IllegalArgumentException("it must name a host");
        }
        String ascii;
        try {
            ascii = IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("its host is not a valid name", e);
        }
        if (ascii.length() > 253
                || !ascii.matches("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\\.?")) {
            throw new IllegalArgumentException("its host is not a valid name");
        }
        return ascii;
    }

    private static String ipv6(String literal) {
        String bare = literal.indexOf('%') >= 0 ? literal.substring(0, literal.indexOf('%')) : literal;
        try {
            InetAddress address = Inet6Address.ofLiteral(bare);
            return address instanceof Inet6Address six ? Ipv6Text.of(six) : address.getHostAddress();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("its host is not an IPv6 address", e);
        }
    }

    private static int port(@org.jspecify.annotations.Nullable String digits, boolean tls) {
        if (digits == null || digits.isEmpty()) {
            return tls ? 443 : 80;
        }
        int port = digits.length() > 5 ? 65_536 : Integer.parseInt(digits);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("its port is %s; it must be 1 to 65535".formatted(digits));
        }
        return port;
    }

    // a person may type what a browser would encode: spaces, quotes, letters of any script
    private static String encode(String target) {
        StringBuilder encoded = new StringBuilder(target.length());
        for (byte b : target.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            int c = b & 0xff;
            if (c <= 0x20 || c >= 0x7f || "\"<>\\^`{|}".indexOf(c) >= 0) {
                encoded.append('%').append(String.format("%02X", c));
            } else {
                encoded.append((char) c);
            }
        }
        return encoded.toString();
    }
}
