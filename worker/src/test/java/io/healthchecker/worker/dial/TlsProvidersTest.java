package io.healthchecker.worker.dial;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.check.Reason;
import io.healthchecker.core.egress.EgressPolicy;
import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.egress.EgressRules;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.testing.StubServer;
import io.healthchecker.testing.TestAuthority;
import io.healthchecker.worker.dial.Target.Encryption;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** BoringSSL and the JDK say the same of the same servers. */
class TlsProvidersTest {
    private static final TestAuthority AUTHORITY = new TestAuthority();

    @TempDir
    private Path folder;

    @Test
    void boringSslIsThereWhereWeBuild() {
        assertThat(OpenSsl.isAvailable())
                .as("%s", OpenSsl.unavailabilityCause())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENSSL_REFCNT", "JDK"})
    void everyHandshakeIsAFullOne(SslProvider provider) {
        AtomicInteger verified = new AtomicInteger();
        X509TrustManager counting = new Counting(TrustAnchors.read(AUTHORITY.pem(folder)), verified);
        // a clock that leaps two hours with each look, so that no chain is remembered
        AtomicInteger looks = new AtomicInteger();
        Ticker leaping = new Leaping(looks);
        try (var server = server("a.test");
                var lanes = new Lanes(1, 10, Ticker.system())) {
            Dialer dialer = dialer(new Tls(new TargetTrust(counting, leaping), provider));
            for (int i = 1; i <= 3; i++) {
                assertThat(dial(dialer, lanes, server, "a.test")).isEqualTo("connected");
                assertThat(verified).hasValue(i);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENSSL_REFCNT", "JDK"})
    void aFailureHasTheSameReason(SslProvider provider) {
        X509TrustManager ours = TrustAnchors.read(AUTHORITY.pem(folder));
        X509TrustManager nobody = TrustAnchors.read(null);
        try (var server = server("a.test");
                var lanes = new Lanes(1, 10, Ticker.system())) {
            Dialer trusting = dialer(new Tls(new TargetTrust(ours, Ticker.system()), provider));
            Dialer wary = dialer(new Tls(new TargetTrust(nobody, Ticker.system()), provider));
            assertThat(dial(trusting, lanes, server, "b.test")).isEqualTo(Reason.TLS_NAME_MISMATCH.name());
            assertThat(dial(wary, lanes, server, "a.test")).isEqualTo(Reason.TLS_UNTRUSTED.name());
        }
    }

    private static StubServer server(String name) {
        return StubServer.encrypted(AUTHORITY.server(name), connection -> {
            connection.send("hello");
            connection.hang();
        });
    }

    private static Dialer dialer(Tls tls) {
        Names loopback =
                (String host, EventLoop loop) -> loop.newSucceededFuture(List.of(InetAddress.ofLiteral("127.0.0.1")));
        EgressPolicy policy = new EgressPolicy(EgressRules.of(EgressPreset.STANDALONE), List.of());
        return new Dialer(loopback, () -> policy, tls, Ticker.system());
    }

    private static String dial(Dialer dialer, Lanes lanes, StubServer server, String name) {
        CompletableFuture<String> said = new CompletableFuture<>();
        Lane lane = lanes.next();
        Target target = new Target(name, server.port(), new Encryption(name, true));
        lane.loop()
                .execute(() -> dialer.dial(lane, target, new PhaseClock(Ticker.system()), new Caller() {
                    @Override
                    public void connected(Channel channel) {
                        // what a server sends behind the handshake, such as tickets, is read before the connection is
                        // closed
                        lane.loop().schedule(() -> channel.close(), 50, TimeUnit.MILLISECONDS);
                        channel.closeFuture().addListener(_ -> said.complete("connected"));
                    }

                    @Override
                    public void failed(Reason reason, String detail) {
                        said.complete(reason.name());
                    }

                    @Override
                    public void unable(String detail) {
                        said.complete(detail);
                    }
                }));
        return said.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private record Leaping(AtomicInteger looks) implements Ticker {
        @Override
        public long epochMillis() {
            return Ticker.system().epochMillis() + looks.incrementAndGet() * 7_200_000L;
        }

        @Override
        public long nanoTime() {
            return Ticker.system().nanoTime();
        }
    }

    private record Counting(X509TrustManager delegate, AtomicInteger count) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            delegate.checkClientTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            count.incrementAndGet();
            delegate.checkServerTrusted(chain, authType);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return delegate.getAcceptedIssuers();
        }
    }
}
