package io.healthchecker.api.feed;

import io.healthchecker.core.team.MembershipTable;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Ends connections of accounts that are no longer members of the team they listen to. */
final class MembershipWatch {
    private final MembershipTable memberships;
    private final FeedClients clients;

    MembershipWatch(MembershipTable memberships, FeedClients clients) {
        this.memberships = memberships;
        this.clients = clients;
    }

    private record Seat(int accountId, int teamId) {
        static Seat of(FeedClient client) {
            Caller caller = client.subscriber().caller();
            return new Seat(caller.accountId(), caller.teamId());
        }
    }

    /** Asks the database about everyone who is connected. */
    void look() {
        Set<Seat> seats = clients.all().map(Seat::of).collect(Collectors.toSet());
        Map<Seat, Boolean> members = seats.stream()
                .collect(Collectors.toMap(
                        seat -> seat,
                        seat -> memberships.find(seat.teamId, seat.accountId).isPresent()));
        clients.all()
                .filter(client -> Boolean.FALSE.equals(members.get(Seat.of(client))))
                .forEach(client -> client.end(Farewell.NO_MEMBER));
    }
}
