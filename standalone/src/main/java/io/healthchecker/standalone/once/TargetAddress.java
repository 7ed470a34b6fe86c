package io.healthchecker.standalone.once;

import io.healthchecker.crds.Definition;
import io.healthchecker.crds.probe.DnsProbe;
import io.healthchecker.crds.probe.HttpProbe;
import io.healthchecker.crds.probe.IcmpProbe;
import io.healthchecker.crds.probe.TcpProbe;
import io.healthchecker.crds.probe.TlsProbe;
import io.healthchecker.standalone.StartFailure;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be checked without more words than an address. */
final class TargetAddress {
    private static final String HOST = "(\\[[^\\]]+]|[^:/?#\\[\\]]+)";
    private static final Pattern TCP = Pattern.compile("(?i)tcp://" + HOST + ":([0-9]{1,5})/?");
    private static final Pattern TLS = Pattern.compile("(?i)tls://" + HOST + "(?::([0-9]{1,5}))?/?");

    private static final Pattern ICMP = Pattern.compile("(?i)icmp://" + HOST + "/?");
    // RFC 4501, and an empty server for the machine's own
    private static final Pattern DNS =
            Pattern.compile("(?i)dns://(?:" + HOST + "(?::([0-9]{1,5}))?)?/([^?#]+)(?:\\?type=([A-Za-z0-9]+))?");

    private TargetAddress() {}

    /** A definition that says the rest by its defaults. Throws {@link StartFailure} if the address cannot be read. */
    static Definition definition(String address) {
        return switch (address.substring(0, address.indexOf(':')).toLowerCase(Locale.ROOT)) {
            case "tcp" -> tcp(matched(TCP, address, "tcp://host:port"));
            case "tls" -> tls(matched(TLS, address, "tls://host or tls://host:port"));
            case "dns" -> dns(matched(DNS, address, "dns://server/name?type=A or dns:///name"));
            case "icmp" -> icmp(matched(ICMP, address, "icmp://host"));
            default -> Definition.of(HttpProbe.get(address));
        };
    }

    private static Definition tcp(Matcher parts) {
        return Definition.of(TcpProbe.of(host(parts), Integer.parseInt(parts.group(2))));
    }

    private static Definition tls(Matcher parts) {
        return Definition.of(TlsProbe.of(host(parts), parts.group(2) == null ? null : Integer.valueOf(parts.group(2))));
    }

    private static Definition icmp(Matcher parts) {
        return Definition.of(IcmpProbe.of(host(parts)));
    }

    private static Definition dns(Matcher parts) {
        return Definition.of(DnsProbe.of(
                parts.group(3),
                parts.group(4) == null ? null : parts.group(4).toUpperCase(Locale.ROOT),
                parts.group(1) == null ? null : host(parts),
                parts.group(2) == null ? null : Integer.valueOf(parts.group(2))));
    }

    private static String host(Matcher parts) {
        return parts.group(1).replaceAll("[\\[\\]]", "");
    }

    private static Matcher matched(Pattern shape, String address, String example) {
        Matcher parts = shape.matcher(address);
        if (!parts.matches()) {
            throw new StartFailure("%s cannot be read; it must look like %s".formatted(address, example));
        }
        return parts;
    }
}
