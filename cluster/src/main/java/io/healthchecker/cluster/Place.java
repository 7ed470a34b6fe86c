package io.healthchecker.cluster;

import java.util.List;

/**
 * Where a control plane runs, and how it is reached.
 *
 * @param entry first words of every command line, which lead to that place
 * @param bindAddress where the API server listens
 * @param advertiseAddress by what address it is known to pods; its certificate is valid for it
 * @param port of the API server
 * @param serviceAddresses range of cluster addresses
 * @param host by what name we reach it
 * @param hostPort at what port of loopback we reach it
 * @param admission flags that say what pods must have
 */
record Place(
        List<String> entry,
        String bindAddress,
        String advertiseAddress,
        int port,
        String serviceAddresses,
        String host,
        int hostPort,
        List<String> admission) {

    /** Processes of this machine, on loopback, without anything that runs pods. */
    static Place loopback() {
        int port = Ports.free();
        return new Place(
                List.of(),
                "127.0.0.1",
                "127.0.0.1",
                port,
                "10.0.0.0/24",
                "127.0.0.1",
                port,
                List.of(
                        "--endpoint-reconciler-type=none",
                        // pods of namespaces whose accounts nobody makes; nodes that nobody declares healthy
                        "--disable-admission-plugins=ServiceAccount,TaintNodesByCondition"));
    }
}
