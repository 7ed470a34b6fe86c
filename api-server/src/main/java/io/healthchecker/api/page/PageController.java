package io.healthchecker.api.page;

import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.AuditLog;
import io.healthchecker.api.auth.Principal;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.list.ListView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Status pages, for those who edit them. */
@RestController
@RequestMapping(path = "/api/v1/status-pages", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "status pages", description = "What a team shows of its services to others.")
public class PageController {
    private final Pages pages;
    private final AuditLog audit;

    PageController(Pages pages, AuditLog audit) {
        this.audit = audit;
        this.pages = pages;
    }

    @GetMapping
    @Requires(Access.VIEWER)
    @Operation(summary = "List status pages", description = "The status pages of the team.")
    @ApiResponse(responseCode = "200", description = "All of them.")
    public ListView<PageView> list(Principal principal) {
        return ListView.whole(
                pages.list(principal.teamId()).stream().map(PageView::of).toList());
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Requires(Access.EDITOR)
    @Operation(
            summary = "Create a status page",
            description = "Once published, everybody sees it at /status/{slug}, as HTML, .json, .atom and "
                    + "/api/v2/summary.json. Where its visibility is link it exists only at the address that this "
                    + "answer has as link, which is shown once. Only what stands in it is shown: never the name, "
                    + "address or reason of a service.")
    @ApiResponse(responseCode = "201", description = "The page.")
    public PageView create(Principal principal, @RequestBody PageBody body) {
        Pages.Written written = pages.create(principal.teamId(), body);
        Page page = written.page();
        audit.record(principal, "create", "status-page", page.id(), String.valueOf(body.slug()), null, page.body());
        return PageView.of(written);
    }

    @GetMapping("/{id}")
    @Requires(Access.VIEWER)
    @Operation(summary = "Read a status page", description = "As its editors see it.")
    @ApiResponse(responseCode = "200", description = "The page.")
    public PageView read(Principal principal, @Parameter(example = "1") @PathVariable int id) {
        return PageView.of(pages.find(principal.teamId(), id));
    }

    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Access.EDITOR)
    @Operation(
            summary = "Replace a status page",
            description =
                    "What the body does not say gets its default. A page that becomes one by link is answered with it.")
    @ApiResponse(responseCode = "200", description = "The page as it is now.")
    public PageView replace(
            Principal principal, @Parameter(example = "1") @PathVariable int id, @RequestBody PageBody body) {
        PageBody before = pages.find(principal.teamId(), id).body();
        Pages.Written written = pages.replace(principal.teamId(), id, body);
        audit.record(
                principal,
                "update",
                "status-page",
                id,
                String.valueOf(body.slug()),
                before,
                written.page().body());
        return PageView.of(written);
    }

    @PostMapping("/{id}/link")
    @Requires(Access.EDITOR)
    @Operation(
            summary = "Renew the link of a status page",
            description = "The page has another link, shown once; the one before leads nowhere any more, at once.")
    @ApiResponse(responseCode = "200", description = "The page, with its new link.")
    public PageView renewLink(Principal principal, @Parameter(example = "1") @PathVariable int id) {
        Pages.Written written = pages.renewLink(principal.teamId(), id);
        PageBody body = written.page().body();
        audit.record(principal, "renew-link", "status-page", id, String.valueOf(body.slug()), null, null);
        return PageView.of(written);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Access.EDITOR)
    @Operation(summary = "Remove a status page", description = "Nobody sees it any more, at once.")
    @ApiResponse(responseCode = "204", description = "Removed.")
    public void remove(Principal principal, @Parameter(example = "1") @PathVariable int id) {
        PageBody before = pages.find(principal.teamId(), id).body();
        pages.remove(principal.teamId(), id);
        audit.record(principal, "delete", "status-page", id, String.valueOf(before.slug()), before, null);
    }
}
