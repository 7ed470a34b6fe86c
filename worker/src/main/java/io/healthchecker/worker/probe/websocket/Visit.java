package io.healthchecker.worker.probe.websocket;

import io.healthchecker.core.assertion.Answer;
import io.healthchecker.core.check.Reason;
import io.healthchecker.worker.dial.Caller;
import io.healthchecker.worker.dial.Connection;
import io.healthchecker.worker.dial.Dial;
import io.healthchecker.worker.dial.Phase;
import io.healthchecker.worker.probe.Attempt;
import io.healthchecker.worker.probe.Undertaking;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import org.jspecify.annotations.Nullable;

/** One check: from the dial over the opening to the last message. */
final class Visit implements Caller, Undertaking {
    private static final int MAX_FRAME = 262_144;

    private final WebsocketProber prober;
    private final Attempt attempt;
    private @Nullable Dial dial;
    private @Nullable Channel channel;
    private @Nullable Opening opening;
    private @Nullable Talk talk;
    private boolean over;

    Visit(WebsocketProber prober, Attempt attempt) {
        this.prober = prober;
        this.attempt = attempt;
    }

    void begin() {
        dial = prober.dialer().dial(attempt.lane(), prober.target(), prober.route(), attempt.clock(), this);
    }

    @Override
    public void connected(Channel connection) {
        channel = connection;
        OpeningKey key = OpeningKey.random();
        Opening opens = new Opening(this, attempt, key);
        opening = opens;
        connection.pipeline().addLast(opens);
        attempt.clock().enter(Phase.RESPONSE);
        byte[] request = prober.request(key);
        connection.writeAndFlush(
                connection.alloc().directBuffer(request.length).writeBytes(request), connection.voidPromise());
    }

    /** The WebSocket is open. */
    void opened(Channel connection) {
        WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(MAX_FRAME)
                .expectMaskedFrames(false)
                .closeOnProtocolViolation(false) // the talk says what was wrong
                .build();
        Talk talks = new Talk(this, prober);
        talk = talks;
        connection.pipeline().addLast(new WebSocket13FrameEncoder(true), new WebSocket13FrameDecoder(config), talks);
        talks.begin(connection);
    }

    /** All that was wanted was there. */
    void answered(Channel connection) {
        over = true;
        attempt.answered(
                Answer.connected(Connection.facts(connection, attempt.looksAtCertificate(prober.certificate()))));
    }

    WebsocketProber prober() {
        return prober;
    }

    boolean over() {
        return over;
    }

    @Override
    public void failed(Reason reason, String detail) {
        // a dial says where it was
        failed(reason, detail, channel == null || dial == null ? "" : dial.whereabouts());
    }

    private void failed(Reason reason, String detail, String where) {
        if (!over) {
            over = true;
            attempt.failed(reason, where.isEmpty() ? detail : detail + " " + where);
            close();
        }
    }

    /** It failed while a message was waited for. */
    void failedWaiting(Reason reason, String detail) {
        failed(reason, detail, whereabouts());
    }

    @Override
    public void unable(String detail) {
        if (!over) {
            over = true;
            attempt.unable(detail);
            close();
        }
    }

    @Override
    public void abandon() {
        over = true;
        if (dial != null) {
            dial.abandon();
        }
        close();
    }

    private void close() {
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public String whereabouts() {
        String where = dial == null ? "" : dial.whereabouts();
        return talk == null ? where : where + talk.progress();
    }

    @Override
    public int status() {
        return opening == null ? 0 : opening.status();
    }
}
