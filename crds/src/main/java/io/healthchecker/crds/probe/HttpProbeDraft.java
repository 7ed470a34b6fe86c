package io.healthchecker.crds.probe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An HTTP probe while it is being changed; what {@link HttpProbe#with} hands out. */
public final class HttpProbeDraft {
    public @Nullable String url;
    public @Nullable String method;
    public @Nullable List<HttpHeader> headers;
    public @Nullable String body;
    public @Nullable List<String> expectedStatus;
    public @Nullable List<HeaderExpectation> expectedHeaders;
    public @Nullable String bodyContains;
    public @Nullable String bodyMatches;
    public @Nullable Integer maxRedirects;
    public @Nullable Integer certificateExpiresInDays;
    public @Nullable String tlsVerification;
    public @Nullable String redirects;
    public @Nullable String httpVersion;
    public @Nullable String ipFamily;
    public @Nullable String serverName;
    public @Nullable SecretText certificateAuthorities;
    public @Nullable ClientCertificate clientCertificate;
    public @Nullable HttpAuthentication authentication;
    public @Nullable HttpProxy proxy;
    public @Nullable List<Capture> capture;
    public @Nullable List<HttpStep> steps;

    HttpProbeDraft() {}

    HttpProbeDraft(HttpProbe before) {
        url = before.url();
        method = before.method();
        headers = before.headers();
        body = before.body();
        expectedStatus = before.expectedStatus();
        expectedHeaders = before.expectedHeaders();
        bodyContains = before.bodyContains();
        bodyMatches = before.bodyMatches();
        maxRedirects = before.maxRedirects();
        certificateExpiresInDays = before.certificateExpiresInDays();
        tlsVerification = before.tlsVerification();
        redirects = before.redirects();
        httpVersion = before.httpVersion();
        ipFamily = before.ipFamily();
        serverName = before.serverName();
        certificateAuthorities = before.certificateAuthorities();
        clientCertificate = before.clientCertificate();
        authentication = before.authentication();
        proxy = before.proxy();
        capture = before.capture();
        steps = before.steps();
    }

    HttpProbe probe() {
        return new HttpProbe(
                url,
                method,
                headers,
                body,
                expectedStatus,
                expectedHeaders,
                bodyContains,
                bodyMatches,
                maxRedirects,
                certificateExpiresInDays,
                tlsVerification,
                redirects,
                httpVersion,
                ipFamily,
                serverName,
                certificateAuthorities,
                clientCertificate,
                authentication,
                proxy,
                capture,
                steps);
    }
}
