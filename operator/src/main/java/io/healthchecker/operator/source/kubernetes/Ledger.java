package io.healthchecker.operator.source.kubernetes;

import io.healthchecker.core.service.KubernetesOrigin;
import io.healthchecker.core.service.KubernetesServiceTable.Living;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What this leader knows to be stored, so that a resource that has not changed costs no look at the database. It is read
 * at once when leading begins, follows our own writes, and is read anew by each sweep. For any thread.
 */
final class Ledger {
    private final Map<String, Living> stored = new ConcurrentHashMap<>();
    private final Map<String, Long> handled = new ConcurrentHashMap<>();
    private final Map<String, String> checked = new ConcurrentHashMap<>();

    /** What is stored of a resource; null if nothing is, as far as we know. */
    @Nullable
    Living find(String uid) {
        return stored.get(uid);
    }

    void put(Living living) {
        stored.put(living.origin().uid(), living);
    }

    /** Nothing is stored of a resource any more. */
    void forget(String uid) {
        stored.remove(uid);
    }

    /** The same, unless we know something newer by now; false in that case. */
    boolean forget(Living living) {
        return stored.remove(living.origin().uid(), living);
    }

    /** A resource is gone. */
    void remove(String uid) {
        stored.remove(uid);
        handled.remove(uid);
        checked.remove(uid);
    }

    /** Takes over what was just read; what we wrote since then is newer and stays. */
    void refresh(List<Living> read, Map<String, Living> before) {
        Map<String, Living> fresh = new HashMap<>();
        read.forEach(living -> fresh.put(living.origin().uid(), living));
        before.forEach((uid, old) -> {
            if (!fresh.containsKey(uid)) {
                stored.remove(uid, old);
            }
        });
        fresh.forEach((uid, living) -> {
            Living old = before.get(uid);
            if (old == null) {
                stored.putIfAbsent(uid, living);
            } else {
                stored.replace(uid, old, living);
            }
        });
    }

    /** As it is now; take it before what {@link #refresh} is given is read. */
    Map<String, Living> copy() {
        return Map.copyOf(stored);
    }

    Collection<KubernetesOrigin> origins() {
        return stored.values().stream().map(Living::origin).toList();
    }

    int size() {
        return stored.size();
    }

    /** A generation of a resource was dealt with, whatever became of it. */
    void handled(String uid, long generation) {
        handled.put(uid, generation);
    }

    boolean isHandled(String uid, long generation) {
        Long last = handled.get(uid);
        return last != null && last >= generation;
    }

    /** A check was asked for by this token, and sent. */
    void checked(String uid, String token) {
        checked.put(uid, token);
    }

    boolean isChecked(String uid, String token) {
        return token.equals(checked.get(uid));
    }
}
