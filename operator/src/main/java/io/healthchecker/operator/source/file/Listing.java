package io.healthchecker.operator.source.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What lies in a directory at one moment, sub-directories included. Links are followed, since Kubernetes mounts a
 * ConfigMap as links; what begins with a dot is passed over, since what they lead to lies there as well.
 *
 * @param files YAML files by path, relative and with slashes
 * @param directories all that were looked into
 * @param unreadable paths that could not be looked at, with the cause; what lies below them is not known
 * @param key which directory it is, whatever it is called; null where the system has no such thing
 * @param problem why nothing is known at all, null if that is not so
 */
record Listing(
        Map<String, FileStamp> files,
        List<Path> directories,
        Map<String, String> unreadable,
        @Nullable Object key,
        @Nullable String problem) {
    /** More files than this are a mistake, such as the root of a disk. */
    static final int MAX_FILES = 20_000;

    private static final int MAX_DEPTH = 16;

    static Listing of(Path root) {
        Walk walk = new Walk(root);
        try {
            BasicFileAttributes attributes = Files.readAttributes(root, BasicFileAttributes.class);
            if (!attributes.isDirectory()) {
                return unusable("%s is not a directory".formatted(root));
            }
            Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), MAX_DEPTH, walk);
            if (walk.files.size() > MAX_FILES) {
                return unusable("%s has more than %d files; split it".formatted(root, MAX_FILES));
            }
            if (walk.unreadable.containsKey("")) {
                return unusable("%s %s".formatted(root, walk.unreadable.get("")));
            }
            return new Listing(walk.files, walk.directories, walk.unreadable, attributes.fileKey(), null);
        } catch (IOException e) {
            return unusable("%s %s".formatted(root, cause(e)));
        }
    }

    private static Listing unusable(String problem) {
        return new Listing(Map.of(), List.of(), Map.of(), null, problem);
    }

    /** Why a file could not be looked at, to stand behind its name. */
    static String cause(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "does not exist";
            case AccessDeniedException _ -> "may not be read by this process; grant it";
            case FileSystemLoopException _ -> "leads back to a directory above it; remove the link";
            default -> "cannot be read: " + e.getMessage();
        };
    }

    private static final class Walk extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Map<String, FileStamp> files = new TreeMap<>();
        private final List<Path> directories = new ArrayList<>();
        private final Map<String, String> unreadable = new TreeMap<>();

        Walk(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            if (hidden(directory)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            directories.add(directory);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (hidden(file)) {
                return FileVisitResult.CONTINUE;
            }
            if (attributes.isSymbolicLink()) {
                unreadable.put(relative(file), "is a link that leads nowhere; mend or remove it");
            } else if (attributes.isDirectory()) {
                unreadable.put(relative(file), "lies more than %d directories deep; move it up".formatted(MAX_DEPTH));
            } else if (attributes.isRegularFile() && yaml(file)) {
                files.put(relative(file), FileStamp.of(attributes));
            }
            return files.size() > MAX_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            // what vanished since it was listed is gone like any other
            if (!hidden(file) && !(e instanceof NoSuchFileException)) {
                unreadable.put(relative(file), cause(e));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
            if (e != null) {
                unreadable.put(relative(directory), cause(e));
            }
            return FileVisitResult.CONTINUE;
        }

        private boolean hidden(Path path) {
            return !path.equals(root) && path.getFileName().toString().startsWith(".");
        }

        private String relative(Path path) {
            return root.relativize(path).toString().replace('\\', '/');
        }

        private static boolean yaml(Path file) {
            String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
            return name.endsWith(".yaml") || name.endsWith(".yml");
        }
    }
}
