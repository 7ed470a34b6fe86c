package io.healthchecker.api.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request that cannot be answered as asked, in the words of the answer. */
public final class ProblemException extends RuntimeException {
    private final ProblemType type;
    private final String detail;
    private final List<FieldError> errors;
    private final Map<String, String> headers;

    private ProblemException(ProblemType type, String detail, List<FieldError> errors, Map<String, String> headers) {
        super(detail, null, false, false); // it is an answer, not a fault: no trace
        this.type = type;
        this.detail = detail;
        this.errors = List.copyOf(errors);
        this.headers = Map.copyOf(headers);
    }

    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of(), Map.of());
    }

    /** A problem that one field causes; the message is also the detail. */
    public ProblemException(ProblemType type, String field, String message) {
        this(type, message, List.of(new FieldError(field, message)), Map.of());
    }

    /** Fields that are wrong, at least one. */
    public static ProblemException invalid(List<FieldError> errors) {
        return new ProblemException(ProblemType.INVALID, errors.getFirst().message() + more(errors), errors, Map.of());
    }

    public static ProblemException invalid(String field, String message) {
        return new ProblemException(ProblemType.INVALID, field, message);
    }

    /** A query parameter or header that is wrong. */
    public static ProblemException badParameter(String name, String message) {
        return new ProblemException(ProblemType.BAD_PARAMETER, name, message);
    }

    /** Query parameters that are wrong, at least one. */
    public static ProblemException badParameters(List<FieldError> errors) {
        return new ProblemException(
                ProblemType.BAD_PARAMETER, errors.getFirst().message() + more(errors), errors, Map.of());
    }

    private static String more(List<FieldError> errors) {
        return errors.size() == 1 ? "" : " (and %d more)".formatted(errors.size() - 1);
    }

    public static ProblemException malformed(String detail) {
        return new ProblemException(ProblemType.MALFORMED, detail);
    }

    /** What does not exist, or exists for others only: the two are never told apart. */
    public static ProblemException notFound(String detail) {
        return new ProblemException(ProblemType.NOT_FOUND, detail);
    }

    public static ProblemException forbidden(String detail) {
        return new ProblemException(ProblemType.FORBIDDEN, detail);
    }

    public static ProblemException conflict(String detail) {
        return new ProblemException(ProblemType.CONFLICT, detail);
    }

    public static ProblemException conflict(String field, String message) {
        return new ProblemException(ProblemType.CONFLICT, field, message);
    }

    /** The same problem with a header in its answer. */
    public ProblemException withHeader(String name, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new ProblemException(type, detail, errors, all);
    }

    public ProblemType type() {
        return type;
    }

    public String detail() {
        return detail;
    }

    public List<FieldError> errors() {
        return errors;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
