package io.healthchecker.operator.source;

import io.healthchecker.core.service.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What has to happen so that the stored services of one source become what is wanted.
 *
 * @param removed nobody wants them any more
 * @param changed the same owner wants something else, or another owner wants a service of that name whose owner is gone:
 *     it moved, and keeps its id and history
 * @param created nobody has them yet
 * @param refused what cannot be had, since another owner has the name
 */
record Difference(List<Service> removed, List<Change> changed, List<Wanted> created, List<Refused> refused) {

    /** A stored service and what it is to be. */
    record Change(Service stored, Wanted wanted) {
        boolean moves() {
            return !wanted.owner().equals(stored.owner());
        }
    }

    private record Name(int teamId, String name) {}

    /**
     * Finds the difference.
     *
     * @param stored the living services of one source
     * @param kept which of them stay although they are not wanted, since it is not certain what is wanted
     */
    static Difference between(List<Service> stored, List<Wanted> wanted, Predicate<Service> kept) {
        return new Search(stored).find(wanted, kept);
    }

    private static final class Search {
        private final List<Service> stored;
        private final Map<String, Service> byOwner = new HashMap<>();
        private final Map<Name, Service> byName = new HashMap<>();
        private final Set<Long> matched = new HashSet<>();
        private final List<Change> changed = new ArrayList<>();
        private final List<Wanted> created = new ArrayList<>();
        private final List<Refused> refused = new ArrayList<>();

        Search(List<Service> stored) {
            this.stored = stored;
            for (Service service : stored) {
                byOwner.put(String.valueOf(service.owner()), service);
                byName.put(new Name(service.teamId(), service.name()), service);
            }
        }

        Difference find(List<Wanted> wanted, Predicate<Service> kept) {
            for (Wanted one : distinct(wanted)) {
                Service same = byOwner.get(one.owner());
                if (same != null && same.teamId() == one.teamId()) {
                    matched.add(same.id());
                    if (!one.is(same)) {
                        changed.add(new Change(same, one));
                    }
                } else {
                    created.add(one);
                }
            }
            created.removeIf(this::moved);
            List<Service> removed = stored.stream()
                    .filter(service -> !matched.contains(service.id()) && !kept.test(service))
                    .toList();
            return new Difference(removed, List.copyOf(changed), List.copyOf(created), List.copyOf(refused));
        }

        private boolean moved(Wanted wanted) {
            Service named = byName.get(new Name(wanted.teamId(), wanted.name()));
            if (named == null || !matched.add(named.id())) {
                return false;
            }
            changed.add(new Change(named, wanted));
            return true;
        }

        /** Of several that want one name, who has it keeps it, else the first gets it. */
        private List<Wanted> distinct(List<Wanted> wanted) {
            Map<Name, Wanted> holders = new HashMap<>();
            for (Wanted one : wanted) {
                holders.merge(new Name(one.teamId(), one.name()), one, (first, other) -> holds(other) ? other : first);
            }
            List<Wanted> distinct = new ArrayList<>();
            for (Wanted one : wanted) {
                Wanted holder = holders.getOrDefault(new Name(one.teamId(), one.name()), one);
                if (holder.owner().equals(one.owner())) {
                    distinct.add(one);
                } else {
                    refused.add(new Refused(
                            one.owner(),
                            "name \"%s\" is taken by %s; choose another one".formatted(one.name(), holder.owner())));
                }
            }
            return distinct;
        }

        private boolean holds(Wanted wanted) {
            Service stored = byOwner.get(wanted.owner());
            return stored != null
                    && stored.teamId() == wanted.teamId()
                    && stored.name().equals(wanted.name());
        }
    }
}
