package io.healthchecker.operator.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.healthchecker.core.time.Ticker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeadTest {
    private final AtomicLong jump = new AtomicLong();
    private final Ticker ticker = new Ticker() {
        @Override
        public long epochMillis() {
            return Ticker.system().epochMillis() + jump.get() / 1_000_000;
        }

        @Override
        public long nanoTime() {
            return Ticker.system().nanoTime() + jump.get();
        }
    };
    private final GivenLease lease = new GivenLease();
    private final CountedDuty duty = new CountedDuty();
    private final AtomicInteger halts = new AtomicInteger();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Lead lead = new Lead(lease, duty, Duration.ofMinutes(15), ticker, meters, halts::incrementAndGet);

    @AfterEach
    void close() throws InterruptedException {
        duty.stuck.countDown();
        lead.close();
    }

    @Test
    void aStandbyBeginsWhenTheLeaseIsFree() {
        lead.start();
        await().until(() -> lease.asked.get() > 0);
        assertThat(duty.begun.get()).isZero();

        lease.ours.set(true);
        await().until(() -> duty.begun.get() == 1 && lead.isOnDuty());
        assertThat(meters.get("hc.lead").gauge().value()).isOne();
    }

    @Test
    void aLostLeaseEndsTheDutyAndNotTheProcess() {
        lease.ours.set(true);
        lead.start();
        await().until(lead::isOnDuty);

        lease.ours.set(false);
        await().until(() -> duty.ended.get() >= 1 && !lead.isOnDuty());
        assertThat(halts.get()).isZero();

        lease.ours.set(true);
        await().until(() -> duty.begun.get() == 2);
    }

    @Test
    void whoWasFrozenKnowsThatItDoesNotLeadBeforeAnybodyTellsIt() {
        lease.ours.set(true);
        lead.start();
        await().until(lead::isOnDuty);
        BooleanSupplier leading = duty.leading;
        assertThat(leading.getAsBoolean()).isTrue();

        lease.away.set(true); // and nothing renews it any more
        jump.addAndGet(Duration.ofMinutes(11).toNanos());
        assertThat(leading.getAsBoolean()).isFalse();
        await().until(() -> !lead.isOnDuty());
    }

    @Test
    void anApiServerThatIsAwayForLessThanTheLeaseChangesNothing() {
        lease.ours.set(true);
        lead.start();
        await().until(lead::isOnDuty);
        lease.away.set(true);
        int asked = lease.asked.get();
        await().until(() -> lease.asked.get() > asked);
        assertThat(lead.isOnDuty()).isTrue();
        assertThat(duty.ended.get()).isZero();
    }

    @Test
    void aDutyThatIsNotWellBeginsAnew() {
        lease.ours.set(true);
        lead.start();
        await().until(lead::isOnDuty);

        duty.well.set(false);
        await().until(() -> duty.ended.get() == 1);
        duty.well.set(true);
        await().until(() -> duty.begun.get() == 2);
    }

    @Test
    void aDutyThatCannotBeginIsTriedAgain() {
        duty.failing.set(true);
        lease.ours.set(true);
        lead.start();
        await().until(() -> duty.tried.get() >= 1 && duty.ended.get() >= 1);

        duty.failing.set(false);
        await().until(lead::isOnDuty);
    }

    @Test
    void aDutyThatDoesNotEndAfterTheLeaseIsLostEndsTheProcess() {
        duty.endsAtOnce.set(false);
        lease.ours.set(true);
        lead.start();
        await().until(lead::isOnDuty);

        lease.ours.set(false);
        await().until(() -> duty.ending.get());
        assertThat(lead.busyFor()).isPositive();
        jump.addAndGet(Duration.ofSeconds(25).toNanos());
        await().until(() -> halts.get() > 0);
    }

    @Test
    void anEndThatIsPlannedGivesTheLeaseUpAfterTheDutyEnded() throws InterruptedException {
        lease.ours.set(true);
        lead.start();
        await().until(lead::isOnDuty);

        lead.close();
        assertThat(duty.ended.get()).isPositive();
        assertThat(lease.released.get()).isOne();
        assertThat(halts.get()).isZero();
    }

    private static final class GivenLease implements Lease {
        final AtomicBoolean ours = new AtomicBoolean();
        final AtomicBoolean away = new AtomicBoolean();
        final AtomicInteger asked = new AtomicInteger();
        final AtomicInteger released = new AtomicInteger();

        @Override
        public boolean renew() {
            asked.incrementAndGet();
            if (away.get()) {
                throw new IllegalStateException("away");
            }
            return ours.get();
        }

        @Override
        public void release() {
            released.incrementAndGet();
        }
    }

    private static final class CountedDuty implements Duty {
        final AtomicInteger tried = new AtomicInteger();
        final AtomicInteger begun = new AtomicInteger();
        final AtomicInteger ended = new AtomicInteger();
        final AtomicBoolean well = new AtomicBoolean(true);
        final AtomicBoolean failing = new AtomicBoolean();
        final AtomicBoolean endsAtOnce = new AtomicBoolean(true);
        final AtomicBoolean ending = new AtomicBoolean();
        final CountDownLatch stuck = new CountDownLatch(1);
        volatile BooleanSupplier leading = () -> false;

        @Override
        public void begin(BooleanSupplier leading) {
            tried.incrementAndGet();
            if (failing.get()) {
                throw new IllegalStateException("not now");
            }
            this.leading = leading;
            begun.incrementAndGet();
        }

        @Override
        public boolean isWell() {
            return well.get();
        }

        @Override
        public void end() {
            ending.set(true);
            if (!endsAtOnce.get()) {
                try {
                    stuck.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            ended.incrementAndGet();
        }
    }
}
