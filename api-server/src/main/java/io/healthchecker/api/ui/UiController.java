package io.healthchecker.api.ui;

import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.problem.ProblemException;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/** The dashboard in browsers. Its page and files are open to anybody; what they show is not. */
@Hidden
@Controller
public class UiController {
    // script writes to the page through typed sinks alone, which nothing here needs: no string ever becomes HTML
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
            + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private final AssetSource source;

    UiController(AssetSource source) {
        this.source = source;
    }

    @GetMapping({
        "/login",
        "/register",
        "/services/**",
        "/incidents/**",
        "/maintenance/**",
        "/channels/**",
        "/status-pages/**",
        "/admin/**",
        "/wall/**",
        "/k8s/**"
    })
    @Requires(Access.OPEN)
    ResponseEntity<byte[]> page(
            @RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, required = false) @Nullable String encodings) {
        Assets assets = source.assets();
        return answer(assets.shell(), assets.hash(), encodings, CacheControl.noCache());
    }

    @GetMapping("/assets/{hash}/**")
    @Requires(Access.OPEN)
    ResponseEntity<byte[]> file(
            @PathVariable String hash,
            HttpServletRequest request,
            @RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, required = false) @Nullable String encodings) {
        Assets assets = source.assets();
        String path = request.getRequestURI().substring("/assets/".length() + hash.length() + 1);
        Asset asset = assets.find(hash, path)
                .orElseThrow(() -> ProblemException.notFound("there is no such file in this version")
                        .withHeader(HttpHeaders.CACHE_CONTROL, "no-store"));
        boolean kept = source instanceof AssetSource.Program;
        return answer(asset, hash, encodings, kept ? FOR_EVER : CacheControl.noCache());
    }

    private ResponseEntity<byte[]> answer(
            Asset asset, String hash, @Nullable String encodings, CacheControl cacheControl) {
        boolean gzip = asset.compressed() && encodings != null && encodings.contains("gzip");
        var response = ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(asset.mediaType()))
                .cacheControl(cacheControl)
                .header("Content-Security-Policy", POLICY)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (source instanceof AssetSource.Program) {
            response.eTag("\"%s%s\"".formatted(hash, gzip ? "-gzip" : ""));
        }
        return gzip
                ? response.header(HttpHeaders.CONTENT_ENCODING, "gzip").body(asset.gzip())
                : response.body(asset.bytes());
    }
}
