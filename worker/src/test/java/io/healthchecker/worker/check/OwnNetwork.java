package io.healthchecker.worker.check;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

/** A network of one thread's own, with nothing in it but loopback. */
final class OwnNetwork {
    private static final int CLONE_NEWNET = 0x4000_0000;
    private static final int CAPABILITY_VERSION = 0x2008_0522;
    private static final int NET_RAW = 13;
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

    /** Takes the calling thread's right to raw sockets; a program that it starts as root has it nevertheless. */
    @SuppressWarnings("restricted")
    static void giveUpRawSockets() throws IOException {
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor call = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
        var capget = linker.downcallHandle(linker.defaultLookup().findOrThrow("capget"), call);
        var capset = linker.downcallHandle(linker.defaultLookup().findOrThrow("capset"), call);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment head = arena.allocateFrom(ValueLayout.JAVA_INT, CAPABILITY_VERSION, 0); // 0: this thread
            MemorySegment sets = arena.allocate(ValueLayout.JAVA_INT, 6); // effective, permitted, inheritable; twice
            int known = (int) capget.invokeExact(head, sets);
            int effective = sets.getAtIndex(ValueLayout.JAVA_INT, 0) & ~(1 << NET_RAW);
            sets.setAtIndex(ValueLayout.JAVA_INT, 0, effective);
            if (known != 0 || (int) capset.invokeExact(head, sets) != 0) {
                throw new IOException("the right to raw sockets could not be given up");
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
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
