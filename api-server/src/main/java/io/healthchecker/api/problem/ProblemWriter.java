package io.healthchecker.api.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;

/** Turns a problem into the answer. */
public final class ProblemWriter {
    /** RFC 9457. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private final JsonMapper mapper;

    public ProblemWriter(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** Answers a request; does nothing where the answer has already begun. */
    public void write(HttpServletRequest request, HttpServletResponse response, ProblemException problem)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        problem.headers().forEach(response::setHeader);
        response.setHeader(RequestId.HEADER, RequestId.of(request));
        response.setHeader("Cache-Control", "no-store");
        response.setStatus(problem.type().status());
        response.setContentType(MEDIA_TYPE);
        byte[] body = mapper.writeValueAsBytes(body(request, problem));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static Problem body(HttpServletRequest request, ProblemException problem) {
        ProblemType type = problem.type();
        return new Problem(
                type.uri(),
                type.title(),
                type.status(),
                problem.detail(),
                request.getRequestURI(),
                RequestId.of(request),
                problem.errors());
    }
}
