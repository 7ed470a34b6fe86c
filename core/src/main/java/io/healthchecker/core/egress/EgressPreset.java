package io.healthchecker.core.egress;

import static io.healthchecker.core.egress.AddressKind.DOCUMENTATION;
import static io.healthchecker.core.egress.AddressKind.LINK_LOCAL;
import static io.healthchecker.core.egress.AddressKind.LOOPBACK;
import static io.healthchecker.core.egress.AddressKind.METADATA;
import static io.healthchecker.core.egress.AddressKind.MULTICAST;
import static io.healthchecker.core.egress.AddressKind.RESERVED;
import static io.healthchecker.core.egress.AddressKind.UNSPECIFIED;

import java.util.EnumSet;
import java.util.Set;

/** What is denied where nothing else is said. */
public enum EgressPreset {
    /** One's own machine: the home network and the machine itself are what is watched. */
    STANDALONE(EnumSet.of(METADATA, LINK_LOCAL, MULTICAST, UNSPECIFIED, RESERVED)),
    /** A cluster of many teams: loopback is the worker's own pod. */
    KUBERNETES(EnumSet.of(METADATA, LINK_LOCAL, MULTICAST, UNSPECIFIED, RESERVED, DOCUMENTATION, LOOPBACK));

    private final Set<AddressKind> denied;

    EgressPreset(Set<AddressKind> denied) {
        this.denied = denied;
    }

    boolean denies(AddressKind kind) {
        return denied.contains(kind);
    }
}
