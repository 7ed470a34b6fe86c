package io.healthchecker.e2e.dashboard;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard in a real browser. One product and one browser serve all of its stories. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class DashboardTest {
    private Dashboard dashboard;

    @BeforeAll
    void start(@TempDir Path directory) {
        dashboard = Dashboard.start(directory, Extent.asked());
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
    class Type extends TypeLines {
        Type() {
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
    class Actions extends ActionLines {
        Actions() {
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
    class Days extends DayLines {
        Days() {
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
    class Forms extends FormLines {
        Forms() {
            super(dashboard);
        }
    }

    @Nested
    @Order(Integer.MAX_VALUE - 2) // late: hours are added up for the first time a minute after the start
    class Results extends ResultLines {
        Results() {
            super(dashboard);
        }
    }

    @Nested
    class Names extends NameLines {
        Names() {
            super(dashboard);
        }
    }

    @Nested
    class Charts extends ChartLines {
        Charts() {
            super(dashboard);
        }
    }

    @Nested
    class Heartbeats extends HeartbeatLines {
        Heartbeats() {
            super(dashboard);
        }
    }

    @Nested
    @Order(1) // before other stories change what is seen
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

    @Nested
    class Filters extends FilterLines {
        Filters() {
            super(dashboard);
        }
    }

    @Nested
    class Addresses extends AddressLines {
        Addresses() {
            super(dashboard);
        }
    }

    @Nested
    class ServerSide extends ServerLines {
        ServerSide() {
            super(dashboard);
        }
    }

    @Nested
    class Feeds extends FeedLines {
        Feeds() {
            super(dashboard);
        }
    }

    @Nested
    class Health extends SystemLines {
        Health() {
            super(dashboard);
        }
    }

    @Nested
    class Broken extends BrokenLines {
        Broken() {
            super(dashboard);
        }
    }

    @Nested
    class Refused extends RefusedLines {
        Refused() {
            super(dashboard);
        }
    }

    @Nested
    class Admin extends AdminLines {
        Admin() {
            super(dashboard);
        }
    }

    @Nested
    class Teams extends TeamLines {
        Teams() {
            super(dashboard);
        }
    }

    @Nested
    class Owners extends OwnerLines {
        Owners() {
            super(dashboard);
        }
    }

    @Nested
    class Public extends PublicLines {
        Public() {
            super(dashboard);
        }
    }

    @Nested
    class Walls extends WallLines {
        Walls() {
            super(dashboard);
        }
    }

    @Nested
    class Notifications extends NotifyLines {
        Notifications() {
            super(dashboard);
        }
    }

    @Nested
    @Order(Integer.MAX_VALUE) // after all others, whose traces it looks for
    class Logs extends LogLines {
        Logs() {
            super(dashboard);
        }
    }

    @Nested
    @Order(Integer.MAX_VALUE - 1) // the last but one: it takes the database away
    class Outage extends OutageLines {
        Outage() {
            super(dashboard);
        }
    }
}
