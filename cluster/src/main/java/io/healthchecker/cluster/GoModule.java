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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Go module whose tools are programs ({@code src/main/go}), as it lies on the class path. */
enum GoModule {
    CONTROL_PLANE(
            "control-plane",
            "",
            List.of("go.mod", "go.sum", "coredns/main.go", "forward/main.go", "pause/main.go", "target/main.go")),
    /** By itself, since it wants other versions of what Kubernetes wants, too. */
    HELM_4("helm-4", "helm4/", List.of("go.mod", "go.sum"));

    private static final List<String> KUBERNETES_PACKAGES =
            List.of("k8s.io/component-base/version", "k8s.io/client-go/pkg/version");
    private static final List<String> HELM_PACKAGES =
            List.of("helm.sh/helm/v3/pkg/chartutil", "helm.sh/helm/v3/pkg/lint/rules");

    private static final Map<GoModule, String> KEYS = new ConcurrentHashMap<>(); // a class path does not change

    private final String title;
    private final String folder;
    private final List<String> files;

    GoModule(String title, String folder, List<String> files) {
        this.title = title;
        this.folder = folder;
        this.files = files;
    }

    /** Where its programs are kept below a cache: its title, and what tells one state of sources and flags from others. */
    Path within(Path cache) {
        return cache.resolve(title).resolve(key());
    }

    /** Tells one state of the sources and flags from every other: 16 hexadecimal digits. */
    String key() {
        return KEYS.computeIfAbsent(this, GoModule::digest);
    }

    private String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach(file -> digest.update(bytes(file)));
            digest.update(linkerFlags().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void unpack(Path directory) throws IOException {
        for (String file : files) {
            Path target = directory.resolve(file);
            Files.createDirectories(target.getParent());
            Files.write(target, bytes(file));
        }
    }

    /** The version that is required of a module, with its leading v. */
    String version(String module) {
        return definition(Pattern.quote(module) + " (v\\S+)")
                .orElseThrow(() -> new IllegalStateException("go.mod requires no " + module));
    }

    /** The oldest Go that builds it, such as 1.26. */
    String goVersion() {
        return definition("go (\\d+\\.\\d+)")
                .orElseThrow(() -> new IllegalStateException("go.mod names no version of Go"));
    }

    /** Versions are told to the linker, as in the releases: without them Helm takes every cluster for Kubernetes 1.20. */
    String linkerFlags() {
        Stream<String> values = switch (this) {
            case CONTROL_PLANE -> ofControlPlane();
            case HELM_4 -> Stream.of("helm.sh/helm/v4/internal/version.version=" + version("helm.sh/helm/v4"));
        };
        return values.map(each -> "-X " + each).collect(Collectors.joining(" ", "-s -w ", ""));
    }

    private Stream<String> ofControlPlane() {
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
        return Stream.of(ofKubernetes, ofHelm, ofKwok).flatMap(each -> each);
    }

    private Optional<String> definition(String line) {
        return Pattern.compile("^\\s*(?:require )?" + line, Pattern.MULTILINE)
                .matcher(new String(bytes("go.mod"), StandardCharsets.UTF_8))
                .results()
                .map(found -> found.group(1))
                .findFirst();
    }

    private byte[] bytes(String file) {
        try (var in = GoModule.class.getResourceAsStream("go/" + folder + file)) {
            if (in == null) {
                throw new IllegalStateException(folder + file + " is missing on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
