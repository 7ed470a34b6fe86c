package io.healthchecker.cluster.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevClusterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sideways",
                "up --fake-nodes -1",
                "up --fake-nodes 1001",
                "up --fake-nodes x",
                "up --real --fake-nodes 1",
                "down now"
            })
    void misuseEndsWithTwo(String arguments) {
        assertThat(DevCluster.execute(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isEqualTo(2);
    }
}
