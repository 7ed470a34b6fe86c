package io.healthchecker.worker.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.healthchecker.core.assertion.Certificate;
import io.healthchecker.core.check.CertificateEnd;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CertificatesTest {
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant JUNE = Instant.parse("2026-06-01T00:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final Certificates certificates = new Certificates(new Ticker() {
        @Override
        public long epochMillis() {
            return nanos.get() / 1_000_000;
        }

        @Override
        public long nanoTime() {
            return nanos.get();
        }
    });

    private void saw(long serviceId, Instant notAfter) {
        certificates.saw(
                new Job(serviceId, 0, 1, 1, JobKind.GRID),
                new Certificate("CN=a", "CN=b", List.of(), Instant.EPOCH, notAfter, "", "", "", List.of(notAfter)));
    }

    private List<CertificateEnd> given() {
        List<CertificateEnd> given = new ArrayList<>();
        certificates.give(given::addAll);
        return given;
    }

    @Test
    void whatNobodyAsksForIsLookedAtOnceAnHour() {
        Job job = new Job(7, 0, 1, 1, JobKind.GRID);
        assertThat(certificates.due(job)).isTrue();
        saw(7, MARCH);
        assertThat(certificates.due(job)).isFalse();
        assertThat(certificates.due(new Job(0, 0, 1, 1, JobKind.GRID))).isFalse();
        nanos.addAndGet(Duration.ofMinutes(61).toNanos());
        assertThat(certificates.due(job)).isTrue();
    }

    @Test
    void whatIsNewIsGivenOnceAndAgainAfterAnHour() {
        saw(7, MARCH);
        saw(7, MARCH);
        assertThat(given()).containsExactly(new CertificateEnd(7, 1, MARCH));
        saw(7, MARCH);
        assertThat(given()).isEmpty();
        saw(7, JUNE);
        assertThat(given()).containsExactly(new CertificateEnd(7, 1, JUNE));
        nanos.addAndGet(Duration.ofMinutes(61).toNanos());
        saw(7, JUNE);
        assertThat(given()).containsExactly(new CertificateEnd(7, 1, JUNE));
    }

    @Test
    void aTrialAndAConnectionInTheClearLeaveNothing() {
        saw(0, MARCH);
        certificates.saw(new Job(7, 0, 1, 1, JobKind.GRID), null);
        assertThat(given()).isEmpty();
    }

    @Test
    void whatCouldNotBeTakenComesAgain() {
        saw(7, MARCH);
        assertThatThrownBy(() -> certificates.give(seen -> {
                    throw new IllegalStateException("the database is away");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(given()).containsExactly(new CertificateEnd(7, 1, MARCH));
    }
}
