package io.healthchecker.api.page;

import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.secret.Secret;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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

    /** A page that was written, and the token of its link where that is new: it cannot be shown again. */
    record Written(Page page, @Nullable Secret token) {
        static Written of(Page page, Secret token) {
            return new Written(page, PageLink.hash(token).equals(page.linkHash()) ? token : null);
        }
    }

    Written create(int teamId, PageBody body) {
        if (table.ofTeam(teamId).size() >= MOST) {
            throw ProblemException.conflict("the team has %d status pages already".formatted(MOST));
        }
        PageBody checked = rules.checked(body);
        Secret token = PageLink.random();
        Page page = unique(() -> table.insert(teamId, checked, PageLink.hash(token)));
        return Written.of(published(page), token);
    }

    Written replace(int teamId, int id, PageBody body) {
        Page before = find(teamId, id);
        // who does not know of links yet must not show such a page to everybody
        boolean staysByLink = body.visibility() == null && before.body().isByLink();
        PageBody checked = rules.checked(staysByLink ? body.byLink() : body);
        Secret token = PageLink.random();
        Page page = unique(
                () -> table.update(teamId, id, checked, PageLink.hash(token)).orElseThrow(() -> unknown(id)));
        return Written.of(published(page), token);
    }

    /** Gives a page by link another link; the one before leads nowhere any more. */
    Written renewLink(int teamId, int id) {
        find(teamId, id);
        Secret token = PageLink.random();
        Page page = table.renew(teamId, id, PageLink.hash(token))
                .orElseThrow(() -> ProblemException.conflict(
                        "visibility", "visibility is public, so the page has no link; set it to link to get one"));
        return Written.of(published(page), token);
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
