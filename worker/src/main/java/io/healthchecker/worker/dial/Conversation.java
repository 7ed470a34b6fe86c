package io.healthchecker.worker.dial;

import io.healthchecker.core.assertion.Certificate;
import io.healthchecker.core.assertion.Excerpt;
import io.healthchecker.core.assertion.Facts;
import io.healthchecker.core.check.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What is said on connections, line by line, for a person who looks on: what we say behind {@code >}, what we hear behind
 * {@code <}. Secrets are blotted out: those that are named, and what headers, parameters and JSON call by such a name.
 */
public final class Conversation {
    private static final int MAX_LINE = 500;
    private static final int MAX_LINES = 200;
    private static final int HTTP2_PREFACE = 0x50524920; // "PRI "
    private static final int BLOTTED = 4; // shorter ones are in every text
    private static final String NAMES =
            "[a-z0-9_-]*(?:password|passwd|secret|token|api[_-]?key|credential|session)[a-z0-9_-]*";
    private static final Pattern HEADER =
            Pattern.compile("(?i)^((?:proxy-)?authorization|cookie|set-cookie|" + NAMES + ")(:\\s*).+$");
    private static final Pattern PARAMETER = Pattern.compile("(?i)([?&]" + NAMES + "=)[^&\\s]+");
    private static final Pattern MEMBER =
            Pattern.compile("(?i)(\"" + NAMES + "\"\\s*:\\s*)(\"(?:[^\"\\\\]|\\\\.)*\"?|[^,}\\s]+)");

    private final Consumer<String> lines;
    private final List<String> secrets;

    /**
     * Tells what is said, from the threads of lanes.
     *
     * @param secrets texts that are never shown, beside what looks like one
     */
    public Conversation(Consumer<String> lines, Collection<String> secrets) {
        this.lines = lines;
        this.secrets =
                secrets.stream().filter(secret -> secret.length() >= BLOTTED).toList();
    }

    /** A caller whose connection is listened to. */
    Caller overheard(Target target, Caller caller) {
        tell("* dialling %s:%d%s".formatted(target.host(), target.port(), target.tls() == null ? "" : " with TLS"));
        return new Caller() {
            @Override
            public void connected(Channel channel) {
                Facts facts = Connection.facts(channel, true);
                tell("* connected to " + facts.ip());
                Certificate certificate = facts.certificate();
                if (certificate != null) {
                    tell("* %s, certificate of %s until %s, by %s"
                            .formatted(
                                    certificate.protocol(),
                                    String.join(", ", certificate.names()),
                                    certificate.notAfter(),
                                    certificate.issuer()));
                }
                channel.pipeline().addLast(new Listener());
                caller.connected(channel);
            }

            @Override
            public void failed(Reason reason, String detail) {
                tell("* %s: %s".formatted(reason, detail));
                caller.failed(reason, detail);
            }

            @Override
            public void unable(String detail) {
                tell("* " + detail);
                caller.unable(detail);
            }
        };
    }

    private void tell(String line) {
        lines.accept(blotted(line));
    }

    /** A line without what may be a secret. */
    String blotted(String line) {
        int text = line.startsWith("> ") || line.startsWith("< ") ? 2 : 0;
        String bare = HEADER.matcher(line.substring(text)).replaceFirst("$1$2***");
        bare = PARAMETER.matcher(bare).replaceAll("$1***");
        bare = MEMBER.matcher(bare).replaceAll("$1***");
        for (String secret : secrets) {
            bare = bare.replace(secret, "***");
        }
        return line.substring(0, text) + Excerpt.of(bare, MAX_LINE);
    }

    /** Listens to one connection, and passes everything on. */
    private final class Listener extends ChannelDuplexHandler {
        private final Half said = new Half("> ");
        private final Half heard = new Half("< ");
        private boolean http2;

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (message instanceof ByteBuf bytes && !http2) {
                http2 = beginsHttp2(bytes);
                if (http2) {
                    tell("* HTTP/2 is spoken, whose frames are not for people");
                } else {
                    said.take(bytes);
                    said.end();
                }
            }
            context.write(message, promise);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof ByteBuf bytes && !http2) {
                heard.take(bytes);
            }
            context.fireChannelRead(message);
        }

        @Override
        public void close(ChannelHandlerContext context, ChannelPromise promise) {
            heard.end();
            context.close(promise);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            heard.end();
            tell("* closed");
            context.fireChannelInactive();
        }
    }

    // its headers are cut in another way than lines, so that secrets could not be found in them
    private static boolean beginsHttp2(ByteBuf bytes) {
        return bytes.readableBytes() >= 4 && bytes.getInt(bytes.readerIndex()) == HTTP2_PREFACE;
    }

    /** One direction. A line is told when it is whole, so that no secret is cut in two. */
    private final class Half {
        private final String mark;
        private final StringBuilder open = new StringBuilder();
        private int told;

        Half(String mark) {
            this.mark = mark;
        }

        void take(ByteBuf bytes) {
            open.append(bytes.toString(StandardCharsets.UTF_8));
            for (int end = open.indexOf("\n"); end >= 0; end = open.indexOf("\n")) {
                line(open.substring(0, end));
                open.delete(0, end + 1);
            }
        }

        void end() {
            if (!open.isEmpty()) {
                line(open.toString());
                open.setLength(0);
            }
        }

        private void line(String text) {
            told++;
            if (told <= MAX_LINES) {
                tell(mark + text.stripTrailing());
            } else if (told == MAX_LINES + 1) {
                tell(mark + "…");
            }
        }
    }
}
