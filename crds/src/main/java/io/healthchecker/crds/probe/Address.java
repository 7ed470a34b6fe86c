package io.healthchecker.crds.probe;

import org.jspecify.annotations.Nullable;

/** What must hold of a URL, for the API server, and what of it may be shown. */
final class Address {
    static final String NO_USER_INFO = "!self.url.matches('^[^/?#]*//[^/?#]*@')";
    static final String NO_USER_INFO_MESSAGE = "url must not contain user-info: send an Authorization header instead";

    private Address() {}

    /** Without its query, in which people put tokens. */
    static String shown(@Nullable String url) {
        return url == null ? "" : url.replaceFirst("(?s)[?#].*", "");
    }
}
