package io.healthchecker.api.feed;

import io.healthchecker.core.team.MembershipTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Ends connections of accounts that are no longer members of the team they listen to. */
final class MembershipWatch {
    private static final int BATCH = 1_000;

    private final MembershipTable memberships;
    private final FeedClients clients;

    MembershipWatch(MembershipTable memberships, FeedClients clients) {
        this.memberships = memberships;
        this.clients = clients;
    }

    private record Seat(int accountId, int teamId) {}

    /** Asks the database about everyone who is connected. */
    void look() {
        List<FeedClient> seated = clients.all().toList(); // who connects meanwhile has just been asked
        Set<Seat> members = members(seated);
        for (FeedClient client : seated) {
            Caller caller = client.subscriber().caller();
            if (!members.contains(new Seat(caller.accountId(), caller.teamId()))) {
                client.end(Farewell.NO_MEMBER);
            }
        }
    }

    private Set<Seat> members(List<FeedClient> seated) {
        Set<Integer> accounts = new TreeSet<>();
        seated.forEach(client -> accounts.add(client.subscriber().caller().accountId()));
        List<Integer> ids = new ArrayList<>(accounts);
        Set<Seat> members = new HashSet<>();
        for (int from = 0; from < ids.size(); from += BATCH) {
            memberships
                    .ofAccounts(ids.subList(from, Math.min(ids.size(), from + BATCH)))
                    .forEach(member -> members.add(new Seat(member.accountId(), member.teamId())));
        }
        return members;
    }
}
