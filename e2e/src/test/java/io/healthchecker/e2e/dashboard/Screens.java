package io.healthchecker.e2e.dashboard;

import java.util.List;

/** The addresses of all screens, with what the stage has for them. */
final class Screens {
    private final Stage stage;

    Screens(Stage stage) {
        this.stage = stage;
    }

    List<String> all() {
        long down = stage.down();
        return List.of(
                "/services",
                "/services?by=label:app",
                "/services?view=tiles",
                "/services?q=nothing-matches-this",
                "/services/" + down,
                "/services/" + down + "?tab=results",
                "/services/" + down + "?tab=incidents",
                "/services/" + down + "?tab=config",
                "/services/" + stage.remembered(),
                "/services/" + stage.declared(),
                "/services/new",
                "/services/" + down + "/edit",
                "/incidents",
                "/incidents/" + stage.incident(),
                "/admin/members",
                "/admin/tokens",
                "/admin/audit",
                "/admin/system",
                "/status-pages",
                "/status-pages/" + stage.page() + "/edit",
                "/wall");
    }

    /** Each of them once, where they are fullest. */
    List<String> each() {
        long down = stage.down();
        return List.of(
                "/services",
                "/services?view=tiles",
                "/services/" + down,
                "/services/" + stage.remembered() + "?tab=results",
                "/services/new",
                "/incidents/" + stage.incident(),
                "/admin/members",
                "/admin/tokens",
                "/admin/audit",
                "/admin/system",
                "/status-pages/" + stage.page() + "/edit",
                "/wall");
    }

    /** Those that anybody sees. */
    List<String> open() {
        return List.of("/login", "/register", "/status/" + Stage.SLUG, "/embed/" + Stage.SLUG);
    }

    /** Those of a team that has nothing yet. */
    static List<String> ofAnEmptyTeam() {
        return List.of(
                "/services",
                "/services?view=tiles",
                "/incidents",
                "/incidents?state=all",
                "/admin/members",
                "/admin/tokens",
                "/admin/audit",
                "/status-pages",
                "/wall");
    }
}
