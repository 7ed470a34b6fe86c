package io.healthchecker.api.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.web.filter.OncePerRequestFilter;

/** No body is larger than a megabyte: refused by its announced length, or when too much has come. */
public final class BodyLimit extends OncePerRequestFilter {
    /** Largest body in bytes. */
    public static final int BYTES = 1_048_576;

    // a refused body is still taken in up to here, or the caller would see a broken pipe instead of our answer
    private static final int DRAINED = 8 * BYTES;

    private final ProblemWriter writer;

    public BodyLimit(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() <= BYTES) {
            chain.doFilter(request, response);
            return;
        }
        drain(request.getInputStream());
        writer.write(request, response, tooLarge());
    }

    /** A whole body, if it is not too large. */
    public static byte[] read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(BYTES + 1);
        if (bytes.length > BYTES) {
            drain(body);
            throw tooLarge();
        }
        return bytes;
    }

    private static void drain(InputStream body) throws IOException {
        byte[] sink = new byte[16_384];
        int taken = 0;
        int count;
        while (taken < DRAINED && (count = body.read(sink)) >= 0) {
            taken += count;
        }
    }

    private static ProblemException tooLarge() {
        return new ProblemException(
                        ProblemType.TOO_LARGE, "the body has more than %d bytes; send less".formatted(BYTES))
                .withHeader("Connection", "close");
    }
}
