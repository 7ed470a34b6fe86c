package io.healthchecker.worker.check;

import io.healthchecker.core.assertion.Certificate;
import io.healthchecker.core.check.CertificateEnd;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Until when the certificates last that checks have seen. Each is handed on when it is new, and once an hour after that,
 * so that it is known which are still there.
 */
public final class Certificates {
    /** How often what was seen is to be handed on. */
    public static final Duration EVERY = Duration.ofSeconds(10);

    private static final long AGAIN_NANOS = Duration.ofHours(1).toNanos();
    private static final int MOST = 100_000;

    private final Ticker ticker;
    private final Map<Place, Told> told = new ConcurrentHashMap<>();
    private final Map<Place, Instant> fresh = new ConcurrentHashMap<>();

    Certificates(Ticker ticker) {
        this.ticker = ticker;
    }

    private record Place(long serviceId, int locationId) {}

    private record Told(Instant notAfter, long nanos) {}

    /** Whether it has not been known for an hour until when the certificate of a stored service lasts. */
    boolean due(Job job) {
        Told last = told.get(new Place(job.serviceId(), job.locationId()));
        return job.serviceId() != 0 && (last == null || isOld(last));
    }

    private boolean isOld(Told last) {
        return ticker.nanoTime() - last.nanos() > AGAIN_NANOS;
    }

    /** A check of a stored service has seen a certificate, or none. */
    void saw(Job job, @Nullable Certificate certificate) {
        if (certificate == null || job.serviceId() == 0) {
            return;
        }
        var place = new Place(job.serviceId(), job.locationId());
        Told last = told.get(place);
        if (last == null || !last.notAfter().equals(certificate.notAfter()) || isOld(last)) {
            if (told.size() >= MOST) {
                told.clear(); // all are told again, which does no harm
            }
            told.put(place, new Told(certificate.notAfter(), ticker.nanoTime()));
            fresh.put(place, certificate.notAfter());
        }
    }

    /** Hands on what is new; what cannot be taken stays for the next time. */
    public void give(Consumer<Collection<CertificateEnd>> taker) {
        List<Map.Entry<Place, Instant>> taken = List.copyOf(fresh.entrySet());
        taker.accept(taken.stream()
                .map(entry -> new CertificateEnd(
                        entry.getKey().serviceId(), entry.getKey().locationId(), entry.getValue()))
                .toList());
        taken.forEach(entry -> fresh.remove(entry.getKey(), entry.getValue()));
    }
}
