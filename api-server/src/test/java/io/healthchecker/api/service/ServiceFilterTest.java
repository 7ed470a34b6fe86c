package io.healthchecker.api.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.healthchecker.api.find.KeptRows;
import io.healthchecker.api.find.ServiceFilter;
import io.healthchecker.api.list.ListView;
import io.healthchecker.api.list.Window;
import io.healthchecker.api.service.Fleet.Member;
import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.core.time.Ticker;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;

/** The list of services against a naive evaluation of the same filter over the same services. */
class ServiceFilterTest {
    private static final int QUERIES = 120;

    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final Fleet FLEET = Fleet.random(Api.shared(), new Random(SEED));

    private final long seed = SEED;
    private final Random random = new Random(SEED);
    private final Fleet fleet = FLEET;

    /** A part of an address, and what it means. */
    private record Term(String text, Predicate<Member> meaning) {}

    @Test
    void everyFilterFindsWhatItSays() {
        System.out.println("seed " + seed);
        get("/index", ""); // from then on, services are found in memory
        for (int i = 0; i < QUERIES; i++) {
            List<Term> parameters = new ArrayList<>();
            int count = random.nextInt(4);
            for (int p = 0; p < count; p++) {
                parameters.add(parameter());
            }
            Order order = Order.values()[random.nextInt(Order.values().length)];
            String query = String.join("&", parameters.stream().map(Term::text).toList());
            List<Long> expected = fleet.members().stream()
                    .filter(member ->
                            parameters.stream().allMatch(p -> p.meaning().test(member)))
                    .sorted(order.comparator)
                    .map(Member::id)
                    .toList();

            assertThat(walk(query + "&sort=" + order.word, 1 + random.nextInt(60)))
                    .as("seed %d, %s, sorted by %s", seed, query, order.word)
                    .isEqualTo(expected);
            assertPages(query + "&sort=" + order.word, expected);
            assertIndexed(query, expected);
            int limit = 1 + random.nextInt(60);
            if (!order.isOfTheDay()) {
                assertStored(query + "&sort=" + order.word, limit, expected);
            }
        }
    }

    @Test
    void whatIsNotUnderstoodFiltersNothingAndIsTold() {
        Answer answer = get("state=Up,Broken&probe=smtp&has=cert<14d&sort=size&colour=red&q=");

        List<String> ignored = StreamSupport.stream(answer.json().get("ignored").spliterator(), false)
                .map(node -> node.asString())
                .toList();
        assertThat(ignored)
                .anySatisfy(text -> assertThat(text).startsWith("state=Broken: it must be Up, Degraded"))
                .anySatisfy(text -> assertThat(text).startsWith("probe=smtp: "))
                .anySatisfy(text -> assertThat(text).startsWith("has=cert<14d: "))
                .anySatisfy(text -> assertThat(text).startsWith("sort=size: it must be id, name"))
                .anySatisfy(text -> assertThat(text).startsWith("colour=red: "))
                .hasSize(5);
        assertThat(get("state=Up").json().has("ignored")).isFalse();
    }

    @Test
    void aListTellsOfTheDayOfEachService() {
        JsonNode items = get("limit=500").json().get("items");
        assertThat(items).hasSameSizeAs(fleet.members());
        for (JsonNode item : items) {
            Member member = fleet.members().stream()
                    .filter(each -> each.id() == item.get("id").asLong())
                    .findFirst()
                    .orElseThrow();
            if (member.p95Millis() < 0) {
                assertThat(item.has("day")).isFalse();
            } else {
                assertThat(item.at("/day/p95").asDouble()).isEqualTo(member.p95Millis());
                assertThat(item.at("/day/uptime").asDouble())
                        .isCloseTo(100 - member.downMinutes() / 0.6, within(0.001));
                assertThat(item.at("/day/coverage").asDouble()).isEqualTo(100);
                assertThat(fleet.person()
                                .caller()
                                .get("/api/v1/services/" + member.id())
                                .json()
                                .get("day"))
                        .isEqualTo(item.get("day"));
            }
        }
    }

    @Test
    void whatIsTooLargeToBeSortedByItsDayIsToldSo() {
        var list = stored("state=Up,Down&sort=-p95", 500, null);

        assertThat(list.ignored()).singleElement().asString().startsWith("sort=-p95: the team has too many services");
        assertThat(list.items())
                .extracting(ServiceView::id)
                .isSortedAccordingTo(Comparator.reverseOrder())
                .isNotEmpty();
    }

    @Test
    void whatLooksLikeSqlIsText() {
        for (String hostile : List.of("' OR 1=1 --", "%", "_", "\\", "\"; DROP TABLE service; --", ":now", "?", "$1")) {
            assertThat(get("q=" + hostile).status()).as(hostile).isEqualTo(200);
            assertThat(get("label=" + hostile).status()).as(hostile).isEqualTo(200);
            assertThat(get("label=a:" + hostile).json().get("items").size())
                    .as(hostile)
                    .isZero();
            assertThat(get("state=" + hostile).status()).as(hostile).isEqualTo(200);
            assertThat(get("sort=" + hostile).status()).as(hostile).isEqualTo(200);
        }
        assertThat(get("q=p%y").json().get("items").size()).isZero();
        assertThat(get("q=p_y").json().get("items").size()).isZero();
    }

    @Test
    void aCursorOfAnotherOrderIsRefused() {
        String cursor = get("sort=name&limit=1").text("/nextCursor");

        assertThat(get("sort=since&limit=1&cursor=" + cursor).status()).isEqualTo(400);
    }

    @Test
    void tooManyTermsAreTold() {
        String many = String.join(",", java.util.Collections.nCopies(60, "tier:1"));

        assertThat(get("label=" + many).json().get("ignored").size()).isEqualTo(10);
    }

    private enum Order {
        ID("id", Comparator.comparingLong(Member::id)),
        NAME("name", Comparator.comparing(Order::lower).thenComparingLong(Member::id)),
        NAME_DOWN("-name", NAME.comparator.reversed()),
        SINCE("since", Comparator.comparing(Member::since).thenComparingLong(Member::id)),
        SINCE_DOWN("-since", SINCE.comparator.reversed()),
        SEVERITY(
                "severity",
                Comparator.comparingInt(Order::rank)
                        .thenComparing(Member::since, Comparator.reverseOrder())
                        .thenComparing(Order::lower)
                        .thenComparingLong(Member::id)),
        P95("p95", Comparator.comparingInt(Member::p95Millis).thenComparingLong(Member::id)),
        P95_DOWN("-p95", P95.comparator.reversed()),
        UPTIME("uptime24h", Comparator.comparingInt(Order::uptime).thenComparingLong(Member::id)),
        UPTIME_DOWN("-uptime24h", UPTIME.comparator.reversed());

        private final String word;
        private final Comparator<Member> comparator;

        Order(String word, Comparator<Member> comparator) {
            this.word = word;
            this.comparator = comparator;
        }

        private static String lower(Member member) {
            return member.name().toLowerCase(Locale.ROOT);
        }

        private static int uptime(Member member) {
            return member.downMinutes() < 0 ? -1 : 60 - member.downMinutes();
        }

        /** Whether the database alone cannot sort by it. */
        private boolean isOfTheDay() {
            return List.of(P95, P95_DOWN, UPTIME, UPTIME_DOWN).contains(this);
        }

        private static int rank(Member member) {
            return switch (member.state()) {
                case DOWN -> 1;
                case DEGRADED -> 2;
                case UNKNOWN -> 3;
                case SUSPENDED -> 6;
                case UP -> member.failing() ? 4 : 7;
            };
        }
    }

    private Term parameter() {
        return switch (random.nextInt(6)) {
            case 0 -> choices("state", this::state);
            case 1 -> choices("label", this::label);
            case 2 -> choices("probe", this::probe);
            case 3 -> choices("source", this::source);
            case 4 -> choices("has", this::has);
            default -> words();
        };
    }

    private Term choices(String name, java.util.function.Supplier<Term> one) {
        List<String> texts = new ArrayList<>();
        List<Predicate<Member>> wanted = new ArrayList<>();
        Predicate<Member> meaning = member -> true;
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            Term term = one.get();
            boolean not = random.nextInt(3) == 0;
            texts.add((not ? "-" : "") + term.text());
            if (not) {
                meaning = meaning.and(term.meaning().negate());
            } else {
                wanted.add(term.meaning());
            }
        }
        Predicate<Member> rest = meaning;
        return new Term(
                name + "=" + String.join(",", texts),
                member -> rest.test(member)
                        && (wanted.isEmpty() || wanted.stream().anyMatch(w -> w.test(member))));
    }

    private Term state() {
        var state = Fleet.pick(random, io.healthchecker.core.verdict.State.values());
        return new Term(state.word(), member -> member.state() == state);
    }

    private Term label() {
        String key = Fleet.pick(random, Fleet.KEYS);
        if (random.nextInt(4) == 0) {
            return new Term(key, member -> member.labels().containsKey(key));
        }
        String value = Fleet.pick(random, Fleet.VALUES);
        return new Term(
                key + ":" + value, member -> value.equals(member.labels().get(key)));
    }

    private Term probe() {
        boolean http = random.nextBoolean();
        return new Term(http ? "http" : "tcp", member -> member.http() == http);
    }

    private Term source() {
        var source = Fleet.pick(random, io.healthchecker.core.service.Source.values());
        return new Term(source.word(), member -> member.source() == source);
    }

    private Term has() {
        return switch (random.nextInt(4)) {
            case 0 -> new Term("incident", Member::incident);
            case 1 -> new Term("late", Member::late);
            case 2 -> new Term("failing", Member::failing);
            default -> new Term("flapping", Member::flapping);
        };
    }

    private Term words() {
        List<String> texts = new ArrayList<>();
        Predicate<Member> meaning = member -> true;
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            boolean phrase = random.nextInt(3) == 0;
            boolean not = random.nextInt(4) == 0;
            String word = phrase
                    ? Fleet.pick(random, Fleet.WORDS) + " " + Fleet.pick(random, Fleet.WORDS)
                    : Fleet.pick(random, Fleet.WORDS);
            Predicate<Member> found = member -> member.text().contains(word.toLowerCase(Locale.ROOT));
            meaning = meaning.and(not ? found.negate() : found);
            texts.add((not ? "-" : "") + (phrase ? "\"" + word + "\"" : word));
        }
        return new Term("q=" + String.join(" ", texts), meaning);
    }

    /** The same filter, by the database alone. */
    private void assertStored(String query, int limit, List<Long> expected) {
        List<Long> found = new ArrayList<>();
        String cursor = null;
        do {
            var window = stored(query, limit, cursor);
            window.items().forEach(item -> found.add(item.id()));
            cursor = window.nextCursor();
        } while (cursor != null);
        assertThat(found).as("seed %d, stored, %s", seed, query).isEqualTo(expected);
    }

    /** Where no services are kept in memory. */
    private ListView<ServiceView> stored(String query, int limit, @Nullable String cursor) {
        JdbcClient jdbc = Api.shared().bean(JdbcClient.class);
        try (KeptRows none = KeptRows.over(jdbc, Ticker.system(), 0)) {
            var parameters =
                    UriComponentsBuilder.newInstance().query(query).build().getQueryParams();
            return new ServiceReader(jdbc, none, Ticker.system())
                    .list(fleet.person().teamId(), ServiceFilter.of(parameters), Window.of(limit, cursor, null));
        }
    }

    private List<Long> walk(String query, int limit) {
        List<Long> found = new ArrayList<>();
        String cursor = "";
        do {
            Answer answer = get(query + "&limit=" + limit + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            found.addAll(ids(answer));
            cursor = answer.json().path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        return found;
    }

    private void assertPages(String query, List<Long> expected) {
        int page = 1 + random.nextInt(4);
        int from = Math.min((page - 1) * 10, expected.size());
        Answer answer = get(query + "&limit=10&page=" + page);
        assertThat(ids(answer)).isEqualTo(expected.subList(from, Math.min(from + 10, expected.size())));
        assertThat(answer.json().get("total").asInt()).isEqualTo(expected.size());
    }

    /** The same filter, asked of rows in memory. */
    private void assertIndexed(String query, List<Long> expected) {
        List<Long> indexed = StreamSupport.stream(
                        get("/index", query).json().at("/columns/id").spliterator(), false)
                .map(id -> id.asLong())
                .toList();
        assertThat(indexed)
                .as("seed %d, index of %s", seed, query)
                .isEqualTo(expected.stream().sorted().toList());
        assertThat(get("/facets", query).json().get("total").asInt()).isEqualTo(expected.size());
    }

    private static List<Long> ids(Answer answer) {
        return StreamSupport.stream(answer.json().get("items").spliterator(), false)
                .map(item -> item.get("id").asLong())
                .toList();
    }

    private Answer get(String query) {
        return get("", query);
    }

    private Answer get(String below, String query) {
        String encoded = String.join(
                "&",
                List.of(query.split("&")).stream()
                        .map(part -> {
                            int equals = part.indexOf('=');
                            return equals < 0
                                    ? part
                                    : part.substring(0, equals + 1)
                                            + URLEncoder.encode(part.substring(equals + 1), StandardCharsets.UTF_8);
                        })
                        .toList());
        return fleet.person().caller().get("/api/v1/services%s?%s".formatted(below, encoded));
    }
}
