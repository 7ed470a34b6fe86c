package io.healthchecker.api.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingRequestValueException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Gives every exception that leaves a controller the form of a problem. */
public final class ProblemResolver implements HandlerExceptionResolver {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemResolver.class);
    private static final int SHOWN = 60;

    private final ProblemWriter writer;

    public ProblemResolver(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception exception) {
        try {
            if (!callerIsGone(exception)) {
                writer.write(request, response, problemOf(request, exception));
            }
        } catch (IOException gone) {
            LOG.debug("answer not written request={} reason={}", RequestId.of(request), gone.toString());
        }
        return new ModelAndView();
    }

    /** What an exception means to the caller. Only a fault of ours is logged. */
    ProblemException problemOf(HttpServletRequest request, Exception exception) {
        return switch (exception) {
            case ProblemException problem -> problem;
            case HttpRequestMethodNotSupportedException e -> methodNotAllowed(request, e);
            case HttpMediaTypeNotSupportedException e -> mediaType(e);
            case HttpMediaTypeNotAcceptableException e ->
                new ProblemException(
                        ProblemType.NOT_ACCEPTABLE,
                        "Accept is %s; answers here are application/json"
                                .formatted(shorten(String.valueOf(request.getHeader("Accept")))));
            case NoResourceFoundException _ ->
                ProblemException.notFound("%s %s leads nowhere; the addresses are listed at /swagger/index.html"
                        .formatted(request.getMethod(), shorten(request.getRequestURI())));
            case MethodArgumentTypeMismatchException e -> mismatch(e);
            case MissingServletRequestParameterException e ->
                ProblemException.badParameter(
                        e.getParameterName(), "%s is missing; it is required here".formatted(e.getParameterName()));
            // what is there is read by StrictJson, which says itself what is wrong
            case HttpMessageNotReadableException _ -> StrictJson.emptyBody();
            case MissingRequestValueException e -> ProblemException.malformed(String.valueOf(e.getMessage()));
            case DataAccessException e
            when saysNul(e) -> ProblemException.malformed("the request contains the character NUL; remove it");
            case DataAccessResourceFailureException e -> unavailable(e);
            case TransientDataAccessException e -> unavailable(e);
            case CannotCreateTransactionException e -> unavailable(e);
            case ErrorResponse e
            when e.getStatusCode().is4xxClientError() ->
                new ProblemException(
                        ProblemType.forStatus(e.getStatusCode().value()),
                        String.valueOf(e.getBody().getDetail()));
            case Exception e
            when e instanceof HttpException http && http.getCode() < 500 ->
                ProblemException.malformed("the address or a header cannot be read: %s".formatted(http.getReason()));
            default -> fault(exception);
        };
    }

    private static ProblemException methodNotAllowed(
            HttpServletRequest request, HttpRequestMethodNotSupportedException exception) {
        String[] supported = exception.getSupportedMethods();
        String allowed = supported == null ? "" : String.join(", ", new TreeSet<>(Set.of(supported)));
        return new ProblemException(
                        ProblemType.METHOD_NOT_ALLOWED,
                        "%s is not known at %s; use %s"
                                .formatted(shorten(request.getMethod()), shorten(request.getRequestURI()), allowed))
                .withHeader("Allow", allowed);
    }

    private static ProblemException mediaType(HttpMediaTypeNotSupportedException exception) {
        MediaType found = exception.getContentType();
        String supported = exception.getSupportedMediaTypes().stream()
                .map(MediaType::toString)
                .filter(type -> type.startsWith("application/") && type.endsWith("json"))
                .distinct()
                .collect(Collectors.joining(" or "));
        String wanted = supported.isEmpty() ? "application/json" : supported;
        return new ProblemException(
                        ProblemType.UNSUPPORTED_MEDIA_TYPE,
                        "Content-Type",
                        found == null
                                ? "Content-Type is missing; send %s".formatted(wanted)
                                : "Content-Type is %s; send %s".formatted(shorten(found.toString()), wanted))
                .withHeader("Accept", wanted);
    }

    private static ProblemException mismatch(MethodArgumentTypeMismatchException exception) {
        String name = exception.getName();
        Class<?> type = exception.getRequiredType();
        String wanted = type == null || Number.class.isAssignableFrom(type) || type.isPrimitive()
                ? "a whole number"
                : "a " + type.getSimpleName();
        String message =
                "%s is %s; it must be %s".formatted(name, shorten(String.valueOf(exception.getValue())), wanted);
        return exception.getParameter().hasParameterAnnotation(PathVariable.class)
                ? ProblemException.notFound(message)
                : ProblemException.badParameter(name, message);
    }

    private static ProblemException unavailable(Exception exception) {
        LOG.warn(
                "request refused, storage is away reason={}",
                NestedExceptionUtils.getMostSpecificCause(exception).toString());
        return new ProblemException(
                        ProblemType.UNAVAILABLE,
                        "the database does not answer at the moment; try again in a few seconds")
                .withHeader("Retry-After", "5");
    }

    private static ProblemException fault(Exception exception) {
        LOG.error("request failed", exception);
        return new ProblemException(
                ProblemType.FAULT, "something failed on our side; quote the request id when asking for help");
    }

    // PostgreSQL stores no NUL; a parameter of the address may say one as %00
    private static boolean saysNul(DataAccessException exception) {
        return NestedExceptionUtils.getMostSpecificCause(exception) instanceof SQLException sql
                && "22021".equals(sql.getSQLState());
    }

    private static boolean callerIsGone(Exception exception) {
        return exception instanceof AsyncRequestNotUsableException || exception instanceof EOFException;
    }

    private static String shorten(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
