package io.healthchecker.worker.check;

import io.healthchecker.core.egress.EgressPreset;
import io.healthchecker.core.egress.EgressRules;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How checks are made.
 *
 * @param threads event loops, 1 to 256; 0 takes one a processor
 * @param handshakes TLS handshakes at once on each of them, 1 to 1000
 * @param trustedCertificates PEM file of authorities to trust beside those of the JDK
 * @param egress what may be dialled
 */
@ConfigurationProperties("hc.probe")
public record ProbeSettings(
        @DefaultValue("0") int threads,
        @DefaultValue("64") int handshakes,
        @Nullable Path trustedCertificates,
        @DefaultValue Egress egress) {
    public ProbeSettings {
        if (threads < 0 || threads > 256) {
            throw new IllegalArgumentException("hc.probe.threads is %d; it must be 0 to 256".formatted(threads));
        }
        if (handshakes < 1 || handshakes > 1_000) {
            throw new IllegalArgumentException("hc.probe.handshakes is %d; it must be 1 to 1000".formatted(handshakes));
        }
    }

    /**
     * What may be dialled. The product's own databases never may.
     *
     * @param preset what is denied where nothing else is said
     * @param allow addresses and ranges that may be dialled although the preset denies them
     * @param deny addresses and ranges that may not be dialled
     * @param denyPorts ports and ranges of ports that may not be dialled at any address
     */
    public record Egress(
            @DefaultValue("STANDALONE") EgressPreset preset,
            @DefaultValue List<String> allow,
            @DefaultValue List<String> deny,
            @DefaultValue List<String> denyPorts) {

        EgressRules rules() {
            return new EgressRules(preset, allow, deny, denyPorts);
        }
    }

    /** The defaults, with a preset of egress. */
    public static ProbeSettings of(EgressPreset preset) {
        return new ProbeSettings(0, 64, null, new Egress(preset, List.of(), List.of(), List.of()));
    }

    /** The same, with authorities to trust beside those of the JDK, which a PEM file has; null for none. */
    public ProbeSettings trusting(@Nullable Path certificates) {
        return new ProbeSettings(threads, handshakes, certificates, egress);
    }

    int threadCount() {
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }
}
