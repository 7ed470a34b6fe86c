package io.healthchecker.api.web;

import io.healthchecker.api.problem.Problem;
import io.healthchecker.api.problem.ProblemType;
import io.healthchecker.api.problem.ProblemWriter;
import io.healthchecker.api.problem.RequestId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Says what Jetty itself refuses, before any filter sees it, as a problem: a request that is no HTTP, a header too large. */
final class JettyProblems extends ErrorHandler {
    private final JsonMapper mapper;

    JettyProblems(JsonMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        String id = UUID.randomUUID().toString();
        ProblemType type = ProblemType.forStatus(code);
        String detail = code < 500 && message != null ? message : type.title();
        var problem = new Problem(
                type.uri(), type.title(), code, detail, request.getHttpURI().getPath(), id, List.of());
        response.setStatus(code);
        response.getHeaders().put(RequestId.HEADER, id);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemWriter.MEDIA_TYPE);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.write(true, ByteBuffer.wrap(mapper.writeValueAsBytes(problem)), callback);
    }
}
