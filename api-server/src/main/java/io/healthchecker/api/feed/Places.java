package io.healthchecker.api.feed;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How many connections each account holds, those on their way included: none has more than its limit. */
final class Places {
    private final int perAccount;
    private final Map<Integer, Set<Subscriber>> ofAccount = new ConcurrentHashMap<>();

    Places(int perAccount) {
        this.perAccount = perAccount;
    }

    /** Takes a place, unless the account has none left. Who has one already keeps it. */
    boolean take(Subscriber subscriber) {
        Set<Subscriber> taken = ofAccount.compute(account(subscriber), (_, before) -> {
            Set<Subscriber> holders = before == null ? identities() : before;
            if (holders.size() < perAccount) {
                holders.add(subscriber);
            }
            return holders;
        });
        return taken.contains(subscriber);
    }

    /** Gives the place back; who has none gives none. */
    void leave(Subscriber subscriber) {
        ofAccount.computeIfPresent(account(subscriber), (_, holders) -> {
            holders.remove(subscriber);
            return holders.isEmpty() ? null : holders;
        });
    }

    private static int account(Subscriber subscriber) {
        return subscriber.caller().accountId();
    }

    /** Two connections of one account may be equal, and are two. */
    private static Set<Subscriber> identities() {
        return Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    }
}
