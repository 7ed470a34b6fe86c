package io.healthchecker.core.egress;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which of the addresses that the installation admits the checks of one team may dial. It takes away and never adds:
 * where something is allowed, all else is denied, and what is denied is denied though it is allowed as well.
 *
 * @param allow addresses and ranges; empty for all
 * @param deny addresses and ranges
 * @param allowPorts ports and ranges of ports; empty for all
 * @param denyPorts ports and ranges of ports
 * @param allowHosts names such as {@code shop.example.com}, or {@code *.example.com} for all below it; empty for all. A
 *     target that is written as an address has no name
 * @param denyHosts names like these
 */
public record TeamEgress(
        List<String> allow,
        List<String> deny,
        List<String> allowPorts,
        List<String> denyPorts,
        List<String> allowHosts,
        List<String> denyHosts) {
    /** Everything that the installation admits. */
    public static final TeamEgress ALL =
            new TeamEgress(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    /** Most entries of each list. */
    public static final int MAX_ENTRIES = 200;

    private static final String HOST =
            "(\\*\\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*";

    /** @throws IllegalArgumentException if an entry cannot be read, naming it */
    public TeamEgress {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
        allowPorts = List.copyOf(allowPorts);
        denyPorts = List.copyOf(denyPorts);
        allowHosts = hosts("allowHosts", allowHosts);
        denyHosts = hosts("denyHosts", denyHosts);
        read("allow", allow, Cidr::parse);
        read("deny", deny, Cidr::parse);
        read("allowPorts", allowPorts, PortRange::parse);
        read("denyPorts", denyPorts, PortRange::parse);
    }

    private static List<String> hosts(String field, List<String> hosts) {
        List<String> lower = new ArrayList<>();
        for (int i = 0; i < hosts.size(); i++) {
            String host = hosts.get(i).toLowerCase(Locale.ROOT);
            if (host.length() > 253 || !host.matches(HOST)) {
                throw wrong(field, i, hosts.get(i), "it must be a name such as shop.example.com or *.example.com");
            }
            lower.add(host);
        }
        return bounded(field, List.copyOf(lower));
    }

    private static <T> List<T> read(String field, List<String> texts, Function<String, T> parse) {
        List<T> values = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            try {
                values.add(parse.apply(texts.get(i)));
            } catch (IllegalArgumentException e) {
                throw wrong(field, i, texts.get(i), String.valueOf(e.getMessage()));
            }
        }
        return bounded(field, values);
    }

    private static <T> List<T> bounded(String field, List<T> values) {
        if (values.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException(
                    "%s has %d entries; it must have at most %d".formatted(field, values.size(), MAX_ENTRIES));
        }
        return values;
    }

    private static IllegalArgumentException wrong(String field, int i, String text, String message) {
        String shown = text.length() <= 80 ? text : text.substring(0, 80) + "…";
        return new IllegalArgumentException("%s[%d] is \"%s\"; %s".formatted(field, i, shown, message));
    }

    /** Made ready to judge with. */
    public Judge judge() {
        return new Judge(
                read("allow", allow, Cidr::parse),
                read("deny", deny, Cidr::parse),
                read("allowPorts", allowPorts, PortRange::parse),
                read("denyPorts", denyPorts, PortRange::parse),
                this);
    }

    /** The same, read. */
    public static final class Judge {
        private final List<Cidr> allow;
        private final List<Cidr> deny;
        private final List<PortRange> allowPorts;
        private final List<PortRange> denyPorts;
        private final TeamEgress rules;

        private Judge(
                List<Cidr> allow,
                List<Cidr> deny,
                List<PortRange> allowPorts,
                List<PortRange> denyPorts,
                TeamEgress rules) {
            this.allow = allow;
            this.deny = deny;
            this.allowPorts = allowPorts;
            this.denyPorts = denyPorts;
            this.rules = rules;
        }

        /** The rule that denies an address, or null. */
        @Nullable
        String rule(InetAddress address, int port) {
            AddressBits bits = AddressBits.of(address);
            for (Cidr range : deny) {
                if (range.contains(bits) || bits.embedded().stream().anyMatch(range::contains)) {
                    return "team deny " + range;
                }
            }
            if (!allow.isEmpty() && allow.stream().noneMatch(range -> range.contains(bits))) {
                return "team allow";
            }
            if (port == 0) {
                return null; // the protocol has none
            }
            for (PortRange range : denyPorts) {
                if (range.contains(port)) {
                    return "team denyPorts " + range;
                }
            }
            return !allowPorts.isEmpty() && allowPorts.stream().noneMatch(range -> range.contains(port))
                    ? "team allowPorts"
                    : null;
        }

        /** The rule that denies a name, or null. */
        @Nullable
        String rule(String host) {
            String name = host.toLowerCase(Locale.ROOT);
            String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
            for (String pattern : rules.denyHosts) {
                if (matches(pattern, bare)) {
                    return "team denyHosts " + pattern;
                }
            }
            boolean admitted =
                    rules.allowHosts.isEmpty() || rules.allowHosts.stream().anyMatch(pattern -> matches(pattern, bare));
            return admitted ? null : "team allowHosts";
        }

        private static boolean matches(String pattern, String name) {
            return pattern.startsWith("*.") ? name.endsWith(pattern.substring(1)) : pattern.equals(name);
        }
    }
}
