package io.healthchecker.worker.probe.dns;

import io.healthchecker.core.check.Reason;
import io.healthchecker.worker.dial.Phase;
import io.healthchecker.worker.dial.Target;
import io.healthchecker.worker.http1.AnswerDecoder;
import io.healthchecker.worker.http1.Body;
import io.healthchecker.worker.http1.MalformedAnswer;
import io.healthchecker.worker.probe.Attempt;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;

/** As a request of HTTP/1.1 (RFC 8484). */
final class HttpsExchange extends Exchange {
    private static final int HTTPS = 443;
    private static final int OK = 200;

    private final byte[] question;
    private final Target target;
    private final String path;
    private final Body body = new Body(true);
    private final AnswerDecoder decoder = new AnswerDecoder(false, body);

    HttpsExchange(Attempt attempt, Channel channel, Asking asking, byte[] question, Target target, String path) {
        super(attempt, channel, asking);
        this.question = question;
        this.target = target;
        this.path = path;
    }

    @Override
    void send() {
        String name = target.tls() == null ? target.host() : target.tls().serverName();
        String host = name.indexOf(':') < 0 ? name : "[" + name + "]";
        String head = """
                POST %s HTTP/1.1\r
                Host: %s%s\r
                Content-Type: application/dns-message\r
                Accept: application/dns-message\r
                Content-Length: %d\r
                Connection: close\r
                \r
                """.formatted(path, host, target.port() == HTTPS ? "" : ":" + target.port(), question.length);
        byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
        ByteBuf request = channel().alloc().buffer(bytes.length + question.length);
        channel()
                .writeAndFlush(
                        request.writeBytes(bytes).writeBytes(question),
                        channel().voidPromise());
    }

    @Override
    void end() {
        body.close();
        super.end();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (!isOver()) {
                attempt().clock().enter(Phase.TRANSFER);
                byte[] received = ByteBufUtil.getBytes(bytes);
                decoder.feed(received, 0, received.length);
                if (decoder.done()) {
                    answered();
                }
            }
        } catch (MalformedAnswer e) {
            fail(e.reason(), e.text());
        } finally {
            bytes.release();
        }
    }

    private void answered() {
        if (decoder.head().status() == OK) {
            message(body.content());
            fail(Reason.PROTOCOL_ERROR, "the answer is not one to this question");
        } else {
            fail(
                    Reason.PROTOCOL_ERROR,
                    "%s answers with the status %d"
                            .formatted(path, decoder.head().status()));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (isOver()) {
            return;
        }
        try {
            decoder.end();
            answered();
        } catch (MalformedAnswer e) {
            fail(e.reason(), e.text());
        }
    }
}
