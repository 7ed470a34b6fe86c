package io.healthchecker.core.verdict;

import java.util.HashMap;
import java.util.Map;

/** What the locations together hold a service to be. A location that cannot tell has no vote. */
public record ServiceVerdict(Map<Integer, LocationVerdict> locations) {
    /** Nobody has said anything yet. */
    public static final ServiceVerdict NONE = new ServiceVerdict(Map.of());

    public ServiceVerdict {
        locations = Map.copyOf(locations);
    }

    /** The verdict of one location; Unknown where it has none. */
    public LocationVerdict at(int locationId) {
        return locations.getOrDefault(locationId, LocationVerdict.UNKNOWN);
    }

    /** The same, with what one location says now. */
    public ServiceVerdict with(int locationId, LocationVerdict verdict) {
        Map<Integer, LocationVerdict> changed = new HashMap<>(locations);
        changed.put(locationId, verdict);
        return new ServiceVerdict(changed);
    }

    /** Down where a quorum says Down, Degraded where one says at least Degraded, otherwise Up; Unknown without votes. */
    public State state(Quorum quorum) {
        int voters = 0;
        int down = 0;
        int worse = 0;
        for (LocationVerdict verdict : locations.values()) {
            switch (verdict.state()) {
                case UP -> voters++;
                case DEGRADED -> {
                    voters++;
                    worse++;
                }
                case DOWN -> {
                    voters++;
                    worse++;
                    down++;
                }
                case UNKNOWN, SUSPENDED -> {}
            }
        }
        if (voters == 0) {
            return State.UNKNOWN;
        }
        int needed = quorum.of(voters);
        if (down >= needed) {
            return State.DOWN;
        }
        return worse >= needed ? State.DEGRADED : State.UP;
    }
}
