package io.healthchecker.bench.ui;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;

/** What a page's main thread has done and holds, as the browser itself counts it. */
final class MainThread {
    private final CDPSession devtools;

    MainThread(CDPSession devtools) {
        this.devtools = devtools;
        var cpuTime = new JsonObject(); // the wall clock counts others on the same cores as well
        cpuTime.addProperty("timeDomain", "threadTicks");
        devtools.send("Performance.enable", cpuTime);
    }

    /** Seconds that it has worked, and of these in scripts, and with styles and layout. */
    record Work(double seconds, double scriptSeconds, double layoutSeconds) {
        Work since(Work earlier) {
            return new Work(
                    seconds - earlier.seconds,
                    scriptSeconds - earlier.scriptSeconds,
                    layoutSeconds - earlier.layoutSeconds);
        }
    }

    Work work() {
        JsonObject metrics = metrics();
        return new Work(
                metrics.get("TaskDuration").getAsDouble(),
                metrics.get("ScriptDuration").getAsDouble(),
                metrics.get("LayoutDuration").getAsDouble()
                        + metrics.get("RecalcStyleDuration").getAsDouble());
    }

    /** What is left after garbage was collected. */
    record Holding(double heapBytes, double nodes, double listeners) {}

    Holding holding() {
        devtools.send("HeapProfiler.collectGarbage");
        devtools.send("HeapProfiler.collectGarbage");
        JsonObject metrics = metrics();
        return new Holding(
                metrics.get("JSHeapUsedSize").getAsDouble(),
                metrics.get("Nodes").getAsDouble(),
                metrics.get("JSEventListeners").getAsDouble());
    }

    private JsonObject metrics() {
        var byName = new JsonObject();
        devtools.send("Performance.getMetrics")
                .getAsJsonArray("metrics")
                .forEach(metric -> byName.add(
                        metric.getAsJsonObject().get("name").getAsString(),
                        metric.getAsJsonObject().get("value")));
        return byName;
    }
}
