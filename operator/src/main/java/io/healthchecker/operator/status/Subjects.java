package io.healthchecker.operator.status;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All resources that were reported, and whose services have to be read. As large as the cluster has resources. For many
 * threads.
 */
final class Subjects {
    private final Map<String, Subject> byUid = new HashMap<>();
    private final Map<Long, String> uidOfService = new HashMap<>();
    private final Set<Long> unread = new LinkedHashSet<>();

    /** What has to happen after a report. */
    enum Next {
        /** It was known. */
        NOTHING,
        /** Its service has to be read first: a definition and its suspension are told at once or not at all. */
        READ,
        /** There is no service to read. */
        WRITE
    }

    /** Takes a report; an older generation than that of the last one is not listened to. */
    synchronized Next report(Subject reported) {
        String uid = reported.key().uid();
        Subject before = byUid.get(uid);
        if (before != null && (before.generation() > reported.generation() || before.says(reported))) {
            return Next.NOTHING;
        }
        Long service = reported.acceptance().runs();
        Long other = before == null ? null : before.acceptance().runs();
        if (other != null && !other.equals(service)) {
            uidOfService.remove(other, uid);
            unread.remove(other);
        }
        if (service == null) {
            byUid.put(uid, reported.with(SeenState.NONE));
            return Next.WRITE;
        }
        byUid.put(uid, reported);
        uidOfService.put(service, uid);
        unread.add(service);
        return Next.READ;
    }

    /** Something happened to some services; those that are nobody's here are passed over. */
    synchronized void changed(Collection<Long> services) {
        services.stream().filter(uidOfService::containsKey).forEach(unread::add);
    }

    /** All services have to be read again. */
    synchronized void changed() {
        unread.addAll(uidOfService.keySet());
    }

    /** Some of the services that have to be read. They stay until {@link #read}. */
    synchronized List<Long> unread(int limit) {
        return unread.stream().limit(limit).toList();
    }

    /**
     * Services were read.
     *
     * @param states by service; who has none is there no longer
     * @return the resources whose state is another now, or was not known
     */
    synchronized List<String> read(List<Long> services, Map<Long, SeenState> states) {
        List<String> changed = new ArrayList<>();
        for (Long service : services) {
            unread.remove(service);
            String uid = uidOfService.get(service);
            Subject subject = uid == null ? null : byUid.get(uid);
            if (subject == null) {
                continue;
            }
            SeenState now = states.getOrDefault(service, SeenState.NONE);
            if (!now.equals(subject.seen())) {
                byUid.put(subject.key().uid(), subject.with(now));
                changed.add(subject.key().uid());
            }
        }
        return changed;
    }

    synchronized @Nullable Subject find(String uid) {
        return byUid.get(uid);
    }

    synchronized List<Subject> all() {
        return List.copyOf(byUid.values());
    }

    synchronized void remove(String uid) {
        Subject removed = byUid.remove(uid);
        Long service = removed == null ? null : removed.acceptance().runs();
        if (service != null && uidOfService.remove(service, uid)) {
            unread.remove(service);
        }
    }

    synchronized void clear() {
        byUid.clear();
        uidOfService.clear();
        unread.clear();
    }
}
