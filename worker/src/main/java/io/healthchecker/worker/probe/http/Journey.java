package io.healthchecker.worker.probe.http;

import io.healthchecker.core.check.Reason;
import io.healthchecker.worker.http1.Head;
import io.healthchecker.worker.http1.HeaderLine;
import io.healthchecker.worker.probe.Attempt;
import io.healthchecker.worker.probe.Undertaking;
import io.healthchecker.worker.probe.http.Chase.Errand;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One check of several requests: for an access token, the first of the definition, and its steps. */
final class Journey implements Ending, Undertaking {
    private final Transit transit;
    private final Attempt attempt;
    private final Plan plan;
    private final CookieJar jar = new CookieJar();
    private final Errand first;
    private final List<Captured> captured = new ArrayList<>();
    private @Nullable Chase chase;
    private @Nullable String authorization;
    private boolean fetching;
    private boolean over;
    private int step = -1; // of the script; -1 is the first request, which is the definition's own

    /**
     * What is done beside the first request.
     *
     * @param authorization value of the Authorization header, where it is known beforehand
     * @param last who is told of the last answer where nothing is left to be judged on the way
     */
    record Plan(
            @Nullable String authorization,
            @Nullable AccessToken token,
            @Nullable Script script,
            Ending last) {}

    Journey(Transit transit, Attempt attempt, Errand first, Plan plan) {
        this.transit = transit;
        this.attempt = attempt;
        this.first = first;
        this.plan = plan;
    }

    void begin() {
        AccessToken token = plan.token();
        authorization = token == null ? plan.authorization() : token.authorization();
        if (token != null && authorization == null) {
            fetching = true;
            if (plan.script() != null) {
                attempt.steps().begin("access token");
            }
            send(token.errand());
        } else {
            sendFirst();
        }
    }

    private void sendFirst() {
        if (plan.script() != null) {
            attempt.steps().begin(plan.script().name(step));
        }
        send(authorized(first));
    }

    // whoever the first request speaks to may know on whose behalf, and nobody else
    private Errand authorized(Errand errand) {
        Request request = errand.request();
        boolean named = request.headers().stream().anyMatch(header -> header.is("authorization"));
        return authorization == null || named || !request.isForOriginOf(first.request())
                ? errand
                : new Errand(
                        request.with(new HeaderLine("Authorization", authorization)),
                        null,
                        errand.maxRedirects(),
                        errand.keepBody());
    }

    private void send(Errand errand) {
        // a token is asked for without the cookies of the target
        chase = new Chase(transit, attempt, errand, fetching ? null : jar, this);
        chase.begin();
    }

    @Override
    public void answered(Chase done, Head head, byte[] body, Channel channel) {
        if (over) {
            return;
        }
        if (fetching) {
            channel.close();
            if (plan.script() != null) {
                attempt.steps().answered(head.status());
            }
            fetched(head, body);
            return;
        }
        if (head.status() == 401 && plan.token() != null) {
            plan.token().forget();
        }
        Script script = plan.script();
        if (script == null) {
            over = true;
            plan.last().answered(done, head, body, channel);
            return;
        }
        jar.take(done.url(), head.headers());
        script.judge(this, done, head, body, channel);
    }

    private void fetched(Head head, byte[] body) {
        AccessToken token = java.util.Objects.requireNonNull(plan.token());
        String trouble = token.take(head.status(), body);
        if (trouble != null) {
            failed(Reason.TOKEN_REFUSED, trouble + (chase == null ? "" : " " + chase.whereabouts()));
            return;
        }
        fetching = false;
        authorization = token.fresh();
        sendFirst();
    }

    /** The answer to a step was as expected, and these values were taken from it. */
    void passed(Chase done, List<Captured> values) {
        if (over) {
            return;
        }
        captured.addAll(values);
        step++;
        Script script = java.util.Objects.requireNonNull(plan.script());
        attempt.steps().begin(script.name(step));
        try {
            send(authorized(script.errand(step, done.url(), captured)));
        } catch (IllegalArgumentException e) {
            failed(Reason.ASSERTION_FAILED, String.valueOf(e.getMessage()));
        }
    }

    /** Something that was expected of the answer to a step was not there. */
    void failed(Reason reason, String detail) {
        if (!over) {
            over = true;
            attempt.failed(reason, place() + detail);
        }
    }

    @Override
    public void failed(Chase done, Reason reason, String detail) {
        if (fetching) {
            failed(Reason.TOKEN_REFUSED, "no access token could be fetched: " + detail);
        } else {
            failed(reason, detail);
        }
    }

    Attempt attempt() {
        return attempt;
    }

    int step() {
        return step;
    }

    /** All that was captured so far. */
    List<Captured> captured() {
        return captured;
    }

    boolean over() {
        return over;
    }

    /** No more is to come. */
    void end() {
        over = true;
    }

    private String place() {
        return plan.script() == null || fetching ? "" : plan.script().place(step) + ": ";
    }

    @Override
    public void abandon() {
        over = true;
        if (chase != null) {
            chase.abandon();
        }
    }

    @Override
    public String whereabouts() {
        String where = chase == null ? "" : chase.whereabouts();
        if (fetching) {
            return where + ", fetching an access token";
        }
        return plan.script() == null
                ? where
                : "%s, in %s".formatted(where, plan.script().place(step));
    }

    @Override
    public int status() {
        return chase == null || fetching ? 0 : chase.status();
    }
}
