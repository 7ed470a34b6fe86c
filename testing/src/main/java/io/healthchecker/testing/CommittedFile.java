package io.healthchecker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of the tree that a test writes from the code where a property is true, and else compares.
 *
 * @param path seen from the folder of the test's module, where tests run
 * @param property by which the file is written anew
 */
public record CommittedFile(Path path, Class<?> test, String property) {
    /** The command that writes it anew. */
    public String mend() {
        Path module = Path.of("").toAbsolutePath().getFileName();
        return "./mvnw -pl %s -am test -Dfast -Dtest=%s -D%s=true".formatted(module, test.getSimpleName(), property);
    }

    /** Fails with that command where the file is another text. */
    public void assertIs(String written) {
        try {
            if (Boolean.getBoolean(property)) {
                Files.writeString(path, written);
            }
            if (!Files.exists(path) || !Files.readString(path).equals(written)) {
                throw new AssertionError(
                        "%s is not what the code says; mend it by: %s".formatted(path.normalize(), mend()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
