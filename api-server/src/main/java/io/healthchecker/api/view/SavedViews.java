package io.healthchecker.api.view;

import io.healthchecker.api.auth.Principal;
import io.healthchecker.api.problem.FieldError;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.team.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/** The named filters of a team, and who may do what with them. */
final class SavedViews {
    private static final int MOST = 200;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_QUERY = 2_000;

    private final SavedViewTable table;

    SavedViews(SavedViewTable table) {
        this.table = table;
    }

    List<SavedView> list(Principal principal) {
        return table.visible(principal.teamId(), principal.accountId());
    }

    /** @throws ProblemException if it cannot be, or would be shared by somebody who may only look */
    SavedView save(Principal principal, @Nullable String name, @Nullable String query, boolean shared) {
        String plain = name == null ? "" : name.strip();
        List<FieldError> errors = new ArrayList<>();
        if (plain.isEmpty() || plain.length() > LONGEST_NAME || plain.indexOf('\0') >= 0) {
            errors.add(new FieldError("name", "name must have 1 to %d characters".formatted(LONGEST_NAME)));
        }
        if (query == null || query.length() > LONGEST_QUERY || query.indexOf('\0') >= 0) {
            errors.add(new FieldError(
                    "query",
                    "query must be given, as in the address of the list, with at most %d characters"
                            .formatted(LONGEST_QUERY)));
        }
        if (!errors.isEmpty() || query == null) {
            throw ProblemException.invalid(errors);
        }
        if (shared && !principal.role().atLeast(Role.EDITOR)) {
            throw ProblemException.forbidden("a viewer keeps views for themselves; only editors share them");
        }
        if (list(principal).size() >= MOST) {
            throw ProblemException.conflict("there are %d views already; remove some".formatted(MOST));
        }
        try {
            long id = table.insert(principal.teamId(), principal.accountId(), plain, query, shared);
            return find(principal, id);
        } catch (DuplicateKeyException taken) {
            throw ProblemException.conflict("name", "you have a view of this name already; choose another one");
        }
    }

    /** @throws ProblemException if there is none that this person may remove */
    SavedView remove(Principal principal, long id) {
        SavedView view = find(principal, id);
        if (!view.isRemovableBy(principal)) {
            throw ProblemException.forbidden(
                    "view %d belongs to %s; they or an admin of the team may remove it".formatted(id, view.email()));
        }
        table.delete(principal.teamId(), id);
        return view;
    }

    private SavedView find(Principal principal, long id) {
        return list(principal).stream()
                .filter(view -> view.id() == id)
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("there is no view %d".formatted(id)));
    }
}
