package io.healthchecker.core.check;

/** Why an outcome is what it is. Codes are stored and never reused; the text explains it to a person. */
public enum Reason {
    OK(0, "Everything that was asked for was there."),
    SLOW(1, "Passed, but slower than degradedAfterMillis."),
    DEGRADED_WHEN(2, "Passed, but an expression of degradedWhen is true, or cannot be told."),

    DNS_NXDOMAIN(10, "The host name does not exist."),
    DNS_NO_DATA(11, "The name exists, but has no address, or no record of the wanted type."),
    DNS_FAILED(12, "The name server could not answer."),
    DNS_SERVFAIL(13, "The name server failed to answer (SERVFAIL)."),
    DNS_REFUSED(14, "The name server refuses to answer."),
    CONNECT_REFUSED(20, "Nothing listens at the address."),
    CONNECT_UNREACHABLE(21, "No route leads to the address."),
    CONNECT_FAILED(22, "The connection could not be opened."),
    CONNECTION_CLOSED(23, "The target closed the connection before it had answered."),
    CONNECTION_RESET(24, "The target reset the connection."),
    TLS_FAILED(30, "The TLS handshake failed."),
    TLS_UNTRUSTED(31, "The certificate is not signed by a trusted authority."),
    TLS_EXPIRED(32, "The certificate has expired or is not valid yet."),
    TLS_NAME_MISMATCH(33, "The certificate was issued for another name."),
    STARTTLS_REFUSED(34, "The target does not encrypt when it is asked to."),
    TIMEOUT_DNS(40, "The time was up while the name was looked up."),
    TIMEOUT_CONNECT(41, "The time was up while the connection was opened."),
    TIMEOUT_TLS(42, "The time was up during the TLS handshake."),
    TIMEOUT_RESPONSE(43, "The time was up before the first byte of an answer."),
    TIMEOUT_TRANSFER(44, "The time was up while the answer was read."),
    PROTOCOL_ERROR(50, "The answer does not follow the protocol."),
    HEADERS_TOO_LARGE(51, "The headers of the answer are larger than the limit."),
    TOO_MANY_REDIRECTS(52, "More redirects than the definition follows."),
    REDIRECT_INVALID(53, "A redirect leads nowhere that can be requested."),
    BODY_UNREADABLE(54, "The body could not be decompressed."),
    ASSERTION_FAILED(60, "The answer is not what the definition expects."),
    GRPC_NOT_SERVING(61, "The health service says that the service does not serve."),
    GRPC_SERVICE_UNKNOWN(62, "The health service says that it does not know the service."),
    GRPC_NOT_FOUND(63, "The call of the health service ended with NOT_FOUND: mostly, it does not know the service."),
    GRPC_UNAVAILABLE(64, "The call of the health service ended with UNAVAILABLE."),
    GRPC_UNIMPLEMENTED(65, "The server has no health service."),
    GRPC_FAILED(66, "The call of the health service ended with another status than OK; the detail names it."),
    WEBSOCKET_REFUSED(67, "The server answered, but did not open the WebSocket."),
    PROXY_REFUSED(68, "The proxy answered, but did not lead to the target."),
    TOKEN_REFUSED(69, "No access token could be had, so that the target was not asked."),
    HEARTBEAT_MISSED(71, "The service did not report in time."),
    HEARTBEAT_FAILED(72, "The service reported a failure."),
    HEARTBEAT_LATE(73, "The service should have reported by now; its grace is not over."),
    HEARTBEAT_AWAITED(74, "The service has not reported yet."),
    EGRESS_DENIED(70, "The address may not be dialled from here."),

    LATE(80, "The check would have started too late to mean anything, so it was not made."),
    LOST(81, "The check was scheduled, but no result ever arrived."),
    SHED(82, "The queue was overloaded, and this check was left out."),
    SKIPPED(83, "The scheduler was away; after a pause only the newest slot is checked."),
    WORKER_FAULT(84, "The worker itself failed."),
    POISONED(85, "Several workers failed on this check, so it was given up."),
    NO_CONNECTIVITY(87, "The worker reached none of its witnesses, so it could not tell."),
    STALE(86, "No check has told anything about the service for several periods."),

    NO_RESULT_YET(90, "The service has not been checked yet."),
    SUSPENDED(91, "Checks are suspended."),
    RESUMED(92, "Checks were resumed; the first result is awaited."),
    SECRET_UNREADABLE(94, "A secret that the definition refers to cannot be decrypted by the worker."),
    PROBE_NOT_SUPPORTED(93, "This kind of probe is not supported by the worker.");

    private static final Reason[] BY_CODE = new Reason[100];

    static {
        for (Reason reason : values()) {
            BY_CODE[reason.code] = reason;
        }
    }

    private final int code;
    private final String explanation;

    Reason(int code, String explanation) {
        this.code = code;
        this.explanation = explanation;
    }

    /** As stored, 0 to 99. */
    public int code() {
        return code;
    }

    /** One sentence for a person. */
    public String explanation() {
        return explanation;
    }

    public static Reason of(int code) {
        Reason reason = code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
        if (reason == null) {
            throw new IllegalArgumentException("reason is %d; there is no such reason".formatted(code));
        }
        return reason;
    }
}
