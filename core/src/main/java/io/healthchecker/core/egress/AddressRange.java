package io.healthchecker.core.egress;

import java.net.InetAddress;

/** A range of addresses, to ask whether an address as text is in it. */
public final class AddressRange {
    private final Cidr cidr;

    private AddressRange(Cidr cidr) {
        this.cidr = cidr;
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8} or a single address.
     *
     * @throws IllegalArgumentException with a message that continues “… is …; ”: what it must be
     */
    public static AddressRange parse(String text) {
        return new AddressRange(Cidr.parse(text));
    }

    /** Whether a text is an address, and within the range. */
    public boolean contains(String address) {
        try {
            return cidr.contains(AddressBits.of(InetAddress.ofLiteral(address)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
