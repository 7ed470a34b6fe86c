package io.healthchecker.operator.source.file;

import io.healthchecker.core.team.FirstTeamTable;
import java.util.Objects;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The team that owns what files define (docs/decisions/0005). */
final class FileTeam implements IntSupplier {
    private final @Nullable String setting;
    private final FirstTeamTable teams;
    private final TransactionTemplate transaction;

    /** @param setting name or id, null for the oldest team */
    FileTeam(@Nullable String setting, FirstTeamTable teams, PlatformTransactionManager transactions) {
        this.setting = setting;
        this.teams = teams;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Id of the team, which is made if it is not there. */
    @Override
    public int getAsInt() {
        String wanted = setting;
        if (wanted != null && wanted.matches("[0-9]{1,9}")) {
            return teams.find(Integer.parseInt(wanted)).orElseThrow(() -> new Missing(wanted));
        }
        return Objects.requireNonNull(transaction.execute(_ -> teams.ofFiles(wanted)));
    }

    /** A team that is set by its id, but does not exist. */
    static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Missing(String id) {
            super("hc.source.file.team is %s; no team has that id: set the id or the name of one".formatted(id));
        }
    }
}
