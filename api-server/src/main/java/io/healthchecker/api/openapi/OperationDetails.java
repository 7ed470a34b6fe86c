package io.healthchecker.api.openapi;

import io.healthchecker.api.auth.Access;
import io.healthchecker.api.auth.Gate;
import io.healthchecker.api.auth.Requires;
import io.healthchecker.api.problem.ProblemType;
import io.healthchecker.api.problem.ProblemWriter;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/** What follows from who may call a route and what it takes: the token, the team, and the problems that it answers. */
final class OperationDetails implements GlobalOperationCustomizer {
    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        Requires requires = method.getMethodAnnotation(Requires.class);
        Access access = requires == null ? Access.SIGNED_IN : requires.value();
        if (access == Access.OPEN) {
            operation.setSecurity(List.of());
        } else {
            operation.addSecurityItem(new SecurityRequirement().addList(OpenApiConfiguration.BEARER));
        }
        boolean ofTeam = access != Access.OPEN && access != Access.SIGNED_IN;
        boolean inPath = parameters(operation).stream().anyMatch(parameter -> "path".equals(parameter.getIn()));
        boolean teamInPath = parameters(operation).stream().anyMatch(parameter -> "teamId".equals(parameter.getName()));
        if (ofTeam && !teamInPath) {
            operation.addParametersItem(new Parameter()
                    .in("header")
                    .name(Gate.TEAM_HEADER)
                    .description("Which of your teams to work in. Default: the one that you joined first.")
                    .schema(new IntegerSchema().example(1)));
        }
        boolean hasBody = operation.getRequestBody() != null;
        List<ProblemType> problems = new ArrayList<>();
        add(problems, hasBody || !parameters(operation).isEmpty(), ProblemType.MALFORMED);
        add(problems, access != Access.OPEN, ProblemType.UNAUTHENTICATED);
        add(problems, access == Access.EDITOR || access == Access.ADMIN, ProblemType.FORBIDDEN);
        add(problems, ofTeam || inPath, ProblemType.NOT_FOUND);
        add(problems, hasBody, ProblemType.TOO_LARGE);
        add(problems, hasBody, ProblemType.UNSUPPORTED_MEDIA_TYPE);
        add(problems, hasBody, ProblemType.INVALID);
        add(problems, true, ProblemType.UNAVAILABLE);
        operation.setResponses(sorted(operation.getResponses(), problems));
        return operation;
    }

    private static List<Parameter> parameters(Operation operation) {
        return operation.getParameters() == null ? List.of() : operation.getParameters();
    }

    private static void add(List<ProblemType> problems, boolean possible, ProblemType type) {
        if (possible) {
            problems.add(type);
        }
    }

    private static ApiResponses sorted(ApiResponses declared, List<ProblemType> problems) {
        Map<String, ApiResponse> all = new LinkedHashMap<>(declared);
        for (ProblemType type : problems) {
            all.putIfAbsent(Integer.toString(type.status()), new ApiResponse().description(type.title()));
        }
        var sorted = new ApiResponses();
        all.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            if (entry.getKey().compareTo("400") >= 0) {
                entry.getValue().setContent(problem(Integer.parseInt(entry.getKey())));
            }
            sorted.addApiResponse(entry.getKey(), entry.getValue());
        });
        return sorted;
    }

    private static Content problem(int status) {
        ProblemType type = ProblemType.forStatus(status);
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("type", type.uri());
        example.put("title", type.title());
        example.put("status", status);
        example.put("detail", "What it is, what it must be, what to do.");
        example.put("instance", "/api/v1/…");
        example.put("requestId", "7f3a9c52-1f0e-4f6e-9d4b-2f6f3c1d8a10");
        return new Content()
                .addMediaType(
                        ProblemWriter.MEDIA_TYPE,
                        new MediaType()
                                .schema(new Schema<>().$ref("#/components/schemas/Problem"))
                                .example(example));
    }
}
