package io.healthchecker.worker.check;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

/** A network of one thread's own, with nothing in it but loopback. */
final class OwnNetwork {
    private static final int CLONE_NEWNET = 0x4000_0000;
    private static final Path SYSCTL = Path.of("/proc/sys/net");

    private OwnNetwork() {}

    /** Puts the calling thread into one; false if this process may not. */
    static boolean enter(String pingGroups, String ignoreAll) throws IOException, InterruptedException {
        if (!Files.exists(SYSCTL) || unshare() != 0) {
            return false;
        }
        // a program that is started belongs to the network of the thread that starts it
        int up = new ProcessBuilder("ip", "link", "set", "lo", "up")
                .inheritIO()
                .start()
                .waitFor();
        if (up != 0) {
            throw new IOException("loopback could not be brought up");
        }
        Files.writeString(SYSCTL.resolve("ipv4/ping_group_range"), pingGroups);
        Files.writeString(SYSCTL.resolve("ipv4/icmp_echo_ignore_all"), ignoreAll);
        Files.writeString(SYSCTL.resolve("ipv6/icmp/echo_ignore_all"), ignoreAll);
        return true;
    }

    @SuppressWarnings("restricted")
    private static int unshare() {
        Linker linker = Linker.nativeLinker();
        var unshare = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("unshare"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try {
            return (int) unshare.invokeExact(CLONE_NEWNET);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
