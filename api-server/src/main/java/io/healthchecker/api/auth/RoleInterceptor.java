package io.healthchecker.api.auth;

import io.healthchecker.api.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Asks of every route what its {@link Requires} says; a route of ours without one is closed. */
final class RoleInterceptor implements HandlerInterceptor {
    private final Gate gate;

    RoleInterceptor(Gate gate) {
        this.gate = gate;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            Requires requires = method.getMethodAnnotation(Requires.class);
            if (requires != null) {
                gate.admit(request, requires.value(), requires.wall());
            } else if (!isFramework(method)) {
                throw ProblemException.forbidden("this route says nothing of who may call it, so nobody may");
            } else if (!OpenPaths.contains(request)) {
                gate.admit(request, Access.SIGNED_IN, false);
            }
        }
        return true;
    }

    // OpenAPI and actuator routes cannot carry our annotation; their paths are open or need an account
    private static boolean isFramework(HandlerMethod method) {
        String type = method.getBeanType().getName();
        return type.startsWith("org.springdoc.") || type.startsWith("org.springframework.boot.");
    }
}
