package io.healthchecker.e2e.ui;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard in a real browser. One product and one browser serve all of its stories. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardTest {
    private static final int SERVICES = 10_000;

    private Dashboard dashboard;

    @BeforeAll
    void start(@TempDir Path directory) {
        dashboard = Dashboard.start(directory, SERVICES);
    }

    @AfterAll
    void stop() {
        dashboard.close();
    }

    @Nested
    class Looks extends LookLines {
        Looks() {
            super(dashboard);
        }
    }

    @Nested
    class Keys extends KeyLines {
        Keys() {
            super(dashboard);
        }
    }

    @Nested
    class Formats extends FormatLines {
        Formats() {
            super(dashboard);
        }
    }

    @Nested
    class Details extends DetailLines {
        Details() {
            super(dashboard);
        }
    }

    @Nested
    class Pictures extends PictureLines {
        Pictures() {
            super(dashboard);
        }
    }

    @Nested
    class Screens extends ScreenLines {
        Screens() {
            super(dashboard);
        }
    }

    @Nested
    class Listing extends ListLines {
        Listing() {
            super(dashboard);
        }
    }
}
