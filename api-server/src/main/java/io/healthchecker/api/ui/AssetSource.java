package io.healthchecker.api.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Where the files of the dashboard are read from. */
sealed interface AssetSource {
    /** The files as they are now. */
    Assets assets();

    /** Those that are part of the program, read when they are first asked for. */
    final class Program implements AssetSource {
        private static final String FOLDER = "io/healthchecker/api/ui/";

        private @Nullable Assets assets;

        @Override
        public synchronized Assets assets() {
            if (assets == null) {
                assets = Assets.of(contents());
            }
            return assets;
        }

        private static SortedMap<String, byte[]> contents() {
            SortedMap<String, byte[]> contents = new TreeMap<>();
            try {
                Resource[] found =
                        new PathMatchingResourcePatternResolver().getResources("classpath*:" + FOLDER + "**/*.*");
                for (Resource resource : found) {
                    String address = resource.getURL().getPath();
                    String path = address.substring(address.lastIndexOf(FOLDER) + FOLDER.length());
                    if (resource.isReadable() && !path.endsWith(".class")) {
                        contents.put(path, Comments.without(path, resource.getContentAsByteArray()));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the dashboard's files cannot be read", e);
            }
            return contents;
        }
    }

    /** A folder that somebody works in, read each time. */
    record Folder(Path folder) implements AssetSource {
        static final String HASH = "dev";

        @Override
        public Assets assets() {
            SortedMap<String, byte[]> contents = new TreeMap<>();
            try (var found = Files.walk(folder)) {
                List<Path> files = found.filter(Files::isRegularFile).toList();
                for (Path file : files) {
                    contents.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("hc.ui.folder cannot be read", e);
            }
            return Assets.of(contents, HASH);
        }
    }
}
