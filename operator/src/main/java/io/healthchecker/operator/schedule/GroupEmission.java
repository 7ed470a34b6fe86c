package io.healthchecker.operator.schedule;

import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One tick of one stream group, cut into calls of at most {@link JobBatch#MAX_JOBS} jobs. A shard is planned when its
 * turn comes, so that never more than one shard's jobs are in memory, and a call is cut only after the one before it was
 * answered, so that no watermark moves past a job that Redis refused.
 */
final class GroupEmission {
    private final int group;
    private final OwnedShards held;
    private final Deque<OwnedShard> shards;
    private final Function<OwnedShard, @Nullable Plan> planner;
    private @Nullable Cut current;

    /** Part of a shard's plan in one call. */
    record Part(OwnedShard owned, Plan plan, JobBatch batch, boolean last) {}

    /** A plan of which some jobs are sent already. */
    private static final class Cut {
        private final OwnedShard owned;
        private final Plan plan;
        private int at;

        Cut(OwnedShard owned, Plan plan) {
            this.owned = owned;
            this.plan = plan;
        }

        Part next(int limit) {
            int urgents = plan.urgent().size();
            int size = urgents + plan.standard().size();
            int to = Math.min(size, at + limit);
            List<Job> urgent = plan.urgent().subList(Math.min(at, urgents), Math.min(to, urgents));
            List<Job> standard = plan.standard().subList(Math.max(at - urgents, 0), Math.max(to - urgents, 0));
            at = to;
            long from = plan.span().watermark();
            JobBatch.Step step =
                    new JobBatch.Step(from, to == size ? plan.span().horizon() : from, owned.takesOver());
            JobBatch batch = new JobBatch(owned.shard(), owned.lease().epoch(), step, urgent, standard);
            return new Part(owned, plan, batch, to == size);
        }
    }

    /** The planner returns null for a shard that has nothing to say in this tick. */
    GroupEmission(int group, OwnedShards held, Function<OwnedShard, @Nullable Plan> planner) {
        this.group = group;
        this.held = held;
        this.shards = new ArrayDeque<>(held.usable(group));
        this.planner = planner;
    }

    int group() {
        return group;
    }

    /** The parts of the next call; none when the tick is over. */
    List<Part> next() {
        if (current != null && !held.has(current.owned)) {
            current = null;
        }
        List<Part> parts = new ArrayList<>();
        int room = JobBatch.MAX_JOBS;
        while (room > 0) {
            Cut cut = current == null ? begin() : current;
            if (cut == null) {
                break;
            }
            Part part = cut.next(room);
            parts.add(part);
            room -= part.batch().urgent().size() + part.batch().standard().size();
            current = part.last() ? null : cut;
        }
        return parts;
    }

    /** The rest of a plan is not sent, since a part of it was refused. */
    void abandon(Plan plan) {
        if (current != null && current.plan == plan) {
            current = null;
        }
    }

    private @Nullable Cut begin() {
        while (!shards.isEmpty()) {
            OwnedShard owned = shards.removeFirst();
            Plan plan = held.has(owned) ? planner.apply(owned) : null;
            if (plan != null) {
                return new Cut(owned, plan);
            }
        }
        return null;
    }
}
