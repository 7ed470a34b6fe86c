package io.healthchecker.worker.probe.http;

import io.healthchecker.core.assertion.Header;
import io.healthchecker.core.service.HttpUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The cookies of one check, from redirect to redirect; nothing outlives the check. */
final class CookieJar {
    private static final int MAX_COOKIES = 100;
    private static final int MAX_BYTES = 16_384; // of the Cookie header

    private final List<Cookie> cookies = new ArrayList<>();

    private record Cookie(String name, String value, String domain, boolean subdomains, String path, boolean secure) {
        boolean same(Cookie other) {
            return name.equals(other.name) && domain.equals(other.domain) && path.equals(other.path);
        }

        boolean goesTo(HttpUrl url) {
            boolean host =
                    url.host().equals(domain) || (subdomains && url.host().endsWith("." + domain));
            return host && (!secure || url.tls()) && underPath(url.target());
        }

        private boolean underPath(String target) {
            int query = target.indexOf('?');
            String wanted = query < 0 ? target : target.substring(0, query);
            return wanted.equals(path)
                    || (wanted.startsWith(path) && (path.endsWith("/") || wanted.charAt(path.length()) == '/'));
        }
    }

    /** Takes what an answer sets. */
    void take(HttpUrl from, List<Header> headers) {
        for (Header header : headers) {
            if (header.is("set-cookie")) {
                set(from, header.value());
            }
        }
    }

    private void set(HttpUrl from, String line) {
        String[] parts = line.split(";");
        int equals = parts[0].indexOf('=');
        if (equals < 1) {
            return;
        }
        String domain = from.host();
        boolean subdomains = false;
        boolean secure = false;
        boolean gone = false;
        String path = folder(from.target());
        for (int i = 1; i < parts.length; i++) {
            int at = parts[i].indexOf('=');
            String name =
                    (at < 0 ? parts[i] : parts[i].substring(0, at)).strip().toLowerCase(Locale.ROOT);
            String value = at < 0 ? "" : parts[i].substring(at + 1).strip();
            switch (name) {
                case "domain" -> {
                    String wanted = (value.startsWith(".") ? value.substring(1) : value).toLowerCase(Locale.ROOT);
                    if (!wanted.isEmpty() && !wanted.equals(from.host())) {
                        if (wanted.indexOf('.') < 0 || !from.host().endsWith("." + wanted)) {
                            return; // a site sets cookies for itself only
                        }
                        domain = wanted;
                    }
                    subdomains = !wanted.isEmpty();
                }
                case "path" -> path = value.startsWith("/") ? value : path;
                case "secure" -> secure = true;
                case "max-age" -> gone = value.equals("0") || value.startsWith("-");
                default -> {} // Expires, HttpOnly and SameSite mean nothing within one check
            }
        }
        String name = parts[0].substring(0, equals).strip();
        Cookie cookie = new Cookie(name, parts[0].substring(equals + 1).strip(), domain, subdomains, path, secure);
        cookies.removeIf(cookie::same);
        if (!gone && cookies.size() < MAX_COOKIES) {
            cookies.add(cookie);
        }
    }

    private static String folder(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        int slash = path.lastIndexOf('/');
        return slash < 1 ? "/" : path.substring(0, slash);
    }

    /** Value of the Cookie header for an address, empty where none goes there. */
    String header(HttpUrl url) {
        StringBuilder header = new StringBuilder();
        for (Cookie cookie : cookies) {
            if (cookie.goesTo(url) && header.length() + cookie.name.length() + cookie.value.length() < MAX_BYTES) {
                header.append(header.isEmpty() ? "" : "; ")
                        .append(cookie.name)
                        .append('=')
                        .append(cookie.value);
            }
        }
        return header.toString();
    }
}
