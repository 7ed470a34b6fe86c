package io.healthchecker.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.healthchecker.api.testing.Answer;
import io.healthchecker.api.testing.Api;
import io.healthchecker.api.testing.Caller;
import org.junit.jupiter.api.Test;

/** The walk that scripts of the API before this one take, word for word, on an installation where nobody has been. */
class SeedApiTest {
    private static final String CREDENTIALS = "{\"email\":\"user@example.com\",\"password\":\"password123\"}";
    private static final String SERVICE =
            "{\"name\":\"My API\",\"url\":\"https://api.example.com/health\",\"check_interval\":60}";

    @Test
    void aScriptOfBeforeStillWorks() {
        try (Api api = Api.start()) {
            Caller anybody = api.anybody();
            assertThat(anybody.get("/swagger/index.html").status()).isEqualTo(200);
            assertThat(anybody.post("/api/v1/services", SERVICE).status()).isEqualTo(401);

            assertThat(anybody.post("/api/v1/auth/register", CREDENTIALS).status())
                    .isEqualTo(201);
            Answer logIn = anybody.post("/api/v1/auth/login", CREDENTIALS);
            assertThat(logIn.status()).isEqualTo(200);
            Caller user = anybody.bearing(logIn.json().get("token").stringValue());

            Answer created = user.post("/api/v1/services", SERVICE);
            assertThat(created.status()).isEqualTo(201);
            assertThat(created.json().get("id").isIntegralNumber()).isTrue();
            assertThat(created.json().get("id").asInt()).isEqualTo(1);
            assertThat(created.text("/name")).isEqualTo("My API");
            assertThat(created.text("/url")).isEqualTo("https://api.example.com/health");
            assertThat(created.json().get("check_interval").asInt()).isEqualTo(60);

            assertThat(user.get("/api/v1/services").json().at("/items/0/id").asInt())
                    .isEqualTo(1);
            assertThat(user.get("/api/v1/services?page=1&limit=10")
                            .json()
                            .get("total")
                            .asInt())
                    .isEqualTo(1);
            assertThat(user.get("/api/v1/services/1").text("/name")).isEqualTo("My API");

            Answer changed = user.put("/api/v1/services/1", SERVICE.replace(":60", ":30"));
            assertThat(changed.status()).isEqualTo(200);
            assertThat(changed.json().get("check_interval").asInt()).isEqualTo(30);

            assertThat(user.delete("/api/v1/services/1").status()).isEqualTo(204);
            assertThat(user.get("/api/v1/services/1").status()).isEqualTo(404);
        }
    }
}
