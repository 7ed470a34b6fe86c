package io.healthchecker.e2e.cluster;

import io.healthchecker.cluster.ClusterFailure;
import io.healthchecker.cluster.DebianPackages;
import io.healthchecker.cluster.ImageArchive;
import io.healthchecker.cluster.Program;
import io.healthchecker.cluster.Programs;
import io.healthchecker.cluster.RealNode;
import io.healthchecker.cluster.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The images of an installation, made on this machine from Debian packages and the project's Dockerfile: no registry is asked. */
final class Images {
    static final String PRODUCT = "localhost/health-checker:test";
    /** PostgreSQL and, where a command is given, whatever else is in it: Redis. */
    static final String SERVICES = "localhost/services:test";

    static final String TARGET = "localhost/target:test";

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String BASE = "localhost/base:test";
    /** Of the JDK, what the product needs. */
    private static final String JAVA_MODULES = String.join(
            ",",
            List.of(
                    "java.base",
                    "java.compiler",
                    "java.desktop",
                    "java.instrument",
                    "java.logging",
                    "java.management",
                    "java.naming",
                    "java.net.http",
                    "java.prefs",
                    "java.rmi",
                    "java.scripting",
                    "java.security.jgss",
                    "java.sql",
                    "java.sql.rowset",
                    "jdk.crypto.ec",
                    "jdk.jfr",
                    "jdk.localedata",
                    "jdk.management",
                    "jdk.net",
                    "jdk.unsupported",
                    "jdk.zipfs"));

    private final RealNode node;
    private final Path directory;

    private Images(RealNode node) {
        this.node = node;
        this.directory = node.path().resolve("images");
    }

    /** Makes all of them and gives them to pods. Docker has that of the product from then on. */
    static Images make(RealNode node, Programs programs) {
        DebianPackages.demand(
                Map.of("/usr/sbin/dockerd", "docker.io", "/usr/bin/mmdebstrap", "mmdebstrap"), System.err::println);
        var images = new Images(node);
        images.makeTarget(programs);
        images.makeServices();
        images.makeProduct();
        for (String name : List.of("target", "services", "product")) {
            node.load(images.archive(name));
        }
        return images;
    }

    /** Where the image of a name is kept. */
    private Path archive(String name) {
        return directory.resolve(name + ".tar");
    }

    /** Gives Docker those that it did not build. */
    void load(DockerEngine engine) {
        for (String name : List.of("target", "services")) {
            engine.docker().demand("load", "-i", archive(name).toString());
        }
    }

    private void makeTarget(Programs programs) {
        Path root = directory.resolve("target");
        copy(programs.get(Program.TARGET), root.resolve("target"));
        new ImageArchive(TARGET, List.of(root), List.of("/target")).write(archive("target"));
    }

    private void makeServices() {
        Path root = debian("services", "postgresql-15,redis-server");
        Path start = root.resolve("usr/local/bin/start");
        try (var script = Images.class.getResourceAsStream("services.sh")) {
            Files.write(start, script.readAllBytes());
            name(root, 999);
            Files.createSymbolicLink(
                    root.resolve("usr/local/bin/pg_isready"), Path.of("/usr/lib/postgresql/15/bin/pg_isready"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Tool.of("chmod", "755").demand(start.toString());
        new ImageArchive(SERVICES, List.of(root), List.of("/usr/local/bin/start")).write(archive("services"));
    }

    /** By the Dockerfile, from the jars of this build, on a Java that is made here. */
    private void makeProduct() {
        Path root = debian("base", "ca-certificates");
        Tool.of(Path.of(System.getProperty("java.home"), "bin", "jlink").toString())
                .within(LIMIT)
                .demand(
                        "--add-modules",
                        JAVA_MODULES,
                        "--strip-debug",
                        "--no-man-pages",
                        "--no-header-files",
                        "--output",
                        root.resolve("opt/java").toString());
        link(root.resolve("usr/local/bin/java"), Path.of("/opt/java/bin/java"));
        Path base = new ImageArchive(BASE, List.of(root), List.of()).write(archive("base"));
        try (var engine = new DockerEngine(node)) {
            engine.docker().demand("load", "-i", base.toString());
            Tool.Ended built = engine.docker()
                    .within(LIMIT)
                    .run(
                            "build",
                            "--progress",
                            "plain",
                            "--network",
                            "none",
                            "--build-arg",
                            "BASE_IMAGE=" + BASE,
                            "--build-arg",
                            "JARS=prebuilt",
                            "-t",
                            PRODUCT,
                            checkout().toString());
            if (built.code() != 0) {
                throw new ClusterFailure("the image cannot be built:\n" + built.out() + built.err());
            }
            engine.docker().demand("save", "-o", archive("product").toString(), PRODUCT);
        }
    }

    /** A name for a user that is known by a number only: initdb asks for one. */
    private static void name(Path root, int user) {
        try {
            Files.writeString(
                    root.resolve("etc/passwd"),
                    "user%1$d:x:%1$d:%1$d::/tmp:/bin/sh\n".formatted(user),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path debian(String name, String packages) {
        Path root = directory.resolve(name);
        node.outside("mmdebstrap")
                .and("--variant=minbase", "--mode=root", "--quiet")
                .within(LIMIT)
                .demand(
                        "--dpkgopt=path-exclude=/usr/share/doc/*",
                        "--dpkgopt=path-exclude=/usr/share/man/*",
                        "--dpkgopt=path-exclude=/usr/share/locale/*",
                        "--include=" + packages,
                        release(),
                        root.toString());
        return root;
    }

    /** The name of this machine's release. */
    private static String release() {
        try {
            return Files.readAllLines(Path.of("/etc/os-release")).stream()
                    .filter(line -> line.startsWith("VERSION_CODENAME="))
                    .map(line -> line.substring("VERSION_CODENAME=".length()))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path checkout() {
        return Path.of("..").toAbsolutePath().normalize();
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void link(Path link, Path target) {
        try {
            Files.createSymbolicLink(link, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
