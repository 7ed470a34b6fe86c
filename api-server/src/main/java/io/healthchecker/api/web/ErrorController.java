package io.healthchecker.api.web;

import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.api.problem.ProblemType;
import io.healthchecker.api.problem.ProblemWriter;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Where the server sends what failed outside of any controller. */
@Hidden
@Controller
public class ErrorController implements org.springframework.boot.webmvc.error.ErrorController {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorController.class);

    private final ProblemWriter writer;

    ErrorController(ProblemWriter writer) {
        this.writer = writer;
    }

    @RequestMapping("/error")
    @Requires(Access.OPEN)
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        if (status >= 500 && request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown) {
            LOG.error("request failed", thrown);
        }
        ProblemType type = ProblemType.forStatus(status);
        writer.write(request, response, new ProblemException(type, type.title()));
    }
}
