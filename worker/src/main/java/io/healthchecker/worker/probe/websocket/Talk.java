package io.healthchecker.worker.probe.websocket;

import io.healthchecker.core.assertion.Answer;
import io.healthchecker.core.assertion.Excerpt;
import io.healthchecker.core.check.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The messages over an open WebSocket, until one is as wanted or too many were not. */
final class Talk extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final int MAX_MESSAGES = 16;

    private final Visit visit;
    private final WebsocketProber prober;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream(); // its first MAX_BODY bytes
    private boolean text;
    private boolean cut;
    private int others;

    Talk(Visit visit, WebsocketProber prober) {
        this.visit = visit;
        this.prober = prober;
    }

    void begin(Channel channel) {
        if (prober.message() != null) {
            channel.writeAndFlush(new TextWebSocketFrame(prober.message()));
        }
        if (prober.wanted() == null) {
            end(channel);
        }
    }

    private void end(Channel channel) {
        visit.answered(channel);
        channel.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE))
                .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        if (visit.over()) {
            return;
        }
        switch (frame) {
            case PingWebSocketFrame ping ->
                context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
            case CloseWebSocketFrame close -> closed(close);
            case TextWebSocketFrame first -> begins(context, first, true);
            case BinaryWebSocketFrame first -> begins(context, first, false);
            case ContinuationWebSocketFrame more -> add(context, more);
            default -> {} // a pong that nobody asked for
        }
    }

    private void begins(ChannelHandlerContext context, WebSocketFrame first, boolean isText) {
        message.reset();
        text = isText;
        cut = false;
        add(context, first);
    }

    private void add(ChannelHandlerContext context, WebSocketFrame frame) {
        ByteBuf content = frame.content();
        int count = Math.min(content.readableBytes(), Answer.MAX_BODY - message.size());
        cut |= count < content.readableBytes();
        byte[] bytes = new byte[count];
        content.readBytes(bytes);
        message.writeBytes(bytes);
        if (frame.isFinalFragment()) {
            judge(context);
        }
    }

    private void judge(ChannelHandlerContext context) {
        WantedMessage wanted = prober.wanted();
        if (wanted == null) {
            return;
        }
        if (text && !cut && !isUtf8(message.toByteArray())) {
            visit.failed(Reason.PROTOCOL_ERROR, "a text message is not UTF-8");
        } else if (wanted.isMetBy(message.toString(StandardCharsets.UTF_8))) {
            end(context.channel());
        } else if (++others == MAX_MESSAGES) {
            visit.failed(Reason.ASSERTION_FAILED, "none of the first %d messages %s".formatted(MAX_MESSAGES, wanted));
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private void closed(CloseWebSocketFrame close) {
        String words = close.reasonText().isBlank() ? "" : " (%s)".formatted(Excerpt.of(close.reasonText(), 100));
        String code = close.statusCode() < 0 ? "without a code" : "with code " + close.statusCode();
        visit.failedWaiting(Reason.CONNECTION_CLOSED, "the server closed the WebSocket %s%s".formatted(code, words));
    }

    /** What is still missing, to stand behind where we are. */
    String progress() {
        return ", waiting for a message that %s; %s"
                .formatted(prober.wanted(), others == 0 ? "none came" : "%d came that do not".formatted(others));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        visit.failedWaiting(Reason.CONNECTION_CLOSED, "closed");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
        Broken.tell(visit, thrown, "reset while a message was waited for");
    }
}
