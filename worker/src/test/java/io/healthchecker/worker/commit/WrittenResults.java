package io.healthchecker.worker.commit;

import io.healthchecker.core.check.CheckResult;
import io.healthchecker.core.check.Outcome;
import io.healthchecker.core.check.PhaseTimes;
import io.healthchecker.core.check.Reason;
import io.healthchecker.core.job.Delivery;
import io.healthchecker.core.job.Job;
import io.healthchecker.core.job.JobKind;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.worker.Installation;
import io.healthchecker.worker.commit.ResultTransaction.Written;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Results of services, written as a script of letters says: up, degraded, down; anything else is unknown. */
abstract class WrittenResults {
    static final long START = Ticker.system().epochMillis() - 1_000_000;

    final Installation installation = new Installation();
    final ResultTransaction transaction =
            new ResultTransaction(installation.jdbc, installation.transactions, Ticker.system());

    @AfterEach
    void theInvariantsHold() {
        installation.assertInvariants();
        installation.close();
    }

    Written write(List<Finished> batch) {
        return transaction.write(batch, 1);
    }

    static List<Finished> script(Service service, String letters) {
        List<Finished> script = new ArrayList<>();
        for (String letter : letters.split(" ")) {
            Outcome outcome = switch (letter) {
                case "U", "u" -> Outcome.UP;
                case "G", "g" -> Outcome.DEGRADED;
                case "D", "d" -> Outcome.DOWN;
                default -> Outcome.UNKNOWN;
            };
            script.add(finished(service, script.size(), outcome, Character.isLowerCase(letter.charAt(0))));
        }
        return script;
    }

    static Finished finished(Service service, long offset, Outcome outcome) {
        return finished(service, offset, outcome, false);
    }

    static Finished finished(Service service, long offset, Outcome outcome, boolean slowWorker) {
        Job job = new Job(service.id(), START + offset, 1, service.version(), JobKind.GRID);
        Reason reason = switch (outcome) {
            case UP -> Reason.OK;
            case DEGRADED -> Reason.SLOW;
            case DOWN -> Reason.CONNECT_REFUSED;
            case UNKNOWN -> Reason.LATE;
        };
        CheckResult result =
                new CheckResult(job, outcome, reason, 0, 1_000, PhaseTimes.EMPTY, 0, slowWorker, "at 192.0.2.7:443");
        return new Finished(new Delivery(0, "0-" + offset, job, 1), result, Subject.of(service));
    }
}
