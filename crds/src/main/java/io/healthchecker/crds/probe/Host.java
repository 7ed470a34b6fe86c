package io.healthchecker.crds.probe;

/** What must hold of a host, for the API server. */
final class Host {
    static final String RULE = "!self.host.matches(r'[\\s/?#@]')";
    static final String MESSAGE = "host must be a host name or an IP address, without scheme, path and user-info";
    static final String FIELD = ".host";

    private Host() {}
}
