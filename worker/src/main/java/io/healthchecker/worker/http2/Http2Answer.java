package io.healthchecker.worker.http2;

import io.healthchecker.core.assertion.Header;
import io.healthchecker.core.check.Reason;
import io.healthchecker.worker.http1.Head;
import io.healthchecker.worker.http1.MalformedAnswer;
import java.util.List;

/** Who is told what comes as the answer, in order: a head, content, an end; or at any time a failure, and nothing after it. */
public interface Http2Answer {
    void head(Head head) throws MalformedAnswer;

    /** The bytes are the reader's own again afterwards. */
    void content(byte[] bytes, int from, int to) throws MalformedAnswer;

    /** With the headers that stand behind the content, mostly none. */
    void end(List<Header> trailers) throws MalformedAnswer;

    void failed(Reason reason, String detail);

    /** Nothing can be said of the target, since we could not handle what it said. */
    void unable(String detail);
}
