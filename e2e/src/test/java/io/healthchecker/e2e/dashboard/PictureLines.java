package io.healthchecker.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pictures of the product as it is, in {@code target/pictures}. With {@code -Dpictures.write=true} those of {@code
 * docs/pictures} are replaced, and there is one of every screen, in light and dark, wide and on a phone.
 */
abstract class PictureLines {
    private static final int MOST_BYTES = 170_000;
    private static final Path FOLDER = Path.of("target/pictures");
    private static final boolean WRITE = Boolean.getBoolean("pictures.write");

    private final Dashboard dashboard;

    PictureLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @ParameterizedTest
    @CsvSource({
        "services, /services, LIGHT, 1200, 640",
        "service, /services/CHECKOUT, DARK, 1200, 800",
        "phone, /services, DARK, 390, 700",
        "wall, /wall?label=app:checkout, DARK, 1200, 640",
        "status-page, /status/shop, LIGHT, 1000, 720",
    })
    void picturesAreSmall(String name, String path, ColorScheme scheme, int width, int height) throws IOException {
        try (Tab tab = dashboard.tab(Dashboard.screen(width, height, scheme))) {
            Page page = tab.settled(
                    path.replace("CHECKOUT", Long.toString(dashboard.stage().remembered())));
            if (path.startsWith("/services")) {
                page.waitForSelector(".feed.live");
            }
            byte[] picture = page.screenshot();
            write(FOLDER.resolve(name + ".png"), picture);
            if (WRITE) {
                write(Path.of("../docs/pictures", name + ".png"), picture);
            }
            assertThat(picture.length).as(name).isLessThanOrEqualTo(MOST_BYTES);
        }
    }

    @Test
    void everyScreenHasItsPicture() throws IOException {
        List<Integer> widths = WRITE ? List.of(1280, 390) : List.of();
        for (int width : widths) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                String suffix = "-%d-%s.png".formatted(width, scheme.name().toLowerCase(Locale.ROOT));
                takeAll(() -> Dashboard.screen(width, width == 390 ? 844 : 900, scheme), width >= 900, suffix);
            }
        }
    }

    private void takeAll(Supplier<Browser.NewContextOptions> screen, boolean wide, String suffix) throws IOException {
        try (Tab tab = dashboard.tab(screen.get())) {
            tab.settled("/services");
            for (String path : dashboard.screens().all()) {
                take(tab.visit(path), path, suffix);
            }
            for (Opened opened : Opened.all(dashboard.stage())) {
                if (wide || !opened.isWideOnly()) {
                    Page page = opened.open(tab);
                    take(page, "open " + opened.path() + " " + String.join(" ", opened.steps()), suffix);
                    opened.close(page);
                }
            }
        }
        try (Tab tab = dashboard.anonymous(screen.get())) {
            for (String path : dashboard.screens().open()) {
                take(tab.settled(path), path, suffix);
            }
        }
        try (Tab tab = dashboard.tabOf("empty@example.com", screen.get())) {
            for (String path : Screens.ofAnEmptyTeam()) {
                take(tab.visit(path), "empty " + path, suffix);
            }
        }
        try (Tab tab = dashboard.tab(screen.get())) {
            tab.settled("/services");
            Failing.everything(tab.page());
            for (String path : List.of("/services/" + dashboard.stage().down(), "/incidents", "/admin/system")) {
                take(tab.visit(path), "broken " + path, suffix);
            }
        }
    }

    private static void take(Page page, String what, String suffix) throws IOException {
        String name = what.replaceAll("[^a-zA-Z0-9]+", "-").replaceAll("^-|-$", "");
        write(FOLDER.resolve("all").resolve(name + suffix), page.screenshot());
    }

    private static void write(Path file, byte[] picture) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, picture);
    }
}
