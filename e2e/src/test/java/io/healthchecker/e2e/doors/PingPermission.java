package io.healthchecker.e2e.doors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Whether the kernel lets processes of this user ping: by their group, or by {@code CAP_NET_RAW}. */
final class PingPermission {
    private static final Path GROUPS = Path.of("/proc/sys/net/ipv4/ping_group_range");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int CAP_NET_RAW = 13;

    private PingPermission() {}

    static boolean granted() {
        if (!Files.exists(STATUS)) {
            return false;
        }
        try {
            long[] range = Arrays.stream(Files.readString(GROUPS).strip().split("\\s+"))
                    .mapToLong(Long::parseLong)
                    .toArray();
            long group = Long.parseLong(status("Gid:"));
            boolean raw = (Long.parseUnsignedLong(status("CapEff:"), 16) >> CAP_NET_RAW & 1) == 1;
            return raw || (range[0] <= group && group <= range[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String status(String name) throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.split("\\s+")[1])
                .findFirst()
                .orElseThrow();
    }
}
