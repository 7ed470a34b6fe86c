package io.healthchecker.operator.source.file;

import io.healthchecker.core.secret.Sha256;
import io.healthchecker.core.service.DefinitionError;
import io.healthchecker.core.service.DefinitionFile;
import io.healthchecker.core.service.DefinitionReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of a directory as they were when last looked at. A file is read only when its stamp is another one, and its
 * documents only when its bytes are.
 */
final class DefinitionFiles {
    private final Path root;
    private Map<String, Read> files = new TreeMap<>();
    private Listing listing = new Listing(Map.of(), List.of(), Map.of(), null, "has not been looked at");
    private @Nullable Object known;

    private record Read(FileStamp stamp, boolean settled, String hash, DefinitionFile content) {}

    DefinitionFiles(Path root) {
        this.root = root;
    }

    /** Looks again; whether anything is different from the last time. */
    boolean look(long nowMillis) {
        Listing before = listing;
        listing = Listing.of(root);
        if (listing.problem() != null) {
            return !listing.equals(before);
        }
        Map<String, Read> now = new TreeMap<>();
        listing.files().forEach((path, stamp) -> {
            Read read = read(path, stamp, nowMillis);
            if (read != null) {
                now.put(path, read);
            }
        });
        boolean changed =
                !contents(now).equals(contents(files)) || !listing.unreadable().equals(before.unreadable());
        files = now;
        if (!files.isEmpty()) {
            known = listing.key();
        }
        return changed || before.problem() != null;
    }

    /** Why nothing can be said of what is wanted, null if it can be said. */
    @Nullable
    String problem() {
        if (listing.problem() != null) {
            return listing.problem();
        }
        // an empty directory may be one whose disk is not mounted, or a wrong one
        return files.isEmpty() && listing.unreadable().isEmpty() && !wasFilled()
                ? "%s has no YAML file; services of earlier files stay until it has one".formatted(root)
                : null;
    }

    private boolean wasFilled() {
        return known != null && Objects.equals(known, listing.key());
    }

    /** What was read, by path. */
    Map<String, DefinitionFile> contents() {
        return contents(files);
    }

    /** Everything that is wrong, by path and place. */
    List<DefinitionError> errors() {
        List<DefinitionError> errors = new ArrayList<>();
        files.values().forEach(file -> errors.addAll(file.content().errors()));
        listing.unreadable().forEach((path, cause) -> errors.add(unreadable(path, cause)));
        return errors;
    }

    /** Whether it is not known which services a file has. */
    boolean uncertain(String path) {
        Read file = files.get(path);
        return (file != null && !file.content().errors().isEmpty())
                || listing.unreadable().keySet().stream()
                        .anyMatch(unreadable -> path.equals(unreadable) || path.startsWith(unreadable + "/"));
    }

    List<Path> directories() {
        return listing.directories();
    }

    private @Nullable Read read(String path, FileStamp stamp, long nowMillis) {
        Read before = files.get(path);
        if (before != null && before.settled() && before.stamp().equals(stamp)) {
            return before;
        }
        boolean settled = stamp.settled(nowMillis);
        try (InputStream in = Files.newInputStream(root.resolve(path))) {
            byte[] bytes = in.readNBytes(DefinitionReader.MAX_BYTES + 1);
            String hash = hash(bytes);
            DefinitionFile content = before != null && before.hash().equals(hash)
                    ? before.content()
                    : DefinitionReader.read(path, bytes);
            return new Read(stamp, settled, hash, content);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            DefinitionFile nothing = new DefinitionFile(List.of(), List.of(unreadable(path, Listing.cause(e))));
            return new Read(stamp, false, "", nothing);
        }
    }

    private static DefinitionError unreadable(String path, String cause) {
        return new DefinitionError(path, 1, 1, "", "%s %s".formatted(path, cause));
    }

    private static Map<String, DefinitionFile> contents(Map<String, Read> files) {
        Map<String, DefinitionFile> contents = new TreeMap<>();
        files.forEach((path, file) -> contents.put(path, file.content()));
        return contents;
    }

    private static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.of(bytes));
    }
}
