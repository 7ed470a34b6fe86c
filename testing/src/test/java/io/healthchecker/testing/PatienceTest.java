package io.healthchecker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.LauncherSessionListener;

class PatienceTest {
    @Test
    void junitFindsIt() {
        assertThat(ServiceLoader.load(LauncherSessionListener.class)).hasAtLeastOneElementOfType(Patience.class);
    }
}
