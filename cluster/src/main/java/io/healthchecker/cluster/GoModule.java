package io.healthchecker.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Go module whose tools are the programs ({@code src/main/go}), as it lies on the class path. */
final class GoModule {
    private static final List<String> FILES =
            List.of("go.mod", "go.sum", "coredns/main.go", "forward/main.go", "pause/main.go", "target/main.go");
    private static final List<String> KUBERNETES_PACKAGES =
            List.of("k8s.io/component-base/version", "k8s.io/client-go/pkg/version");
    private static final List<String> HELM_PACKAGES =
            List.of("helm.sh/helm/v3/pkg/chartutil", "helm.sh/helm/v3/pkg/lint/rules");
    private static final String DEFINITIONS = text("go.mod");

    private GoModule() {}

    /** Tells one state of the sources and flags from every other: 16 hexadecimal digits. */
    static String key() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            FILES.forEach(file -> digest.update(bytes(file)));
            digest.update(linkerFlags().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static void unpack(Path directory) throws IOException {
        for (String file : FILES) {
            Path target = directory.resolve(file);
            Files.createDirectories(target.getParent());
            Files.write(target, bytes(file));
        }
    }

    /** The version that is required of a module, with its leading v. */
    static String version(String module) {
        var line = Pattern.compile("^\\s*(?:require )?" + Pattern.quote(module) + " (v\\S+)", Pattern.MULTILINE)
                .matcher(DEFINITIONS);
        if (!line.find()) {
            throw new IllegalStateException("go.mod requires no " + module);
        }
        return line.group(1);
    }

    /** The oldest Go that builds it, such as 1.26. */
    static String goVersion() {
        var line = Pattern.compile("^go (\\d+\\.\\d+)", Pattern.MULTILINE).matcher(DEFINITIONS);
        if (!line.find()) {
            throw new IllegalStateException("go.mod names no version of Go");
        }
        return line.group(1);
    }

    /** Versions are told to the linker, as in the releases: without them Helm takes every cluster for Kubernetes 1.20. */
    static String linkerFlags() {
        String kubernetes = version("k8s.io/kubernetes");
        String[] numbers = kubernetes.substring(1).split("\\.");
        Stream<String> ofKubernetes = KUBERNETES_PACKAGES.stream()
                .flatMap(each -> Stream.of(
                        each + ".gitVersion=" + kubernetes,
                        each + ".gitMajor=" + numbers[0],
                        each + ".gitMinor=" + numbers[1],
                        each + ".gitTreeState=clean",
                        each + ".gitCommit=unknown",
                        each + ".buildDate=2026-01-01T00:00:00Z"));
        Stream<String> ofHelm = Stream.concat(
                Stream.of("helm.sh/helm/v3/internal/version.version=" + version("helm.sh/helm/v3")),
                HELM_PACKAGES.stream()
                        .flatMap(each -> Stream.of(
                                each + ".k8sVersionMajor=" + numbers[0], each + ".k8sVersionMinor=" + numbers[1])));
        Stream<String> ofKwok = Stream.of("sigs.k8s.io/kwok/pkg/consts.Version=" + version("sigs.k8s.io/kwok"));
        return Stream.of(ofKubernetes, ofHelm, ofKwok)
                .flatMap(each -> each)
                .map(each -> "-X " + each)
                .collect(Collectors.joining(" ", "-s -w ", ""));
    }

    private static String text(String file) {
        return new String(bytes(file), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String file) {
        try (var in = GoModule.class.getResourceAsStream("go/" + file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
