package io.healthchecker.api.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UiTest {
    private final Api api = Api.shared();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/login?next=/services",
                "/register",
                "/services?state=Down",
                "/services/12",
                "/services/12/results/1767191400000~default",
                "/incidents/7",
                "/status-pages/3/edit",
                "/admin/system",
                "/wall/t/abc",
                "/k8s/prod/shop/cart-api",
            })
    void everyAddressAnswersThePageWithoutAToken(String address) {
        Answer page = api.anybody().get(address);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=utf-8");
        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(page.header("Content-Security-Policy"))
                .contains("script-src 'self';", "trusted-types 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "data:", "http");
        assertThat(page.body()).contains("<!doctype html>").doesNotContain("{{", " style=", "<script>");
    }

    @Test
    void thePageIsSentOnceForEachVersion() {
        String tag = api.anybody().get("/services").header("ETag");

        Answer again = api.anybody().with("If-None-Match", tag).get("/services");

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void homeIsTheListOfServices() {
        assertThat(api.anybody().get("/").header("Location")).endsWith("/services");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/000000000000/js/main.js",
                "/assets/dev/package-info.class",
                "/assets/dev/UiController.class",
                "/assets/dev/index.html",
            })
    void whatIsNoFileOfThisVersionIsNotThere(String path) {
        String hash = new AssetSource.Program().assets().hash();

        assertThat(api.anybody().get(path.replace("dev", hash)).status()).isEqualTo(404);
        assertThat(api.anybody().get(path).status()).isEqualTo(404);
    }

    @ParameterizedTest(name = "{0} shows {1}")
    @CsvSource({"1, 1", "99, 99", "many, 99+"})
    void anIconCountsWhatIsDown(String number, String shown) {
        String icon = "/assets/%s/icon-%s.svg"
                .formatted(new AssetSource.Program().assets().hash(), number);
        Answer answer = api.anybody().get(icon);

        assertThat(answer.header("Content-Type")).isEqualTo("image/svg+xml");
        assertThat(answer.body()).contains("<title>%s Down</title>".formatted(shown), ">%s</text>".formatted(shown));
        assertThat(api.anybody().get(icon.replace(number, "0")).status()).isEqualTo(404);
        assertThat(api.anybody().get(icon.replace(number, "100")).status()).isEqualTo(404);
    }

    @Test
    void aFileChangesTheAddressOfAllAndThePageNamesThem() {
        Assets before = Assets.of(files("js/main.js", "import './list.js';".repeat(30)));
        Assets after = Assets.of(files("js/main.js", "import './detail.js';".repeat(30)));

        assertThat(before.hash()).isNotEqualTo(after.hash()).hasSize(12);
        assertThat(before.find(before.hash(), "js/main.js"))
                .get()
                .satisfies(asset -> assertThat(asset.compressed()).isTrue())
                .extracting(Asset::mediaType)
                .isEqualTo("text/javascript; charset=utf-8");
        assertThat(before.find(after.hash(), "js/main.js")).isEmpty();
        assertThat(new String(before.shell().bytes(), StandardCharsets.UTF_8))
                .isEqualTo("<link rel=\"modulepreload\" href=\"/assets/%1$s/js/main.js\">|/assets/%1$s/app.css"
                        .formatted(before.hash()));
    }

    @Test
    void aFolderShowsChangesAtOnce(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("index.html"), "{{assets}}");
        Files.createDirectories(folder.resolve("js"));
        Files.writeString(folder.resolve("js/main.js"), "first");
        var source = new AssetSource.Folder(folder);
        assertThat(source.assets().find("dev", "js/main.js").orElseThrow().bytes())
                .asString()
                .isEqualTo("first");

        Files.writeString(folder.resolve("js/main.js"), "second");

        assertThat(source.assets().find("dev", "js/main.js").orElseThrow().bytes())
                .asString()
                .isEqualTo("second");
    }

    private static SortedMap<String, byte[]> files(String path, String content) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put("index.html", "{{modulepreload}}|{{assets}}/app.css".getBytes(StandardCharsets.UTF_8));
        files.put("preload.txt", "# in this order\njs/main.js\n".getBytes(StandardCharsets.UTF_8));
        files.put("app.css", "body{}".getBytes(StandardCharsets.UTF_8));
        files.put(path, content.getBytes(StandardCharsets.UTF_8));
        return files;
    }
}
