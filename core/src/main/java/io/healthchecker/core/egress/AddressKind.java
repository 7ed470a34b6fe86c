package io.healthchecker.core.egress;

import java.util.Arrays;
import java.util.List;

/** What an address is for, by the registries of special-purpose addresses (RFC 6890 and what followed it). */
public enum AddressKind {
    /** The names and credentials of the machine we run on, as clouds serve them. */
    METADATA(
            "169.254.169.254",
            "169.254.170.2",
            "169.254.170.23",
            "168.63.129.16",
            "100.100.100.200",
            "192.0.0.192",
            "fd00:ec2::254",
            "fd00:ec2::23",
            "fd20:ce::254"),
    UNSPECIFIED("0.0.0.0/8", "::"),
    LOOPBACK("127.0.0.0/8", "::1"),
    LINK_LOCAL("169.254.0.0/16", "fe80::/10"),
    PRIVATE("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", "fec0::/10"),
    MULTICAST("224.0.0.0/4", "ff00::/8"),
    DOCUMENTATION("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"),
    BENCHMARK("198.18.0.0/15", "2001:2::/48"),
    RESERVED("192.0.0.0/24", "240.0.0.0/4", "100::/64", "5f00::/16"),
    /** Every other address. */
    PUBLIC;

    private final List<Cidr> ranges;

    AddressKind(String... ranges) {
        this.ranges = Arrays.stream(ranges).map(Cidr::parse).toList();
    }

    static AddressKind of(AddressBits address) {
        for (AddressKind kind : values()) {
            for (Cidr range : kind.ranges) {
                if (range.contains(address)) {
                    return kind;
                }
            }
        }
        return PUBLIC;
    }
}
