package io.healthchecker.api.page;

import io.healthchecker.api.page.PageFactsTable.Trouble;
import io.healthchecker.api.page.PublicPage.Outage;
import io.healthchecker.api.page.PublicPage.TroubledDay;
import io.healthchecker.core.history.StateLine;
import io.healthchecker.core.history.Window;
import io.healthchecker.core.verdict.State;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What services were on days of UTC: the worst of those that stand for one component counts.
 *
 * @param windows the days, the last of which is today
 * @param lines what each service was
 * @param troubles incidents of services, newest first
 */
record PageDays(List<Window> windows, Map<Long, StateLine> lines, List<Trouble> troubles) {
    private static final String GOOD_TO_BAD = "-PUNSD";

    /** The worst letter of each day, as in {@link StateLine}. */
    String letters(List<Long> ids) {
        StringBuilder worst = new StringBuilder("-".repeat(windows.size()));
        for (StateLine line : of(ids)) {
            String letters = line.letters(windows);
            for (int i = 0; i < letters.length(); i++) {
                if (GOOD_TO_BAD.indexOf(letters.charAt(i)) > GOOD_TO_BAD.indexOf(worst.charAt(i))) {
                    worst.setCharAt(i, letters.charAt(i));
                }
            }
        }
        return worst.toString();
    }

    /** Those days on which something was wrong. */
    List<TroubledDay> troubled(List<Long> ids) {
        List<Window> down = held(ids, EnumSet.of(State.DOWN));
        List<Window> bad = held(ids, EnumSet.of(State.DOWN, State.DEGRADED));
        Set<Long> wanted = new HashSet<>(ids);
        List<Trouble> own = troubles.reversed().stream()
                .filter(trouble -> wanted.contains(trouble.serviceId()))
                .toList();
        List<TroubledDay> troubled = new ArrayList<>();
        for (Window day : bad.isEmpty() && own.isEmpty() ? List.<Window>of() : windows) {
            long downMillis = day.coveredMillis(down);
            long badMillis = day.coveredMillis(bad);
            List<Outage> incidents = own.stream()
                    .filter(trouble -> trouble.isWithin(day))
                    .map(Outage::of)
                    .toList();
            if (badMillis > 0 || !incidents.isEmpty()) {
                troubled.add(new TroubledDay(
                        LocalDate.ofInstant(Instant.ofEpochMilli(day.fromMillis()), ZoneOffset.UTC),
                        Math.ceilDiv(downMillis, 1_000),
                        Math.ceilDiv(badMillis - downMillis, 1_000),
                        incidents));
            }
        }
        return troubled;
    }

    private List<Window> held(List<Long> ids, Set<State> states) {
        long now = windows.getLast().toMillis();
        return of(ids).stream().flatMap(line -> line.held(states, now).stream()).toList();
    }

    private List<StateLine> of(List<Long> ids) {
        return ids.stream().map(lines::get).filter(Objects::nonNull).toList();
    }
}
