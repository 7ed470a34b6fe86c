package io.healthchecker.worker.dial;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * Sockets for ICMP, which Java does not have: of the kind that needs no privilege where the kernel lets us ({@code
 * net.ipv4.ping_group_range}), else raw ones ({@code CAP_NET_RAW}). Linux only.
 */
final class IcmpSockets {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int IPPROTO_ICMP = 1;
    private static final int IPPROTO_ICMPV6 = 58;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int EPERM = 1;
    private static final int EACCES = 13;
    private static final int EMFILE = 24;
    private static final int ENFILE = 23;

    private IcmpSockets() {}

    /** A socket, and whether the kernel leaves the heads of packets to us. */
    record Opened(EpollDatagramChannel channel, boolean raw) {}

    /** There is no socket. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        /** Whether none is to be had on this machine, rather than not at this moment. */
        private final boolean forGood;

        Refused(String message, boolean forGood) {
            super(message);
            this.forGood = forGood;
        }

        boolean forGood() {
            return forGood;
        }
    }

    static Opened open(boolean ipv6) throws Refused {
        if (!Epoll.isAvailable()) {
            throw new Refused("ICMP sockets are known on Linux only", true);
        }
        int datagram = Native.socket(ipv6, SOCK_DGRAM);
        if (datagram >= 0) {
            return new Opened(new EpollDatagramChannel(datagram), false);
        }
        int raw = Native.socket(ipv6, SOCK_RAW);
        if (raw >= 0) {
            return new Opened(new EpollDatagramChannel(raw), true);
        }
        throw refused(-datagram, -raw);
    }

    private static Refused refused(int datagram, int raw) {
        if (isUsedUp(datagram) || isUsedUp(raw)) { // of a raw one the kernel asks for the privilege first
            return new Refused("no file descriptor is free", false);
        }
        boolean denied = (datagram == EACCES || datagram == EPERM) && (raw == EPERM || raw == EACCES);
        return new Refused(
                denied
                        ? "the kernel lets this process ping neither by net.ipv4.ping_group_range nor by CAP_NET_RAW"
                        : "the kernel has no ICMP sockets for this process (errors %d and %d)".formatted(datagram, raw),
                true);
    }

    private static boolean isUsedUp(int error) {
        return error == EMFILE || error == ENFILE;
    }

    /** {@code socket(2)}, bound when it is first needed. */
    @SuppressWarnings("restricted") // the process is started with --enable-native-access
    private static final class Native {
        private static final Linker LINKER = Linker.nativeLinker();
        private static final StructLayout STATE = Linker.Option.captureStateLayout();
        private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
        private static final MethodHandle SOCKET = LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow("socket"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
                Linker.Option.captureCallState("errno"));

        /** A file descriptor, or an error number below zero. */
        static int socket(boolean ipv6, int type) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment state = arena.allocate(STATE);
                int descriptor = (int) SOCKET.invokeExact(
                        state,
                        ipv6 ? AF_INET6 : AF_INET,
                        type | SOCK_NONBLOCK | SOCK_CLOEXEC,
                        ipv6 ? IPPROTO_ICMPV6 : IPPROTO_ICMP);
                return descriptor >= 0 ? descriptor : -(int) ERRNO.get(state, 0L);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable impossible) {
                throw new IllegalStateException("socket(2) could not be called", impossible);
            }
        }
    }
}
