package io.healthchecker.bench.answer;

import io.healthchecker.bench.process.JavaProgram;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/** The servers, as a program: it prints their {@link Ports} and ends with its input. */
public final class TargetServer {
    private static final int BACKLOG = 8_192;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

    private TargetServer() {}

    /** The command line of the program, given the certificate and the key of the server of HTTPS, PEM. */
    public static List<String> command(Path certificate, Path key) {
        return JavaProgram.command(TargetServer.class, certificate.toString(), key.toString());
    }

    @SuppressWarnings("EmptyBlock") // what is said on the input does not matter, only that it ends
    public static void main(String[] arguments) throws IOException {
        TargetServer server = new TargetServer();
        System.out.println(
                server.open(Path.of(arguments[0]), Path.of(arguments[1])).line());
        while (System.in.read() >= 0) {}
        System.exit(0);
    }

    private Ports open(Path certificate, Path key) throws SSLException {
        SslContext tls = SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                .build();
        HttpAnswer http = new HttpAnswer();
        return new Ports(
                listen(channel -> channel.pipeline().addLast(http)),
                listen(channel -> channel.pipeline().addLast(tls.newHandler(channel.alloc()), http)),
                hear(),
                listen(channel -> channel.pipeline()
                        .addLast(Http2FrameCodecBuilder.forServer().build(), new GrpcAnswer())),
                listen(channel -> {}));
    }

    private int listen(Consumer<Channel> accepted) {
        ServerBootstrap server = new ServerBootstrap()
                .group(loop)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accepted.accept(channel);
                    }
                });
        return port(server.bind("0.0.0.0", 0).syncUninterruptibly().channel());
    }

    // a socket an address, or the kernel would answer from another one than it was asked at
    private int hear() {
        int port = 0;
        for (String address : Ports.addresses().toList()) {
            Bootstrap server = new Bootstrap()
                    .group(loop)
                    .channel(EpollDatagramChannel.class)
                    .handler(new DnsAnswer());
            port = port(server.bind(address, port).syncUninterruptibly().channel());
        }
        return port;
    }

    private static int port(Channel channel) {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }
}
