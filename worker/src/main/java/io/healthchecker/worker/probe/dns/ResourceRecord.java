package io.healthchecker.worker.probe.dns;

import io.healthchecker.core.egress.Ipv6Text;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A record of an answer.
 *
 * @param value as zone files have it (RFC 1035 §5.1), names without a dot at their end; texts without quotation marks
 */
record ResourceRecord(String name, RecordType type, long ttlSeconds, String value) {

    static ResourceRecord read(Wire wire, byte[] message) throws Malformed {
        String name = wire.name();
        RecordType type = new RecordType(wire.shortValue());
        wire.shortValue(); // the class, which is that of the question
        long ttl = wire.intValue();
        int length = wire.shortValue();
        Wire data = new Wire(message, wire.at());
        wire.skip(length);
        String value = value(type.code(), data, length);
        if (data.at() > wire.at()) {
            throw new Malformed("a record is shorter than its data");
        }
        return new ResourceRecord(name, type, ttl, value);
    }

    private static String value(int type, Wire data, int length) throws Malformed {
        return switch (type) {
            case RecordType.A -> address(data.take(length), 4);
            case RecordType.AAAA -> address(data.take(length), 16);
            case RecordType.NS, RecordType.CNAME, RecordType.PTR -> data.name();
            case RecordType.MX -> "%d %s".formatted(data.shortValue(), data.name());
            case RecordType.TXT -> texts(data, length);
            case RecordType.SRV ->
                "%d %d %d %s".formatted(data.shortValue(), data.shortValue(), data.shortValue(), data.name());
            case RecordType.SOA ->
                "%s %s %d %d %d %d %d"
                        .formatted(
                                data.name(),
                                data.name(),
                                data.intValue(),
                                data.intValue(),
                                data.intValue(),
                                data.intValue(),
                                data.intValue());
            case RecordType.CAA -> caa(data, length);
            case RecordType.DS ->
                "%d %d %d %s".formatted(data.shortValue(), data.byteValue(), data.byteValue(), data.hex(length - 4));
            case RecordType.TLSA ->
                "%d %d %d %s".formatted(data.byteValue(), data.byteValue(), data.byteValue(), data.hex(length - 3));
            case RecordType.SSHFP -> "%d %d %s".formatted(data.byteValue(), data.byteValue(), data.hex(length - 2));
            case RecordType.DNSKEY ->
                "%d %d %d %s"
                        .formatted(
                                data.shortValue(),
                                data.byteValue(),
                                data.byteValue(),
                                Base64.getEncoder().encodeToString(data.take(length - 4)));
            case RecordType.NAPTR ->
                "%d %d \"%s\" \"%s\" \"%s\" %s"
                        .formatted(
                                data.shortValue(),
                                data.shortValue(),
                                data.text(),
                                data.text(),
                                data.text(),
                                data.name());
            case RecordType.SVCB, RecordType.HTTPS -> service(data, length);
            default -> "\\# %d %s".formatted(length, data.hex(length)).stripTrailing();
        };
    }

    private static String address(byte[] bytes, int wanted) throws Malformed {
        if (bytes.length != wanted) {
            throw new Malformed("an address has %d bytes".formatted(bytes.length));
        }
        try {
            InetAddress address = bytes.length == 16
                    ? Inet6Address.getByAddress(null, bytes, -1) // else a mapped address would turn into IPv4
                    : InetAddress.getByAddress(bytes);
            return address instanceof Inet6Address six ? Ipv6Text.of(six) : address.getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // 4 or 16 bytes are always an address
        }
    }

    // one text may come in parts of 255 bytes (RFC 7208 §3.3)
    private static String texts(Wire data, int length) throws Malformed {
        int end = data.at() + length;
        StringBuilder text = new StringBuilder();
        while (data.at() < end) {
            text.append(data.text());
        }
        return text.toString();
    }

    private static String caa(Wire data, int length) throws Malformed {
        int end = data.at() + length;
        int flags = data.byteValue();
        String tag = data.text();
        byte[] value = data.take(end - data.at());
        return "%d %s \"%s\"".formatted(flags, tag, new String(value, java.nio.charset.StandardCharsets.UTF_8));
    }

    // RFC 9460 §2.2; parameters by number, as any zone file takes them
    private static String service(Wire data, int length) throws Malformed {
        int end = data.at() + length;
        StringBuilder text = new StringBuilder("%d %s".formatted(data.shortValue(), data.name()));
        while (data.at() < end) {
            int key = data.shortValue();
            byte[] value = data.take(data.shortValue());
            text.append(" key%d=%s".formatted(key, HexFormat.of().formatHex(value)));
        }
        return text.toString();
    }
}
