package io.healthchecker.api.page;

import io.healthchecker.api.problem.ProblemException;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;

/** The status pages of teams, as their editors change them. */
final class Pages {
    private static final int MOST = 50;

    private final PageTable table;
    private final PageRules rules;
    private final PageShelf shelf;

    Pages(PageTable table, PageRules rules, PageShelf shelf) {
        this.table = table;
        this.rules = rules;
        this.shelf = shelf;
    }

    List<Page> list(int teamId) {
        return table.ofTeam(teamId);
    }

    /** @throws ProblemException if the team has no such page */
    Page find(int teamId, int id) {
        return table.find(teamId, id).orElseThrow(() -> unknown(id));
    }

    Page create(int teamId, PageBody body) {
        if (table.ofTeam(teamId).size() >= MOST) {
            throw ProblemException.conflict("the team has %d status pages already".formatted(MOST));
        }
        PageBody checked = rules.checked(body);
        return published(unique(() -> table.insert(teamId, checked)));
    }

    Page replace(int teamId, int id, PageBody body) {
        PageBody checked = rules.checked(body);
        find(teamId, id);
        return published(unique(() -> table.update(teamId, id, checked).orElseThrow(() -> unknown(id))));
    }

    void remove(int teamId, int id) {
        if (!table.delete(teamId, id)) {
            throw unknown(id);
        }
        shelf.refresh();
    }

    private Page published(Page page) {
        shelf.refresh();
        return page;
    }

    private static Page unique(Supplier<Page> write) {
        try {
            return write.get();
        } catch (DuplicateKeyException taken) {
            boolean domain = String.valueOf(taken.getMessage()).contains("status_page_domain");
            String field = domain ? "domain" : "slug";
            throw ProblemException.conflict(field, field + " belongs to another page already; choose another one");
        }
    }

    private static ProblemException unknown(int id) {
        return ProblemException.notFound("there is no status page %d in this team".formatted(id));
    }
}
