package io.healthchecker.worker.dial;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.core.time.Ticker;
import io.healthchecker.worker.NoDescriptors;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostsTest {
    @TempDir
    private Path folder;

    private long nanos;

    private final Ticker ticker = new Ticker() {
        @Override
        public long epochMillis() {
            return 0;
        }

        @Override
        public long nanoTime() {
            return nanos;
        }
    };

    @Test
    void everyAddressOfANameIsTheFamiliesInOrder() throws IOException {
        Path file = Files.writeString(
                folder.resolve("hosts"), "::1 A.test # x\n10.0.0.1 a.test b.test\n10.0.0.2\ta.test\n");
        Hosts hosts = new Hosts(file, ticker);
        assertThat(hosts.addresses("a.test"))
                .extracting(InetAddress::getHostAddress)
                .containsExactly("10.0.0.1", "10.0.0.2", "0:0:0:0:0:0:0:1");
        assertThat(hosts.addresses("b.test.")).hasSize(1);
        assertThat(hosts.addresses("c.test")).isEmpty();
    }

    @Test
    void aChangeIsSeenWithinFiveSeconds() throws IOException {
        Path file = Files.writeString(folder.resolve("hosts"), "");
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        Hosts hosts = new Hosts(file, ticker);
        Files.writeString(file, "10.0.0.1 a.test\n");
        assertThat(hosts.addresses("a.test")).isEmpty();
        nanos += 5_000_000_000L;
        assertThat(hosts.addresses("a.test")).hasSize(1);
    }

    @Test
    void namesStayWhatTheyWereWhileTheTableCannotBeRead() throws IOException {
        Path file = Files.writeString(folder.resolve("hosts"), "10.0.0.1 a.test\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        Hosts hosts = new Hosts(file, ticker);
        Files.writeString(file, "10.0.0.2 a.test\n");
        nanos += 5_000_000_000L;
        assertThat(NoDescriptors.during(() -> hosts.addresses("a.test")))
                .containsExactly(InetAddress.ofLiteral("10.0.0.1"));
        nanos += 5_000_000_000L;
        assertThat(hosts.addresses("a.test")).containsExactly(InetAddress.ofLiteral("10.0.0.2"));
    }

    @Test
    void aMachineWithoutATableKnowsNoNames() {
        assertThat(new Hosts(folder.resolve("none"), ticker).addresses("a.test"))
                .isEmpty();
    }
}
