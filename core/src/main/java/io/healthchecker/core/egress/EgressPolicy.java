package io.healthchecker.core.egress;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses may be dialled. In this order: our own endpoints never; denied ports and ranges not; allowed ranges;
 * then what the preset says of the address's kind. An IPv6 address that carries an IPv4 address is judged by both.
 */
public final class EgressPolicy {
    private final EgressPreset preset;
    private final List<Cidr> allowed;
    private final List<Cidr> denied;
    private final List<PortRange> deniedPorts;
    private final Set<Own> own;
    private final TeamEgress.@Nullable Judge team;

    /**
     * @param own where the product's own PostgreSQL and Redis listen, every address that their names resolve to; one on
     *     loopback is denied on every loopback address
     */
    public EgressPolicy(EgressRules rules, Collection<InetSocketAddress> own) {
        this.preset = rules.preset();
        this.allowed = rules.allowed();
        this.denied = rules.denied();
        this.deniedPorts = rules.deniedPorts();
        this.own = own.stream()
                .filter(endpoint -> !endpoint.isUnresolved())
                .map(endpoint -> Own.of(AddressBits.of(endpoint.getAddress()), endpoint.getPort()))
                .collect(Collectors.toUnmodifiableSet());
        this.team = null;
    }

    private EgressPolicy(EgressPolicy all, TeamEgress.Judge team) {
        this.preset = all.preset;
        this.allowed = all.allowed;
        this.denied = all.denied;
        this.deniedPorts = all.deniedPorts;
        this.own = all.own;
        this.team = team;
    }

    /** The same, and what one team may dial of it. */
    public EgressPolicy within(TeamEgress.Judge one) {
        return new EgressPolicy(this, one);
    }

    /** The rule that denies a target by its name, before that is looked up; null if none does. */
    public @Nullable String rule(String host) {
        return team == null ? null : team.rule(host);
    }

    /** Why an address may not be dialled, or null if it may. */
    public @Nullable Denial judge(InetAddress address, int port) {
        AddressBits bits = AddressBits.of(address);
        String rule = rule(bits, port);
        if (rule == null) {
            for (AddressBits embedded : bits.embedded()) {
                rule = rule(embedded, port);
                if (rule != null) {
                    rule = "%s, for the embedded %s".formatted(rule, embedded);
                    break;
                }
            }
        }
        if (rule == null && team != null) {
            rule = team.rule(address, port);
        }
        return rule == null ? null : new Denial(address, port, rule);
    }

    private @Nullable String rule(AddressBits address, int port) {
        AddressKind kind = AddressKind.of(address);
        if (own.contains(Own.of(address, port))
                || (kind == AddressKind.UNSPECIFIED && own.contains(Own.loopback(port)))) {
            return "own endpoint";
        }
        for (PortRange range : deniedPorts) {
            if (range.contains(port)) {
                return "denyPorts " + range;
            }
        }
        for (Cidr range : denied) {
            if (range.contains(address)) {
                return "deny " + range;
            }
        }
        for (Cidr range : allowed) {
            if (range.contains(address)) {
                return null;
            }
        }
        return preset.denies(kind) ? kind.name().toLowerCase(Locale.ROOT).replace('_', '-') : null;
    }

    /** An endpoint of our own; all loopback addresses are one. */
    private record Own(@Nullable AddressBits address, int port) {
        static Own of(AddressBits address, int port) {
            return AddressKind.of(address) == AddressKind.LOOPBACK ? loopback(port) : new Own(address, port);
        }

        static Own loopback(int port) {
            return new Own(null, port);
        }
    }
}
