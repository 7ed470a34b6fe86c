package io.healthchecker.core.egress;

import java.util.ArrayList;
import java.util.List;

/**
 * What an operator says of egress, read and checked.
 *
 * @param allow ranges that may be dialled although the preset denies them
 * @param deny ranges that may not be dialled; they win over {@code allow}
 * @param denyPorts ports that may not be dialled at any address
 */
public record EgressRules(EgressPreset preset, List<String> allow, List<String> deny, List<String> denyPorts) {
    public EgressRules {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
        denyPorts = List.copyOf(denyPorts);
        ranges("egress.allow", allow);
        ranges("egress.deny", deny);
        ports("egress.denyPorts", denyPorts);
    }

    /** What a preset says, and nothing else. */
    public static EgressRules of(EgressPreset preset) {
        return new EgressRules(preset, List.of(), List.of(), List.of());
    }

    List<Cidr> allowed() {
        return ranges("egress.allow", allow);
    }

    List<Cidr> denied() {
        return ranges("egress.deny", deny);
    }

    List<PortRange> deniedPorts() {
        return ports("egress.denyPorts", denyPorts);
    }

    private static List<Cidr> ranges(String field, List<String> texts) {
        List<Cidr> ranges = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            try {
                ranges.add(Cidr.parse(texts.get(i)));
            } catch (IllegalArgumentException e) {
                throw wrong(field, i, texts.get(i), e);
            }
        }
        return ranges;
    }

    private static List<PortRange> ports(String field, List<String> texts) {
        List<PortRange> ranges = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            try {
                ranges.add(PortRange.parse(texts.get(i)));
            } catch (IllegalArgumentException e) {
                throw wrong(field, i, texts.get(i), e);
            }
        }
        return ranges;
    }

    private static IllegalArgumentException wrong(String field, int i, String text, IllegalArgumentException cause) {
        return new IllegalArgumentException(
                "%s[%d] is \"%s\"; %s".formatted(field, i, text, cause.getMessage()), cause);
    }
}
