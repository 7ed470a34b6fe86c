package io.healthchecker.api.problem;

/** The kinds of problem that an answer can name; programs tell them apart by {@link #uri()}. */
public enum ProblemType {
    MALFORMED(400, "malformed", "The request cannot be read"),
    BAD_PARAMETER(400, "bad-parameter", "A parameter is wrong"),
    UNAUTHENTICATED(401, "unauthenticated", "Sign in first"),
    FORBIDDEN(403, "forbidden", "Not allowed"),
    NOT_FOUND(404, "not-found", "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "This address does not know that method"),
    NOT_ACCEPTABLE(406, "not-acceptable", "The answer cannot be given in that form"),
    CONFLICT(409, "conflict", "It collides with what is there"),
    VERSION_MISMATCH(412, "version-mismatch", "It has changed since it was read"),
    TOO_LARGE(413, "too-large", "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type", "The body must be JSON"),
    INVALID(422, "invalid", "Some fields are wrong"),
    TOO_MANY_REQUESTS(429, "too-many-requests", "Too many requests"),
    FAULT(500, "fault", "Something failed on our side"),
    UNAVAILABLE(503, "unavailable", "Not available right now");

    private final int status;
    private final String slug;
    private final String title;

    ProblemType(int status, String slug, String title) {
        this.status = status;
        this.slug = slug;
        this.title = title;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String uri() {
        return "urn:health-checker:problem:" + slug;
    }

    /** The kind for a status that somebody else decided; 4xx without a kind of its own is a malformed request. */
    public static ProblemType forStatus(int status) {
        if (status == 400) {
            return MALFORMED;
        }
        for (ProblemType type : values()) {
            if (type.status == status) {
                return type;
            }
        }
        return status >= 500 ? FAULT : MALFORMED;
    }
}
