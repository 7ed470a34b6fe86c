package io.healthchecker.worker.probe.websocket;

import io.healthchecker.core.assertion.Excerpt;
import io.healthchecker.core.check.Reason;
import io.healthchecker.worker.dial.Phase;
import io.healthchecker.worker.http1.AnswerDecoder;
import io.healthchecker.worker.http1.Body;
import io.healthchecker.worker.http1.Head;
import io.healthchecker.worker.http1.MalformedAnswer;
import io.healthchecker.worker.probe.Attempt;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Locale;

/** Reads what the server answers to the request for a WebSocket (RFC 6455 §4.1); what comes behind it is passed on. */
final class Opening extends ChannelInboundHandlerAdapter {
    private final Visit visit;
    private final Attempt attempt;
    private final OpeningKey key;
    private final AnswerDecoder decoder = new AnswerDecoder(false, new Body(false));
    private boolean answering;

    Opening(Visit visit, Attempt attempt, OpeningKey key) {
        this.visit = visit;
        this.attempt = attempt;
        this.key = key;
    }

    /** Status of the answer, 0 before there is one. */
    int status() {
        return decoder.head().status();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (!visit.over()) {
                read(context, bytes);
            }
        } catch (MalformedAnswer e) {
            visit.failed(e.reason(), e.text());
        } finally {
            bytes.release();
        }
    }

    private void read(ChannelHandlerContext context, ByteBuf bytes) throws MalformedAnswer {
        if (!answering) {
            answering = true;
            attempt.clock().enter(Phase.TRANSFER);
        }
        byte[] scratch = attempt.lane().scratch();
        while (bytes.isReadable() && !decoder.headComplete()) {
            int count = Math.min(bytes.readableBytes(), scratch.length);
            bytes.getBytes(bytes.readerIndex(), scratch, 0, count);
            bytes.skipBytes(decoder.feed(scratch, 0, count));
        }
        if (decoder.headComplete()) {
            judge(decoder.head());
            visit.opened(context.channel());
            if (bytes.isReadable()) {
                context.fireChannelRead(bytes.retainedSlice());
            }
            context.pipeline().remove(this);
        }
    }

    private void judge(Head head) throws MalformedAnswer {
        if (head.status() != 101) {
            throw new MalformedAnswer(
                    Reason.WEBSOCKET_REFUSED, "the status is %d; 101 opens a WebSocket".formatted(head.status()));
        }
        if (!has(head, "upgrade", "websocket") || !has(head, "connection", "upgrade")) {
            throw new MalformedAnswer(Reason.PROTOCOL_ERROR, "the answer does not upgrade to a WebSocket");
        }
        String accept = head.first("sec-websocket-accept");
        if (accept == null || !accept.strip().equals(key.accept())) {
            throw new MalformedAnswer(
                    Reason.PROTOCOL_ERROR,
                    "Sec-WebSocket-Accept is %s; it does not belong to this request"
                            .formatted(accept == null ? "absent" : "\"" + Excerpt.of(accept, 60) + "\""));
        }
        if (head.first("sec-websocket-extensions") != null) {
            throw new MalformedAnswer(Reason.PROTOCOL_ERROR, "the server chose an extension that was not offered");
        }
        subprotocol(head.first("sec-websocket-protocol"));
    }

    private void subprotocol(@org.jspecify.annotations.Nullable String chosen) throws MalformedAnswer {
        String wanted = visit.prober().subprotocol();
        String shown = chosen == null ? "none" : "\"" + Excerpt.of(chosen, 60) + "\"";
        if (wanted == null && chosen != null) {
            throw new MalformedAnswer(
                    Reason.PROTOCOL_ERROR,
                    "the server chose the subprotocol %s, and none was offered".formatted(shown));
        }
        if (wanted != null && !wanted.equals(chosen)) {
            throw new MalformedAnswer(
                    Reason.ASSERTION_FAILED, "subprotocol (%s) is not \"%s\"".formatted(shown, wanted));
        }
    }

    private static boolean has(Head head, String name, String token) {
        String value = head.first(name);
        return value != null && value.toLowerCase(Locale.ROOT).contains(token);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        try {
            decoder.end();
            visit.failed(Reason.CONNECTION_CLOSED, "closed instead of opening a WebSocket");
        } catch (MalformedAnswer e) {
            visit.failed(e.reason(), e.text());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
        Broken.tell(visit, thrown, answering ? "reset in the middle of the answer" : "reset without an answer");
    }
}
