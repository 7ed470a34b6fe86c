package io.healthchecker.api.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import tools.jackson.databind.node.ObjectNode;

/** Reads the bodies of our own requests by {@link StrictJson}; other types are left to others. */
public final class StrictBodies extends AbstractHttpMessageConverter<Object> {
    private static final String OURS = "io.healthchecker.";

    private final StrictJson json;

    public StrictBodies(StrictJson json) {
        super(MediaType.APPLICATION_JSON, MediaType.valueOf("application/merge-patch+json"));
        this.json = json;
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type.getName().startsWith(OURS) || type == ObjectNode.class;
    }

    @Override
    protected boolean canWrite(@Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected Object readInternal(Class<? extends Object> type, HttpInputMessage message) throws IOException {
        MediaType contentType = message.getHeaders().getContentType();
        if (contentType != null
                && contentType.getCharset() != null
                && !StandardCharsets.UTF_8.equals(contentType.getCharset())) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Type",
                    "charset is %s; JSON is UTF-8".formatted(contentType.getCharset()));
        }
        byte[] body = BodyLimit.read(message.getBody());
        return type == ObjectNode.class ? json.tree(body) : json.read(body, type);
    }

    @Override
    protected void writeInternal(Object value, HttpOutputMessage message) {
        throw new UnsupportedOperationException("reads only");
    }
}
