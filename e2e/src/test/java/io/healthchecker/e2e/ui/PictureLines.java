package io.healthchecker.e2e.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The pictures of the documentation, taken of the product as it is. They are in {@code target/pictures}; with {@code
 * -Dpictures.write=true} those of {@code docs/pictures} are replaced.
 */
abstract class PictureLines {
    private static final int MOST_BYTES = 150_000;

    private final Dashboard dashboard;

    PictureLines(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @ParameterizedTest
    @CsvSource({
        "services, /services, LIGHT, 1200, 720, main:has(.count[data-state=Up]:not(.zero)) .strip path",
        "service, /services/DOWN, DARK, 1200, 800, .chart canvas",
        "phone, /services, DARK, 390, 700, .two-lines",
        "wall, /wall, DARK, 1200, 640, .wall-card",
    })
    void picturesAreSmall(String name, String path, ColorScheme scheme, int width, int height, String shown)
            throws IOException {
        try (Tab tab = dashboard.tab(Dashboard.screen(width, height, scheme))) {
            Page page = tab.open(
                    path.replace("DOWN", Long.toString(dashboard.stage().down())));
            page.waitForSelector(shown, new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
            byte[] picture = page.screenshot();
            Path file = Files.createDirectories(Path.of("target/pictures")).resolve(name + ".png");
            Files.write(file, picture);
            if (Boolean.getBoolean("pictures.write")) {
                Files.write(Path.of("../docs/pictures", name + ".png"), picture);
            }
            assertThat(picture.length).as(name).isLessThanOrEqualTo(MOST_BYTES);
        }
    }
}
