package io.healthchecker.e2e.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Somebody who is not root: the user with id {@value #ID} where we are root, else ourselves. */
record OrdinaryUser(Path home, List<String> prefix, String classPath) implements AutoCloseable {
    private static final int ID = 65_534;

    /** With a home of its own, and a class path that it can read. */
    static OrdinaryUser in(Path directory) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new OrdinaryUser(directory, List.of(), System.getProperty("java.class.path"));
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path home = Files.createDirectory(directory.resolve("home"));
        Files.setAttribute(home, "unix:uid", ID);
        var copies = new ArrayList<String>();
        for (String entry : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(File.pathSeparator)) {
            copies.add(copy(Path.of(entry), directory.resolve("classes-" + copies.size())));
        }
        List<String> prefix = List.of("setpriv", "--reuid=" + ID, "--regid=" + ID, "--clear-groups", "--");
        return new OrdinaryUser(home, prefix, String.join(File.pathSeparator, copies));
    }

    private static String copy(Path from, Path to) throws IOException {
        if (Files.isRegularFile(from)) {
            return Files.copy(from, to.resolveSibling(to.getFileName() + ".jar"))
                    .toString();
        }
        try (Stream<Path> files = Files.exists(from) ? Files.walk(from, FileVisitOption.FOLLOW_LINKS) : Stream.of()) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to.toString();
    }

    Process start(String... arguments) throws IOException {
        var command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Duser.home=" + home,
                "-cp",
                classPath,
                "io.healthchecker.standalone.command.Hc"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile());
        List.of("DATABASE_URL", "REDIS_URL", "JWT_SECRET", "PORT", "ENV", "XDG_CACHE_HOME")
                .forEach(builder.environment()::remove);
        return builder.start();
    }

    String output() throws IOException {
        return Files.readString(log());
    }

    private Path log() {
        return home.resolveSibling("ordinary-user.log");
    }

    @Override
    public void close() {
        Footprint.of(home).forEach(ProcessHandle::destroyForcibly);
    }
}
