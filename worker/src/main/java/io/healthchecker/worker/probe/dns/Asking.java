package io.healthchecker.worker.probe.dns;

import io.healthchecker.core.assertion.Answer;
import io.healthchecker.core.assertion.DnsFacts;
import io.healthchecker.core.assertion.Facts;
import io.healthchecker.core.check.Reason;
import io.healthchecker.worker.dial.Caller;
import io.healthchecker.worker.dial.Connection;
import io.healthchecker.worker.dial.Dialling;
import io.healthchecker.worker.dial.Target;
import io.healthchecker.worker.probe.Attempt;
import io.healthchecker.worker.probe.Undertaking;
import io.healthchecker.worker.probe.dns.DnsProber.Way;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** One question under way: by UDP, and once more by TCP where the answer was cut; or over a stream at once. */
final class Asking implements Caller, Undertaking {
    private final DnsProber prober;
    private final Attempt attempt;
    private final int id = ThreadLocalRandom.current().nextInt(0x1_0000);
    private Way way;
    private @Nullable Dialling dial;
    private @Nullable Exchange exchange;
    private boolean cut;

    Asking(DnsProber prober, Attempt attempt) {
        this.prober = prober;
        this.attempt = attempt;
        this.way = prober.way();
    }

    void begin() {
        Target target = prober.target();
        dial = way == Way.UDP
                ? prober.dialer().datagrams(attempt.lane(), target, attempt.clock(), this)
                : prober.dialer().dial(attempt.lane(), target, attempt.clock(), this);
    }

    @Override
    public void connected(Channel channel) {
        byte[] question = prober.question().message(way == Way.HTTPS ? 0 : id); // RFC 8484 §4.1: for caches
        exchange = switch (way) {
            case UDP -> new DatagramExchange(attempt, channel, this, question);
            case TCP, TLS -> new StreamExchange(attempt, channel, this, question);
            case HTTPS -> new HttpsExchange(attempt, channel, this, question, prober.target(), prober.path());
        };
        prober.dialer().tell(() -> "> %s, by %s".formatted(told(prober.question()), way));
        exchange.begin();
    }

    /** A message has come; false if it does not answer our question, so that another may. */
    boolean heard(byte[] message, Channel channel) {
        Reply reply;
        try {
            reply = Reply.read(message);
        } catch (Malformed e) {
            failedAsking(Reason.PROTOCOL_ERROR, "the answer cannot be read: " + e.text());
            return true;
        }
        if (!reply.answers(prober.question(), way == Way.HTTPS ? 0 : id)) {
            return false;
        }
        prober.dialer().tell(() -> "< " + told(reply.facts(prober.question()), reply.cut()));
        if (reply.cut() && way == Way.UDP) {
            byTcp(channel);
        } else {
            judge(reply, channel);
        }
        return true;
    }

    private static String told(Question question) {
        return "%s? %s%s"
                .formatted(
                        question.type(),
                        question.name().isEmpty() ? "." : question.name(),
                        question.recursion() ? ", RD" : "");
    }

    private static String told(DnsFacts facts, boolean cut) {
        return "%s%s, flags %s, aliases %s, answers %s, authority %s"
                .formatted(
                        facts.code(),
                        cut ? ", cut" : "",
                        facts.flags(),
                        facts.aliases(),
                        facts.values(),
                        facts.authority());
    }

    // the very address that sent the cut answer, which is judged as any other
    private void byTcp(Channel channel) {
        InetSocketAddress server = (InetSocketAddress) channel.remoteAddress();
        end();
        cut = true;
        way = Way.TCP;
        Target target = new Target(server.getAddress().getHostAddress(), server.getPort(), null);
        dial = prober.dialer().dial(attempt.lane(), target, attempt.clock(), this);
    }

    private void judge(Reply reply, Channel channel) {
        DnsFacts facts = reply.facts(prober.question());
        String name =
                prober.question().name().isEmpty() ? "." : prober.question().name();
        String expected = prober.expectedCode();
        if (!facts.code().equals(expected)) {
            failedAsking(
                    reason(facts.code()),
                    "%s for %s %s%s"
                            .formatted(
                                    facts.code(),
                                    prober.question().type(),
                                    name,
                                    expected.equals("NOERROR") ? "" : "; %s is expected".formatted(expected)));
        } else if (expected.equals("NOERROR")
                && prober.answersNeeded()
                && facts.values().isEmpty()) {
            failedAsking(
                    Reason.DNS_NO_DATA,
                    "no record of type %s for %s%s".formatted(prober.question().type(), name, byWayOf(facts)));
        } else {
            Facts all = Connection.facts(channel, true).withDns(facts);
            end();
            attempt.answered(Answer.connected(all));
        }
    }

    private static Reason reason(String code) {
        return switch (code) {
            case "NOERROR" -> Reason.ASSERTION_FAILED;
            case "NXDOMAIN" -> Reason.DNS_NXDOMAIN;
            case "SERVFAIL" -> Reason.DNS_SERVFAIL;
            case "REFUSED" -> Reason.DNS_REFUSED;
            default -> Reason.DNS_FAILED;
        };
    }

    private String byWayOf(DnsFacts facts) {
        if (facts.aliases().isEmpty()) {
            return "";
        }
        boolean circle = facts.aliases().getLast().equals(prober.question().name())
                || facts.aliases().indexOf(facts.aliases().getLast())
                        < facts.aliases().size() - 1;
        return ", whose aliases %s %s"
                .formatted(circle ? "go in a circle:" : "are", String.join(", ", facts.aliases()));
    }

    /** There is no answer. */
    void failedAsking(Reason reason, String detail) {
        end();
        attempt.failed(reason, "%s %s".formatted(detail, here()));
    }

    private void end() {
        if (exchange != null) {
            exchange.end();
            exchange = null;
        }
    }

    @Override
    public void failed(Reason reason, String detail) {
        attempt.failed(reason, cut ? detail + ", after a cut answer by UDP" : detail);
    }

    @Override
    public void unable(String detail) {
        end();
        attempt.unable(detail);
    }

    @Override
    public void abandon() {
        if (dial != null) {
            dial.abandon();
        }
        end();
    }

    private String here() {
        String at = dial == null ? "" : dial.whereabouts();
        return cut ? at + " by TCP, after a cut answer by UDP" : at;
    }

    @Override
    public String whereabouts() {
        return here() + (exchange == null ? "" : exchange.sofar());
    }
}
