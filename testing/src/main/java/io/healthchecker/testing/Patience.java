package io.healthchecker.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * How long a test that does not say awaits a condition: longer than Awaitility would, so that a busy machine does not
 * decide. What comes sooner costs nothing. JUnit finds it by {@code META-INF/services}.
 */
public final class Patience implements LauncherSessionListener {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(LIMIT);
    }
}
