package io.healthchecker.api.ui;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The files of the dashboard under one hash: a change of any of them changes the address of all, so that browsers may
 * keep them for ever and never mix two versions.
 */
final class Assets {
    /** The page that all addresses of the dashboard answer, before the names in it are filled in. */
    static final String SHELL = "index.html";

    /** What the page loads ahead of being asked, one path a line. */
    static final String PRELOAD = "preload.txt";

    private static final String BEFORE = "/assets/";

    private final String hash;
    private final Map<String, Asset> files;
    private final Asset shell;

    private Assets(String hash, Map<String, Asset> files, Asset shell) {
        this.hash = hash;
        this.files = files;
        this.shell = shell;
    }

    /** Files by path; their hash is found. */
    static Assets of(SortedMap<String, byte[]> contents) {
        return of(contents, hash(contents));
    }

    /** Files by path, under a name that need not be their hash. */
    static Assets of(SortedMap<String, byte[]> contents, String hash) {
        Map<String, Asset> files = new TreeMap<>();
        contents.forEach((path, bytes) -> Asset.of(path, bytes).ifPresent(asset -> files.put(path, asset)));
        String html = text(contents, SHELL)
                .replace("{{modulepreload}}", preloads(text(contents, PRELOAD), hash))
                .replace("{{assets}}", BEFORE + hash);
        Asset shell = Asset.of(SHELL, html.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        files.remove(SHELL);
        files.remove(PRELOAD);
        return new Assets(hash, files, shell);
    }

    String hash() {
        return hash;
    }

    /** The page. */
    Asset shell() {
        return shell;
    }

    /** A file, if the hash is this one: another version's files are not passed off as its own. */
    Optional<Asset> find(String wantedHash, String path) {
        return wantedHash.equals(hash)
                ? Optional.ofNullable(files.get(path)).or(() -> CountedIcon.find(path))
                : Optional.empty();
    }

    private static String preloads(String list, String hash) {
        return list.lines()
                .map(String::strip)
                .filter(path -> !path.isEmpty() && !path.startsWith("#"))
                .map(path -> "<link rel=\"modulepreload\" href=\"%s%s/%s\">".formatted(BEFORE, hash, path))
                .collect(Collectors.joining("\n"));
    }

    private static String text(Map<String, byte[]> contents, String path) {
        return new String(contents.getOrDefault(path, new byte[0]), StandardCharsets.UTF_8);
    }

    private static String hash(SortedMap<String, byte[]> contents) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            contents.forEach((path, bytes) -> {
                digest.update("%s %d%n".formatted(path, bytes.length).getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
