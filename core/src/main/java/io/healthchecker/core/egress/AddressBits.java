package io.healthchecker.core.egress;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * An address as numbers.
 *
 * @param high the first 64 bits of an IPv6 address, 0 for IPv4
 * @param low the last 64 bits of an IPv6 address, or the 32 bits of IPv4
 */
record AddressBits(boolean ipv6, long high, long low) {

    static AddressBits of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet6Address
                ? new AddressBits(true, bytes.getLong(), bytes.getLong())
                : ipv4(bytes.getInt());
    }

    private static AddressBits ipv4(long bits) {
        return new AddressBits(false, 0, bits & 0xffff_ffffL);
    }

    /** The IPv4 addresses that a translator, tunnel or socket would make of this IPv6 address; often none. */
    List<AddressBits> embedded() {
        if (!ipv6) {
            return List.of();
        }
        List<AddressBits> found = new ArrayList<>(2);
        if (high == 0 && (low >>> 32 == 0xffffL || (low >>> 32 == 0 && low > 1))) {
            found.add(ipv4(low)); // ::ffff:a.b.c.d (mapped) and ::a.b.c.d (compatible)
        }
        if (high >>> 48 == 0x2002L) {
            found.add(ipv4(high >>> 16)); // 6to4, RFC 3056
        }
        if (high >>> 32 == 0x2001_0000L) {
            found.add(ipv4(high)); // Teredo, RFC 4380: the server
            found.add(ipv4(~low)); // and the client, every bit turned
        }
        if (high == 0x0064_ff9b_0000_0000L && low >>> 32 == 0) {
            found.add(ipv4(low)); // NAT64, RFC 6052
        }
        if (high >>> 16 == 0x0064_ff9b_0001L) { // NAT64 of the local network, RFC 8215: its width is not known
            long wide = (high & 0xffffL) << 16 | (low >>> 40 & 0xffffL);
            found.add(wide == 0 ? ipv4(low) : ipv4(wide)); // as a /96 or as a /48
            if (wide != 0 && (low & 0xffff_ffffL) != 0) {
                found.add(ipv4(low));
            }
        }
        if ((low >>> 32 & 0xfcff_ffffL) == 0x5efeL) {
            found.add(ipv4(low)); // ISATAP, RFC 5214
        }
        return found;
    }

    @Override
    public String toString() {
        byte[] bytes = ipv6
                ? ByteBuffer.allocate(16).putLong(high).putLong(low).array()
                : ByteBuffer.allocate(4).putInt((int) low).array();
        try {
            InetAddress address = InetAddress.getByAddress(bytes);
            return address instanceof Inet4Address four ? four.getHostAddress() : Ipv6Text.of((Inet6Address) address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // 4 or 16 bytes are always an address
        }
    }
}
