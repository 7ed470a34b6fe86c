package io.healthchecker.worker;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;

/** A process that may open no file and no socket any more, for a moment; what is open stays so. */
public final class NoDescriptors {
    private static final int RLIMIT_NOFILE = 7;
    private static final MethodHandle GET = function("getrlimit");
    private static final MethodHandle SET = function("setrlimit");

    private NoDescriptors() {}

    /** Does something meanwhile; classes that it needs for the first time may not be found. */
    @SuppressWarnings("restricted") // tests run with --enable-native-access
    public static <T> T during(Supplier<T> action) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment limits = arena.allocate(ValueLayout.JAVA_LONG, 2); // the one that counts, and its highest
            call(GET, limits);
            long usual = limits.getAtIndex(ValueLayout.JAVA_LONG, 0);
            limits.setAtIndex(ValueLayout.JAVA_LONG, 0, 0);
            call(SET, limits);
            try {
                return action.get();
            } finally {
                limits.setAtIndex(ValueLayout.JAVA_LONG, 0, usual);
                call(SET, limits);
            }
        }
    }

    private static void call(MethodHandle function, MemorySegment limits) {
        try {
            if ((int) function.invokeExact(RLIMIT_NOFILE, limits) != 0) {
                throw new IllegalStateException("the limit of descriptors can be neither read nor set");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @SuppressWarnings("restricted") // tests run with --enable-native-access
    private static MethodHandle function(String name) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    }
}
