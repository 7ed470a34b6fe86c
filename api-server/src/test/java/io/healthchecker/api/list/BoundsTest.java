package io.healthchecker.api.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Api;
import java.lang.reflect.Parameter;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** No answer grows with what is stored: a list is read by windows, or its length is bounded where it is filled. */
class BoundsTest {
    /** Lists without windows, and what bounds them. */
    private static final Map<String, String> BOUNDED = Map.of(
            "/api/v1/teams", "a thousand of an account",
            "/api/v1/teams/{teamId}/invitations", "200 may be open",
            "/api/v1/tokens", "a team has 200 at most",
            "/api/v1/views", "who sees 200 makes no other, so there are 200 shared and 200 of one's own at most",
            "/api/v1/status-pages", "a team has so many at most as Pages lets it make",
            "/api/v1/incidents/{id}/timeline", "500 transitions and 500 notes");

    @Test
    void everyListHasWindowsOrABound() {
        var without = new TreeSet<String>();
        Api.shared()
                .context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((info, method) -> {
                    if (method.getReturnType().getParameterType() == ListView.class && !hasWindows(method)) {
                        without.addAll(info.getPatternValues());
                    }
                });

        assertThat(without).isEqualTo(new TreeSet<>(BOUNDED.keySet()));
    }

    private static boolean hasWindows(HandlerMethod method) {
        return Stream.of(method.getMethod().getParameters())
                .map(Parameter::getName)
                .toList()
                .containsAll(java.util.List.of("limit", "cursor"));
    }
}
