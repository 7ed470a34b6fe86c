package io.healthchecker.bench.probe;

import io.healthchecker.bench.answer.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** blackbox_exporter: the newest that Go can build, and Debian's, both in a cache without being installed. */
final class Blackbox {
    private static final String PACKAGE = "prometheus-blackbox-exporter";
    private static final List<String> VERSIONS = List.of("v0.28.0", "v0.27.0");
    private static final String MODULE = "github.com/prometheus/blackbox_exporter";
    private static final long PATIENCE_SECONDS = 120;
    private static final long BUILD_SECONDS = 900;

    private Blackbox() {}

    /** The newest of some versions that can be built by Go here; null where none can, and then a line was printed. */
    static @Nullable Path built(Path cache) {
        for (String version : VERSIONS) {
            Path folder = cache.resolve("blackbox-" + version);
            Path program = folder.resolve("blackbox_exporter");
            if (!Files.isExecutable(program)) {
                run(cache, build(folder, version), BUILD_SECONDS);
            }
            if (Files.isExecutable(program)) {
                System.out.println("the newest blackbox_exporter is " + version + " here");
                return program;
            }
        }
        System.out.println("without the newest blackbox_exporter: go can build none of " + VERSIONS + " here");
        return null;
    }

    private static String build(Path folder, String version) {
        return """
                mkdir -p %1$s && cd %1$s && printf 'module blackbox\\n\\ngo 1.23.0\\n\\nrequire %2$s %3$s\\n' > go.mod \\
                && CGO_ENABLED=0 go build -mod=mod -trimpath -o blackbox_exporter %2$s""".formatted(folder, MODULE, version);
    }

    /** Version 0.23, of the machine or fetched; null where there is none, and then a line was printed that says why. */
    static @Nullable Path ofDebian(Path cache) {
        Path fetched = cache.resolve("blackbox/usr/bin/" + PACKAGE);
        Path found = Stream.of(Path.of("/usr/bin", PACKAGE), fetched)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        if (found != null) {
            return found;
        }
        boolean came = run(cache, """
                mkdir -p blackbox && cd blackbox && apt-get download %1$s && dpkg-deb -x %1$s_*.deb . && rm -f *.deb""".formatted(PACKAGE), PATIENCE_SECONDS);
        if (!came || !Files.isExecutable(fetched)) {
            System.out.println("without blackbox_exporter 0.23: apt-get cannot download " + PACKAGE + " here");
            return null;
        }
        return fetched;
    }

    /** What it is asked for each kind; the names of its modules are the kinds' words. */
    static String configuration(Path authority) {
        return """
            modules:
              http: {prober: http, timeout: 5s, http: {preferred_ip_protocol: ip4}}
              https:
                prober: http
                timeout: 5s
                http: {preferred_ip_protocol: ip4, tls_config: {ca_file: "%1$s", server_name: %2$s}}
              tcp: {prober: tcp, timeout: 5s, tcp: {preferred_ip_protocol: ip4}}
              dns: {prober: dns, timeout: 5s, dns: {preferred_ip_protocol: ip4, query_name: %2$s, query_type: A}}
              icmp: {prober: icmp, timeout: 5s, icmp: {preferred_ip_protocol: ip4}}
              grpc: {prober: grpc, timeout: 5s, grpc: {preferred_ip_protocol: ip4}}
            """.formatted(authority, Ports.SERVER_NAME);
    }

    static List<String> command(Path program, Path configuration, int port) {
        return List.of(
                program.toString(),
                "--config.file=" + configuration,
                "--web.listen-address=127.0.0.1:" + port,
                "--log.level=error");
    }

    private static boolean run(Path cache, String script, long seconds) {
        try {
            Files.createDirectories(cache);
            Process process = new ProcessBuilder("sh", "-c", script)
                    .directory(cache.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
