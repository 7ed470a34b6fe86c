package io.healthchecker.standalone.process;

import io.healthchecker.standalone.setting.Mode;
import java.io.PrintStream;

/** What a person at the terminal reads while a process starts. In production only the one line that says ready. */
public record Console(PrintStream out, Mode mode) {

    public void progress(String line) {
        if (mode == Mode.DEVELOPMENT) {
            out.println(line);
        }
    }

    /** What a start waits for; said in production too, where somebody looks why a pod is not ready. */
    public void waiting(String why) {
        out.println("waiting: " + why);
        out.flush();
    }

    /** Said once, when requests are really answered. */
    public void ready(String what, int port) {
        out.println("%s is ready at http://localhost:%d".formatted(what, port));
        out.flush();
    }
}
