package io.healthchecker.operator.lead;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.operator.lead.KubernetesLease.Place;
import io.healthchecker.testing.kubernetes.TestKubernetes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KubernetesLeaseTest {
    private final TestKubernetes kubernetes = TestKubernetes.shared();
    private final Place place = new Place(kubernetes.freshNamespace(), "operator");
    private final AtomicLong passed = new AtomicLong();
    private final Ticker ticker = new Ticker() {
        @Override
        public long epochMillis() {
            return Ticker.system().epochMillis();
        }

        @Override
        public long nanoTime() {
            return passed.get();
        }
    };
    private final KubernetesLease one = lease("one");
    private final KubernetesLease other = lease("other");

    @Test
    void oneHasItAndKeepsItWhileItIsRenewed() {
        assertThat(one.renew()).isTrue();
        for (int i = 0; i < 5; i++) {
            assertThat(other.renew()).isFalse();
            pass(14);
            assertThat(one.renew()).isTrue();
        }
        assertThat(other.renew()).isFalse();
    }

    @Test
    void anotherTakesItOnceItWasSeenUnchangedForLongEnough() {
        one.renew();
        assertThat(other.renew())
                .as("seen for the first time, however old it is")
                .isFalse();
        pass(14);
        assertThat(other.renew()).isFalse();
        pass(1);
        assertThat(other.renew()).isTrue();
        assertThat(one.renew()).as("back from the dead").isFalse();
        assertThat(holder()).isEqualTo("other");
    }

    @Test
    void whatIsGivenUpIsFreeAtOnce() {
        one.renew();
        one.release();
        assertThat(other.renew()).isTrue();
        one.release();
        assertThat(holder()).as("not his to give up").isEqualTo("other");
    }

    @Test
    void ofTwoWhoTakeItAtOnceOneHasIt() {
        one.renew();
        var third = lease("third");
        other.renew();
        third.renew();
        pass(15);
        assertThat(other.renew() ^ third.renew()).isTrue();
    }

    private KubernetesLease lease(String identity) {
        KubernetesClient client = kubernetes.client();
        return new KubernetesLease(client, place, identity, 15, ticker);
    }

    private void pass(int seconds) {
        passed.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private String holder() {
        return kubernetes
                .client()
                .leases()
                .inNamespace(place.namespace())
                .withName(place.name())
                .get()
                .getSpec()
                .getHolderIdentity();
    }
}
