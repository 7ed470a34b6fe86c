package io.healthchecker.worker.http2;

import io.healthchecker.core.assertion.Excerpt;
import io.healthchecker.core.assertion.Header;
import io.healthchecker.core.check.Reason;
import io.healthchecker.worker.dial.Lane;
import io.healthchecker.worker.dial.Phase;
import io.healthchecker.worker.dial.PhaseClock;
import io.healthchecker.worker.dial.TlsFailure;
import io.healthchecker.worker.http1.AnswerDecoder;
import io.healthchecker.worker.http1.Head;
import io.healthchecker.worker.http1.MalformedAnswer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2ChannelDuplexHandler;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One request and its answer as the only stream of a connection, which is closed when the caller has enough. */
public final class Http2Exchange extends Http2ChannelDuplexHandler {
    private static final int MAX_LINES = 4_096;

    private final Lane lane;
    private final Channel channel;
    private final PhaseClock clock;
    private final Http2Answer answer;
    private @Nullable Http2FrameStream stream;
    private int headerBytes;
    private boolean answering;
    private boolean headComplete;
    private boolean over;

    public Http2Exchange(Lane lane, Channel channel, PhaseClock clock, Http2Answer answer) {
        this.lane = lane;
        this.channel = channel;
        this.clock = clock;
        this.answer = answer;
    }

    /** Begins to speak HTTP/2 on a connection on which nothing was said yet. */
    public void send(Http2Request request) {
        Http2Settings settings =
                Http2Settings.defaultSettings().pushEnabled(false).maxHeaderListSize(AnswerDecoder.MAX_HEADER_BYTES);
        channel.pipeline()
                .addLast(
                        new Preface(this),
                        Http2FrameCodecBuilder.forClient()
                                .initialSettings(settings)
                                .flushPreface(false) // all at once, or a target may close in between
                                .gracefulShutdownTimeoutMillis(0) // with the last byte nothing is waited for
                                .build(),
                        this);
        clock.enter(Phase.RESPONSE);
        Http2FrameStream opened = newStream();
        stream = opened;
        boolean empty = request.body().length == 0;
        channel.write(new DefaultHttp2HeadersFrame(request.encode(), empty).stream(opened));
        if (!empty) {
            ByteBuf body = channel.alloc().directBuffer(request.body().length).writeBytes(request.body());
            channel.write(new DefaultHttp2DataFrame(body, true).stream(opened));
        }
        channel.flush();
    }

    /** Ends it without another word. */
    public void close() {
        over = true;
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (!over) {
                read(context, message);
            }
        } catch (MalformedAnswer e) {
            fail(e.reason(), e.text());
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(ChannelHandlerContext context, Object message) throws MalformedAnswer {
        switch (message) {
            case Http2HeadersFrame frame -> headers(frame);
            case Http2DataFrame frame -> content(context, frame);
            case Http2ResetFrame frame -> reset(frame.errorCode());
            case Http2GoAwayFrame frame -> away(frame);
            default -> {} // settings, pings, frames that nobody knows; of other streams there are none
        }
    }

    private void headers(Http2HeadersFrame frame) throws MalformedAnswer {
        if (!answering) {
            answering = true;
            clock.enter(Phase.TRANSFER);
        }
        List<Header> lines = lines(frame.headers());
        if (headComplete) {
            answer.end(lines);
            return;
        }
        int status = status(frame.headers());
        if (status >= 200 || status == 101) {
            headComplete = true;
            answer.head(Head.of(status, lines));
            if (frame.isEndStream() && !over) {
                answer.end(List.of());
            }
        } else if (frame.isEndStream()) {
            throw new MalformedAnswer(Reason.PROTOCOL_ERROR, "the answer ends with the interim status " + status);
        }
    }

    private static int status(Http2Headers headers) throws MalformedAnswer {
        String status = String.valueOf(headers.status());
        if (!status.matches("[1-9][0-9]{2}")) {
            throw new MalformedAnswer(
                    Reason.PROTOCOL_ERROR, "the answer's :status is \"%s\"".formatted(Excerpt.of(status, 60)));
        }
        return Integer.parseInt(status);
    }

    private List<Header> lines(Http2Headers headers) throws MalformedAnswer {
        List<Header> lines = new ArrayList<>(headers.size());
        for (Map.Entry<CharSequence, CharSequence> header : headers) {
            String name = header.getKey().toString();
            String value = header.getValue().toString();
            headerBytes += name.length() + value.length() + 32; // as RFC 9113 §6.5.2 counts
            if (headerBytes > AnswerDecoder.MAX_HEADER_BYTES || lines.size() == MAX_LINES) {
                throw new MalformedAnswer(
                        Reason.HEADERS_TOO_LARGE,
                        "more than %d bytes or %d lines of headers"
                                .formatted(AnswerDecoder.MAX_HEADER_BYTES, MAX_LINES));
            }
            if (!name.startsWith(":")) {
                lines.add(new Header(name, value));
            }
        }
        return lines;
    }

    private void content(ChannelHandlerContext context, Http2DataFrame frame) throws MalformedAnswer {
        ByteBuf bytes = frame.content();
        byte[] scratch = lane.scratch();
        while (bytes.isReadable() && !over) {
            int count = Math.min(bytes.readableBytes(), scratch.length);
            bytes.readBytes(scratch, 0, count);
            answer.content(scratch, 0, count);
        }
        if (over) {
            return;
        }
        if (frame.isEndStream()) {
            answer.end(List.of());
        } else {
            context.writeAndFlush(
                    new DefaultHttp2WindowUpdateFrame(frame.initialFlowControlledBytes()).stream(frame.stream()));
        }
    }

    private void reset(long code) {
        if (code == Http2Error.HTTP_1_1_REQUIRED.code()) {
            fail(Reason.PROTOCOL_ERROR, "the target wants HTTP/1.1 for this");
        } else {
            fail(Reason.CONNECTION_RESET, "the target reset the stream: " + name(code));
        }
    }

    // what it answers to streams up to the last one that it names is still to come
    private void away(Http2GoAwayFrame frame) {
        Http2FrameStream ours = stream;
        if (ours != null && frame.lastStreamId() < ours.id()) {
            String said = frame.content().toString(StandardCharsets.UTF_8);
            fail(
                    Reason.CONNECTION_CLOSED,
                    "the target said goodbye: %s%s"
                            .formatted(name(frame.errorCode()), said.isEmpty() ? "" : " " + said));
        }
    }

    private static String name(long code) {
        Http2Error error = Http2Error.valueOf(code);
        return error == null ? "error " + code : error.name();
    }

    void fail(Reason reason, String detail) {
        if (!over) {
            over = true;
            answer.failed(reason, detail);
            channel.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        fail(
                Reason.CONNECTION_CLOSED,
                answering ? "closed in the middle of the answer" : "closed without an answer in HTTP/2");
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
        Throwable inner = thrown instanceof Http2FrameStreamException ? thrown.getCause() : null;
        Throwable cause = inner == null ? thrown : inner;
        String said = String.valueOf(cause.getMessage());
        if (cause instanceof SSLException || cause.getCause() instanceof SSLException) {
            TlsFailure failure = TlsFailure.of(cause);
            fail(failure.reason(), failure.text());
        } else if (cause instanceof Http2Exception.HeaderListSizeException
                || (cause instanceof Http2Exception && said.startsWith("Header size exceeded"))) {
            fail(Reason.HEADERS_TOO_LARGE, "more than %d bytes of headers".formatted(AnswerDecoder.MAX_HEADER_BYTES));
        } else if (cause instanceof Http2Exception) {
            fail(Reason.PROTOCOL_ERROR, "the answer breaks the rules of HTTP/2: " + Excerpt.of(said, 200));
        } else if (cause instanceof IOException && said.contains("reset")) {
            fail(Reason.CONNECTION_RESET, answering ? "reset in the middle of the answer" : "reset without an answer");
        } else if (!(cause instanceof IOException) && !over) {
            over = true;
            answer.unable("the answer could not be handled: " + cause);
            channel.close();
        } // what could not be written whole may have its answer all the same; else the connection closes
    }
}
