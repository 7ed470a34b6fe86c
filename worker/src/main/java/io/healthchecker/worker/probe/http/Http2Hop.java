package io.healthchecker.worker.probe.http;

import io.healthchecker.core.assertion.Header;
import io.healthchecker.core.check.Reason;
import io.healthchecker.worker.http1.Body;
import io.healthchecker.worker.http1.Head;
import io.healthchecker.worker.http1.MalformedAnswer;
import io.healthchecker.worker.http2.Http2Answer;
import io.healthchecker.worker.http2.Http2Exchange;
import io.healthchecker.worker.http2.Http2Request;
import io.healthchecker.worker.probe.Attempt;
import io.netty.channel.Channel;
import java.util.List;

/** One request and its answer as a stream of HTTP/2. */
final class Http2Hop implements Hop, Http2Answer {
    private final Channel channel;
    private final Chase chase;
    private final Body body;
    private final Http2Exchange exchange;
    private Head head = new Head();
    private boolean over;

    Http2Hop(Attempt attempt, Channel channel, Chase chase, boolean keepBody) {
        this.channel = channel;
        this.chase = chase;
        this.body = new Body(keepBody);
        this.exchange = new Http2Exchange(attempt.lane(), channel, attempt.clock(), this);
    }

    void send(Http2Request request) {
        exchange.send(request);
    }

    @Override
    public void head(Head answered) throws MalformedAnswer {
        head = answered;
        if (chase.follows(answered)) {
            abandon();
            chase.redirected(answered);
            return;
        }
        body.coded(answered.first("content-encoding"));
    }

    @Override
    public void content(byte[] bytes, int from, int to) throws MalformedAnswer {
        body.add(bytes, from, to);
        if (body.full()) {
            finish();
        }
    }

    @Override
    public void end(List<Header> trailers) throws MalformedAnswer {
        finish();
    }

    private void finish() throws MalformedAnswer {
        if (!over) {
            body.end();
            over = true;
            chase.answered(head, body.content(), channel);
            close();
        }
    }

    @Override
    public void failed(Reason reason, String detail) {
        if (!over) {
            over = true;
            chase.failed(reason, detail);
            close();
        }
    }

    @Override
    public void unable(String detail) {
        if (!over) {
            over = true;
            chase.unable(detail);
            close();
        }
    }

    @Override
    public void abandon() {
        over = true;
        close();
    }

    private void close() {
        body.close();
        exchange.close();
    }

    @Override
    public int status() {
        return head.status();
    }
}
