package io.healthchecker.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** A container image made of directories, one a layer, in the form of {@code docker save}. */
public record ImageArchive(String name, List<Path> layers, List<String> entrypoint) {

    /** Writes the archive, by way of a directory beside it. The files belong to root. */
    public Path write(Path archive) {
        Path parts = archive.resolveSibling(archive.getFileName() + ".parts");
        try {
            Files.createDirectories(parts);
            List<String> names =
                    layers.stream().map(layer -> layers.indexOf(layer) + ".tar").toList();
            for (int i = 0; i < layers.size(); i++) {
                Tool.of("tar", "--numeric-owner", "-C", layers.get(i).toString())
                        .demand("-cf", parts.resolve(names.get(i)).toString(), ".");
            }
            Files.writeString(parts.resolve("config.json"), configuration(parts, names));
            Files.writeString(
                    parts.resolve("manifest.json"),
                    "[{\"Config\":\"config.json\",\"RepoTags\":[\"%s\"],\"Layers\":%s}]".formatted(name, list(names)));
            Tool.of("tar", "-C", parts.toString()).demand("-cf", archive.toString(), ".");
            Tool.of("rm", "-rf").demand(parts.toString());
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String configuration(Path parts, List<String> names) throws IOException {
        String architecture = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        List<String> digests = names.stream()
                .map(each -> "sha256:" + sha256(parts.resolve(each)))
                .toList();
        return """
                {"architecture":"%s","os":"linux","rootfs":{"type":"layers","diff_ids":%s},
                 "config":{"Entrypoint":%s,"Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]}}
                """.formatted(architecture, list(digests), list(entrypoint));
    }

    private static String list(List<String> words) {
        return words.stream().map(word -> "\"" + word + "\"").collect(Collectors.joining(",", "[", "]"));
    }

    private static String sha256(Path file) {
        try (var in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
