package io.healthchecker.api.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.service.DefinitionJson;
import io.healthchecker.crds.Definition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {
    private static Definition read(String json) {
        return DefinitionJson.read(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"http\":{\"url\":\"https://a.test/\",\"headers\":[{\"name\":\"X-Key\",\"value\":\"s3cret\"}]}}",
                "{\"http\":{\"url\":\"https://a.test/\",\"authentication\":{\"basic\":{\"username\":\"a\",\"password\":{\"value\":\"s3cret\"}}}}}",
                "{\"http\":{\"url\":\"https://a.test/\",\"authentication\":{\"bearer\":{\"value\":\"s3cret\"}}}}",
                "{\"http\":{\"url\":\"https://a.test/\",\"authentication\":{\"oauth2\":{\"tokenUrl\":\"https://b.test/\",\"clientId\":\"a\",\"clientSecret\":{\"value\":\"s3cret\"}}}}}",
                "{\"http\":{\"url\":\"https://a.test/\",\"clientCertificate\":{\"certificate\":{\"value\":\"s3cret\"},\"privateKey\":{\"value\":\"s3cret\"}}}}",
                "{\"http\":{\"url\":\"https://a.test/\",\"proxy\":{\"host\":\"b\",\"port\":1,\"basic\":{\"username\":\"a\",\"password\":{\"value\":\"s3cret\"}}}}}",
                "{\"http\":{\"url\":\"https://a.test/\",\"steps\":[{\"name\":\"b\",\"url\":\"/\",\"headers\":[{\"name\":\"X\",\"value\":\"s3cret\"}]}]}}",
                "{\"grpc\":{\"host\":\"a\",\"port\":1,\"metadata\":[{\"name\":\"authorization\",\"value\":\"s3cret\"}]}}",
                "{\"websocket\":{\"url\":\"wss://a.test/\",\"headers\":[{\"name\":\"Cookie\",\"value\":\"s3cret\"}]}}",
            })
    void noValueIsShownAndAMaskStandsForIt(String json) {
        Definition stored = read(json);
        Definition shown = SecretMask.hide(stored);

        assertThat(DefinitionJson.write(shown)).doesNotContain("s3cret").contains("\"value\":\"***\"");
        assertThat(SecretMask.restore(shown, stored)).isEqualTo(stored);
        assertThatThrownBy(() -> SecretMask.restore(shown, null)).isInstanceOf(ProblemException.class);

        List<String> keys = new ArrayList<>();
        Definition referring = SecretMask.referring(stored, "probe", of -> {
            keys.add(of);
            return "key-" + keys.size();
        });
        assertThat(DefinitionJson.write(referring))
                .doesNotContain("s3cret", "\"value\":")
                .contains("\"key\":\"key-1\"");
    }

    @Test
    void whatIsNoSecretStaysAsItIs() {
        Definition plain = read(
                "{\"http\":{\"url\":\"https://a.test/\",\"headers\":[{\"name\":\"Accept\",\"value\":\"text/plain\"}]},\"labels\":{\"value\":\"a\"}}");
        assertThat(SecretMask.hide(plain)).isSameAs(plain);
        assertThat(SecretMask.restore(plain, null)).isSameAs(plain);
    }

    @Test
    void aHeaderIsTheSameOneWhereverItStands() {
        Definition stored = read(
                "{\"grpc\":{\"host\":\"a\",\"port\":1,\"metadata\":[{\"name\":\"a\",\"value\":\"1\"},{\"name\":\"b\",\"value\":\"2\"}]}}");
        Definition wanted = read(
                "{\"grpc\":{\"host\":\"a\",\"port\":1,\"metadata\":[{\"name\":\"B\",\"value\":\"***\"},{\"name\":\"a\",\"value\":\"3\"}]}}");
        assertThat(DefinitionJson.write(SecretMask.restore(wanted, stored)))
                .contains("{\"name\":\"B\",\"value\":\"2\"},{\"name\":\"a\",\"value\":\"3\"}");
    }
}
