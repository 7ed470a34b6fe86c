package io.healthchecker.testing.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CLI;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import io.healthchecker.cluster.ClusterFailure;
import io.healthchecker.cluster.DebianPackages;
import io.healthchecker.cluster.Tool;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A real Chromium without a window: that of the {@code PATH}, else the one that Playwright keeps or downloads, else, for
 * root on Debian, the package. Where none is to be had, one line says what to install.
 */
public final class Chromium implements AutoCloseable {
    // one without any window costs less than one that could have some
    private static final List<String> NAMES = List.of(
            "chromium-headless-shell", "chrome-headless-shell", "chromium", "chromium-browser", "google-chrome");
    private static final String PACKAGE = "chromium-headless-shell";
    private static final Path OF_DEBIAN = Path.of("/usr/bin", PACKAGE);
    private static final List<String> ARGUMENTS =
            List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--process-per-site");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    public static Chromium start() {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            return new Chromium(playwright, launch(playwright));
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    private static Browser launch(Playwright playwright) {
        List<String> tried = new ArrayList<>();
        for (Supplier<Optional<Path>> way :
                List.<Supplier<Optional<Path>>>of(Chromium::onPath, Chromium::downloaded, Chromium::ofDebian)) {
            try {
                return launch(playwright, way.get());
            } catch (PlaywrightException | ClusterFailure e) {
                tried.add(inOneLine(e));
            }
        }
        throw new IllegalStateException(
                "the tests and benches of the dashboard need a Chromium on the PATH; on Debian: apt-get install chromium-headless-shell. Tried: "
                        + String.join("; ", tried));
    }

    private static Browser launch(Playwright playwright, Optional<Path> executable) {
        var options = new BrowserType.LaunchOptions().setArgs(ARGUMENTS);
        executable.ifPresent(options::setExecutablePath);
        return playwright.chromium().launch(options);
    }

    /** That of the {@code PATH}; empty means that of Playwright, which may have been downloaded before. */
    private static Optional<Path> onPath() {
        return NAMES.stream()
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Playwright's own. Its command line ends the process that it runs in, hence another one. */
    private static Optional<Path> downloaded() {
        System.out.println("hc: no Chromium on the PATH; Playwright downloads its own");
        Tool.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CLI.class.getName(),
                        "install",
                        "--only-shell",
                        "chromium")
                .with("PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT", "20000")
                .demand();
        return Optional.empty();
    }

    private static Optional<Path> ofDebian() {
        DebianPackages.demand(Map.of(OF_DEBIAN.toString(), PACKAGE), text -> System.out.println("hc: " + text));
        return Optional.of(OF_DEBIAN);
    }

    private static String inOneLine(RuntimeException failure) {
        List<String> lines =
                String.valueOf(failure.getMessage()).lines().map(String::strip).toList();
        return lines.stream()
                .filter(line -> line.startsWith("message="))
                .findFirst()
                .orElse(lines.getFirst());
    }

    public Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
