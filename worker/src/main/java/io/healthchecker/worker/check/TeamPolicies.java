package io.healthchecker.worker.check;

import io.healthchecker.core.egress.TeamEgress;
import io.healthchecker.core.egress.TeamEgressTable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * What the checks of each team may dial, as it was read a few seconds ago at most. Before the first reading nobody may
 * dial anything; while the database is away, what was read holds on.
 */
public final class TeamPolicies {
    private static final Logger LOG = LoggerFactory.getLogger(TeamPolicies.class);
    private static final TeamEgress.Judge NOTHING =
            new TeamEgress(List.of(), List.of("0.0.0.0/0", "::/0"), List.of(), List.of(), List.of(), List.of()).judge();
    private static final TeamEgress.Judge ALL = TeamEgress.ALL.judge();

    /** From one reading to the next. */
    public static final Duration EVERY = Duration.ofSeconds(5);

    private final TeamEgressTable table;
    private volatile @Nullable Map<Integer, TeamEgress.Judge> judges;

    public TeamPolicies(TeamEgressTable table) {
        this.table = table;
    }

    /** Reads all of them for the first time. */
    public void begin() {
        Map<Integer, TeamEgress.Judge> read = new HashMap<>();
        table.all().forEach((team, rules) -> read.put(team, rules.judge()));
        judges = read;
    }

    /** Reads all of them; keeps what it knows if it cannot. */
    public void read() {
        try {
            begin();
        } catch (DataAccessException e) {
            LOG.debug("egress of teams not read cause={}", e.toString());
        }
    }

    /** What a team may dial, asked anew at each connection. */
    public Supplier<TeamEgress.Judge> of(int teamId) {
        return () -> {
            Map<Integer, TeamEgress.Judge> known = judges;
            return known == null ? NOTHING : known.getOrDefault(teamId, ALL);
        };
    }
}
