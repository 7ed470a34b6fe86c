package io.healthchecker.api.auth;

import io.healthchecker.api.problem.FieldError;
import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.secret.Secret;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a person signs in with. */
@Schema(description = "What a person signs in with.")
public record Credentials(
        @Schema(
                description = "E-mail address; case does not matter.",
                example = "user@example.com",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        String email,

        @Schema(
                description = "At least 8 characters, at most 128 bytes.",
                example = "password123",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        String password) {
    private static final int MIN_PASSWORD = 8;
    private static final int MAX_PASSWORD_BYTES = 128;
    private static final int MAX_EMAIL = 254; // RFC 5321 §4.5.3.1.3, without the brackets
    private static final String ATOM = "[^\\s\\p{Cntrl}@\"(),:;<>\\[\\]\\\\.]+";
    private static final String LABEL = "[\\p{L}\\p{N}]([\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?";
    private static final Pattern EMAIL = Pattern.compile("%1$s(\\.%1$s)*@%2$s(\\.%2$s)+".formatted(ATOM, LABEL));

    /** The password, which never prints itself. */
    Secret secret() {
        return new Secret(password == null ? "" : password);
    }

    String address() {
        return email == null ? "" : email;
    }

    /** Refuses what cannot become an account. */
    void refuseUnfit() {
        List<FieldError> errors = new ArrayList<>(emailErrors(email));
        if (password == null) {
            errors.add(missing("password"));
        } else if (password.codePointCount(0, password.length()) < MIN_PASSWORD) {
            errors.add(new FieldError(
                    "password",
                    "password has %d characters; it must have at least %d"
                            .formatted(password.codePointCount(0, password.length()), MIN_PASSWORD)));
        } else if (tooLong()) {
            errors.add(new FieldError(
                    "password", "password has more than %d bytes; choose a shorter one".formatted(MAX_PASSWORD_BYTES)));
        }
        refuse(errors);
    }

    /** Refuses what is not even an attempt: a missing field. Anything else is for the comparison to tell. */
    void refuseIncomplete() {
        List<FieldError> errors = new ArrayList<>();
        if (email == null) {
            errors.add(missing("email"));
        }
        if (password == null) {
            errors.add(missing("password"));
        }
        refuse(errors);
    }

    /** Whether no account can have this password. */
    boolean tooLong() {
        return password != null && password.getBytes(StandardCharsets.UTF_8).length > MAX_PASSWORD_BYTES;
    }

    /** What is wrong with an e-mail address. */
    public static List<FieldError> emailErrors(@Nullable String email) {
        if (email == null) {
            return List.of(missing("email"));
        }
        if (email.length() > MAX_EMAIL) {
            return List.of(new FieldError(
                    "email", "email has %d characters; it must have at most %d".formatted(email.length(), MAX_EMAIL)));
        }
        if (email.lastIndexOf('@') > 64 || !EMAIL.matcher(email).matches()) {
            return List.of(new FieldError(
                    "email", "email is \"%s\"; it must be an address such as user@example.com".formatted(email)));
        }
        return List.of();
    }

    private static FieldError missing(String field) {
        return new FieldError(field, field + " is missing; it is required");
    }

    private static void refuse(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    @Override
    public String toString() {
        return "Credentials[not shown]";
    }
}
