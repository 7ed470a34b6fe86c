package io.healthchecker.worker.check;

import io.healthchecker.core.egress.EgressPolicy;
import io.healthchecker.core.egress.EgressRules;
import io.healthchecker.worker.dial.Lane;
import io.healthchecker.worker.dial.Names;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The policy of egress, with every address of the product's own databases in it; their names are looked up again every
 * minute, and an address that was once theirs stays denied while their name cannot be looked up.
 */
final class OwnEndpoints implements Supplier<EgressPolicy> {
    private static final long REFRESH_SECONDS = 60;
    private static final long FIRST_MILLIS = 5_000;

    private final EgressRules rules;
    private final List<InetSocketAddress> own;
    private final Names names;
    private final Lane lane;
    private final Map<InetSocketAddress, List<InetSocketAddress>> resolved = new ConcurrentHashMap<>();
    private volatile EgressPolicy policy;

    /** Looks the names up once before it returns. */
    OwnEndpoints(EgressRules rules, List<InetSocketAddress> own, Names names, Lane lane) {
        this.rules = rules;
        this.own = List.copyOf(own);
        this.names = names;
        this.lane = lane;
        this.policy = new EgressPolicy(rules, List.of());
        for (InetSocketAddress endpoint : own) {
            refresh(endpoint).awaitUninterruptibly(FIRST_MILLIS);
        }
        if (!own.isEmpty()) {
            lane.loop().scheduleWithFixedDelay(this::refresh, REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public EgressPolicy get() {
        return policy;
    }

    private void refresh() {
        own.forEach(this::refresh);
    }

    // the future is done when the policy knows the answer, not when the answer is there
    private Future<Void> refresh(InetSocketAddress endpoint) {
        Promise<Void> judged = lane.loop().newPromise();
        Future<List<InetAddress>> lookup = endpoint.isUnresolved()
                ? names.addresses(endpoint.getHostString(), lane.loop())
                : lane.loop().newSucceededFuture(List.of(endpoint.getAddress()));
        lookup.addListener((Future<List<InetAddress>> done) -> {
            if (done.isSuccess()) {
                List<InetSocketAddress> addresses = new ArrayList<>();
                done.getNow().forEach(address -> addresses.add(new InetSocketAddress(address, endpoint.getPort())));
                resolved.put(endpoint, addresses);
                judgeBy();
            }
            judged.setSuccess(null);
        });
        return judged;
    }

    private void judgeBy() {
        policy = new EgressPolicy(
                rules, resolved.values().stream().flatMap(List::stream).toList());
    }
}
