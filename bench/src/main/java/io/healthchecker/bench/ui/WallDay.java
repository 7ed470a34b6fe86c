package io.healthchecker.bench.ui;

import com.microsoft.playwright.Clock;
import com.microsoft.playwright.WebSocketFrame;
import io.healthchecker.core.verdict.State;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A wall for a working day: the browser's clock runs as fast as it can, and in every twenty seconds of it a few services
 * change. What the page holds after eight hours is compared to what it held after one.
 */
final class WallDay {
    private static final int STEP_MILLIS = 20_000; // after 30 s of silence the wall would go dark
    private static final int STEPS_AN_HOUR = 3_600_000 / STEP_MILLIS;
    private static final int HOURS = 8;
    private static final int SERVICES = 10;
    private static final int PATIENCE = 500;

    private WallDay() {}

    static void measure(Dashboard dashboard, Figures figures) {
        List<Long> ids = dashboard.services().ids(SERVICES);
        dashboard.services().change(ids, State.UP);
        try (Visit visit = dashboard.visit()) {
            var heard = new AtomicLong();
            visit.page().onWebSocket(socket -> socket.onFrameReceived(frame -> heard.addAndGet(changes(frame))));
            visit.page().clock().install(new Clock.InstallOptions());
            visit.page().navigate(dashboard.services().origin() + "/wall");
            visit.page().waitForSelector(".wall-live");
            MainThread thread = visit.mainThread();
            run(dashboard, visit, ids, heard, STEPS_AN_HOUR);
            MainThread.Holding early = thread.holding();
            run(dashboard, visit, ids, heard, (HOURS - 1) * STEPS_AN_HOUR);
            MainThread.Holding late = thread.holding();
            figures.put(Figure.WALL_HEAP, late.heapBytes() * 100 / early.heapBytes());
            figures.put(Figure.WALL_NODES, late.nodes() * 100 / early.nodes());
            figures.put(Figure.WALL_LISTENERS, late.listeners() - early.listeners());
        }
    }

    /** A frame may hold several. */
    private static int changes(WebSocketFrame frame) {
        return frame.text() == null ? 0 : frame.text().split("\"state\\.changed\"", -1).length - 1;
    }

    /** An even number of steps ends with the services as they were. */
    private static void run(Dashboard dashboard, Visit visit, List<Long> ids, AtomicLong heard, int steps) {
        State state = State.UP;
        for (int i = 0; i < steps; i++) {
            state = Part.other(state);
            long before = heard.get();
            dashboard.services().change(ids, state);
            dashboard.services().wake();
            for (int looks = 0; heard.get() < before + ids.size() && looks < PATIENCE; looks++) {
                visit.page().clock().runFor(1);
            }
            visit.page().clock().runFor(STEP_MILLIS);
        }
    }
}
