package io.healthchecker.core.team;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.testing.TestPostgres;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class FirstTeamTableTest {
    private final javax.sql.DataSource database = TestPostgres.freshDatabase();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    private final FirstTeamTable teams = new FirstTeamTable(jdbc);

    @Test
    void theFirstAccountJoinsTheTeamThatItsFilesHave() {
        int files = ofFiles(null);

        assertThat(register("a@x")).isEqualTo(files);
        assertThat(members()).containsExactly("default a@x 3");
    }

    @Test
    void filesGoToTheTeamOfTheAccountThatWasThereFirst() {
        int own = register("a@x");
        register("b@x");

        assertThat(ofFiles(null)).isEqualTo(own);
        assertThat(members()).containsExactly("a@x a@x 3", "b@x b@x 3");
    }

    @Test
    void laterAccountsBeginInATeamOfTheirOwn() {
        int files = ofFiles(null);
        register("a@x");

        assertThat(register("b@x")).isNotEqualTo(files);
        assertThat(members()).containsExactly("b@x b@x 3", "default a@x 3");
    }

    @Test
    void aNamedTeamThatIsMissingIsMadeForTheOldestAccount() {
        register("a@x");
        register("b@x");
        int platform = ofFiles("platform");

        assertThat(ofFiles("platform")).isEqualTo(platform);
        assertThat(members()).containsExactly("a@x a@x 3", "b@x b@x 3", "platform a@x 3");
    }

    @Test
    void aTeamWithoutMembersIsNotForTheTaking() {
        register("a@x");
        int platform = ofFiles("platform");
        jdbc.sql("DELETE FROM team_member WHERE team_id = :id")
                .param("id", platform)
                .update();

        assertThat(register("b@x")).isNotEqualTo(platform);
    }

    @Test
    void whoeverComesFirstTheFirstAccountSeesWhatFilesSay() throws Exception {
        try (var threads = Executors.newFixedThreadPool(6)) {
            List<Callable<Integer>> all = IntStream.range(0, 6)
                    .<Callable<Integer>>mapToObj(i -> i < 3 ? () -> ofFiles(null) : () -> register(i + "@x"))
                    .toList();
            List<Integer> done =
                    threads.invokeAll(all).stream().map(FirstTeamTableTest::get).toList();

            assertThat(done.subList(0, 3)).containsOnly(done.getFirst());
            assertThat(done.subList(3, 6)).containsOnlyOnce(done.getFirst()).doesNotHaveDuplicates();
            assertThat(members()).hasSize(3);
        }
    }

    private static int get(Future<Integer> future) {
        return switch (future.state()) {
            case SUCCESS -> future.resultNow();
            default -> throw new AssertionError(future.exceptionNow());
        };
    }

    private int ofFiles(String name) {
        return transaction.execute(_ -> teams.ofFiles(name));
    }

    private int register(String email) {
        return transaction.execute(_ -> {
            int account = jdbc.sql("INSERT INTO account (email, password_hash) VALUES (:email, '') RETURNING id")
                    .param("email", email)
                    .query(Integer.class)
                    .single();
            return teams.join(account, email);
        });
    }

    private List<String> members() {
        return jdbc.sql("""
                        SELECT t.name || ' ' || a.email || ' ' || m.role
                          FROM team_member AS m JOIN team AS t ON t.id = m.team_id JOIN account AS a ON a.id = m.account_id
                         ORDER BY 1
                        """).query(String.class).list();
    }
}
