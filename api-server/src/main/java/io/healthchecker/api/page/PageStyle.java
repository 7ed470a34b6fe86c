package io.healthchecker.api.page;

import io.healthchecker.core.secret.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The styles of a page, which stand in it.
 *
 * @param hash SHA-256 in Base64, by which the content security policy knows them
 */
record PageStyle(String css, String hash) {
    private static final String COMMON = resource("page.css");
    private static final PageStyle PLAIN = of(COMMON);

    /** With the colours of links and of what has the focus, which {@link Accent} has judged; null for ours. */
    static PageStyle of(@Nullable String accent, @Nullable String accentDark) {
        if (accent == null && accentDark == null) {
            return PLAIN;
        }
        String light = accent == null ? "" : ":root{--link:%s}".formatted(accent);
        String dark = accentDark == null
                ? ""
                : "@media(prefers-color-scheme:dark){:root:not(.light){--link:%1$s}}:root.dark{--link:%1$s}"
                        .formatted(accentDark);
        // what is for dark grounds has selectors that say more than :root, so that the light colour does not come there
        return of("%s\n%s%sbody{border-top:4px solid var(--link)}".formatted(COMMON, light, dark));
    }

    private static PageStyle of(String css) {
        return new PageStyle(css, Base64.getEncoder().encodeToString(Sha256.of(css)));
    }

    static String resource(String name) {
        try (InputStream text = Objects.requireNonNull(
                PageStyle.class.getResourceAsStream("/io/healthchecker/api/page/" + name), name)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}
