package io.healthchecker.core.egress;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** A range of addresses: all that share their first bits with the network. */
record Cidr(AddressBits network, int prefix) {

    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8} or a single address.
     *
     * @throws IllegalArgumentException with a message that continues “… is …; ”: what it must be
     */
    static Cidr parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = literal(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw new IllegalArgumentException("it must be an address or a range, such as 10.0.0.0/8 or fd00::/8");
        }
        AddressBits bits = AddressBits.of(address);
        int widest = bits.ipv6() ? 128 : 32;
        int prefix = slash < 0 ? widest : number(text.substring(slash + 1));
        if (prefix < 0 || prefix > widest) {
            throw new IllegalArgumentException("its prefix must be 0 to %d".formatted(widest));
        }
        Cidr cidr = new Cidr(masked(bits, prefix), prefix);
        if (!cidr.network.equals(bits)) {
            throw new IllegalArgumentException(
                    "bits are set behind its prefix; the range is %s/%d".formatted(cidr.network, prefix));
        }
        return cidr;
    }

    boolean contains(AddressBits address) {
        return address.ipv6() == network.ipv6() && masked(address, prefix).equals(network);
    }

    // never a name: a name in a rule would be looked up by whoever reads the rule
    private static @Nullable InetAddress literal(String text) {
        try {
            if (text.indexOf(':') >= 0) {
                return text.indexOf('%') >= 0 ? null : Inet6Address.ofLiteral(text);
            }
            return text.chars().filter(c -> c == '.').count() == 3 ? InetAddress.ofLiteral(text) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static int number(String digits) {
        return digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : -1;
    }

    private static AddressBits masked(AddressBits bits, int prefix) {
        if (!bits.ipv6()) {
            return new AddressBits(false, 0, bits.low() & mask(prefix + 32));
        }
        return new AddressBits(
                true, bits.high() & mask(Math.min(prefix, 64)), bits.low() & mask(Math.max(prefix - 64, 0)));
    }

    private static long mask(int ones) {
        return ones == 0 ? 0 : -1L << (64 - ones);
    }

    @Override
    public String toString() {
        return network + "/" + prefix;
    }
}
