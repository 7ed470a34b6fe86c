package io.healthchecker.worker.probe.http;

import io.healthchecker.core.assertion.Excerpt;
import io.healthchecker.core.service.HttpUrl;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.crds.probe.BasicCredentials;
import io.healthchecker.crds.probe.ClientCredentials;
import io.healthchecker.crds.probe.SecretText;
import io.healthchecker.worker.http1.HeaderLine;
import io.healthchecker.worker.probe.Passage;
import io.healthchecker.worker.probe.http.Chase.Errand;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The token of one definition (RFC 6749 §4.4): asked for when there is none that is valid for a while, and never shown.
 * For any thread; two checks at once may ask for one each.
 */
final class AccessToken {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long UNKNOWN_LIFE_SECONDS = 300;
    private static final long MAX_LIFE_SECONDS = 86_400;

    private final Errand errand;
    private final Ticker ticker;
    private volatile @Nullable Known known;

    /** @param untilNanos by the ticker, ahead of its end so that it is still valid when it arrives */
    private record Known(String authorization, long untilNanos) {}

    AccessToken(ClientCredentials credentials, Ticker ticker) {
        this.ticker = ticker;
        String id = Objects.requireNonNull(credentials.clientId(), "oauth2.clientId");
        String secret = Passage.text(Objects.requireNonNull(credentials.clientSecret(), "oauth2.clientSecret"));
        List<String> form = new ArrayList<>(List.of("grant_type=client_credentials"));
        if (credentials.scopes() != null && !credentials.scopes().isEmpty()) {
            form.add("scope=" + encoded(String.join(" ", credentials.scopes())));
        }
        if (credentials.audience() != null) {
            form.add("audience=" + encoded(credentials.audience()));
        }
        List<HeaderLine> headers = new ArrayList<>();
        headers.add(new HeaderLine("Content-Type", "application/x-www-form-urlencoded"));
        headers.add(new HeaderLine("Accept", "application/json"));
        if ("Body".equals(credentials.credentialsIn())) {
            form.add("client_id=" + encoded(id));
            form.add("client_secret=" + encoded(secret));
        } else {
            // §2.3.1: both are encoded as in a form first
            headers.add(new HeaderLine(
                    "Authorization", Passage.basic(new BasicCredentials(encoded(id), SecretText.of(encoded(secret))))));
        }
        HttpUrl url = HttpUrl.parse(Objects.requireNonNull(credentials.tokenUrl(), "oauth2.tokenUrl"));
        this.errand = new Errand(new Request("POST", url, headers, String.join("&", form)), null, 0, true);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The request for a token. */
    Errand errand() {
        return errand;
    }

    /** Value of the Authorization header, null if a token has to be asked for. */
    @Nullable
    String authorization() {
        Known now = known;
        return now == null || ticker.nanoTime() - now.untilNanos >= 0 ? null : now.authorization;
    }

    /** The target did not take it: the next check asks for another one. */
    void forget() {
        known = null;
    }

    /**
     * Takes the answer to the request.
     *
     * @return why there is no token in it, null if there is
     */
    @Nullable
    String take(int status, byte[] body) {
        JsonNode answer;
        try {
            answer = JSON.readTree(body);
        } catch (JacksonException e) {
            return "the token endpoint answered with the status %d, and not in JSON".formatted(status);
        }
        if (status != 200) {
            String error = answer.path("error").asString("");
            return "the token endpoint answered with the status %d%s"
                    .formatted(status, error.isEmpty() ? "" : " and the error " + Excerpt.of(error, 80));
        }
        String token = answer.path("access_token").asString("");
        if (token.isEmpty() || !token.matches("[\\x21-\\x7e]+")) {
            return "the token endpoint answered without an access_token";
        }
        if (!answer.path("token_type").asString("Bearer").equalsIgnoreCase("Bearer")) {
            return "the token endpoint gave a token that is no bearer token";
        }
        long seconds = Math.clamp(answer.path("expires_in").asLong(UNKNOWN_LIFE_SECONDS), 0, MAX_LIFE_SECONDS);
        long usable = seconds - Math.min(30, seconds / 10 + 1);
        known = new Known("Bearer " + token, ticker.nanoTime() + usable * 1_000_000_000L);
        return null;
    }

    /** The one that was just taken, however short its life. */
    String fresh() {
        return Objects.requireNonNull(known, "no token was taken").authorization;
    }
}
