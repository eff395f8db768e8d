package io.llmnet.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoadTest {
    private final Load load = new Load();

    @Test
    void takesAnyNumberUntilSomebodySaysHowMany() {
        assertThat(load.enter()).isTrue();
        assertThat(load.limit()).isEqualTo(Integer.MAX_VALUE);
        load.limit(0, 1);

        assertThat(load.hasRoom()).isFalse();
        assertThat(load.enter()).isFalse();
        load.leave();
        assertThat(load.enter()).isTrue();
    }

    @Test
    void settingsCountMoreThanWhatTheBackendSays() {
        load.limit(3, 8);
        assertThat(load.limit()).isEqualTo(3);

        load.limit(0, 0);
        assertThat(load.limit()).isEqualTo(8);
    }

    @Test
    void manyThreadsNeverTakeMorePlacesThanThereAre() throws InterruptedException {
        load.limit(5, 0);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> {
                for (int n = 0; n < 2000; n++) {
                    if (load.enter()) {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        inside.decrementAndGet();
                        load.leave();
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(most.get()).isBetween(1, 5);
        assertThat(load.inFlight()).isZero();
    }

    @Test
    void probesAreSmoothedAndFailedOnesDoNotCount() {
        assertThat(load.probed()).isNull();
        load.probed(Instant.EPOCH, Duration.ofMillis(10));
        load.probed(Instant.EPOCH.plusSeconds(1), Duration.ofMillis(20));
        load.probed(Instant.EPOCH.plusSeconds(2), null);

        assertThat(load.probeMillis()).isEqualTo(12);
        assertThat(load.probed()).isEqualTo(Instant.EPOCH.plusSeconds(2));
    }

    @Test
    void eachModelHasItsOwnPulseUntilThereAreTooMany() {
        assertThat(load.pulse("a")).isSameAs(load.pulse("a")).isNotSameAs(load.pulse("b"));
        for (int i = 0; i < 5000; i++) {
            load.pulse("made-up-" + i);
        }

        assertThat(load.pulses()).hasSize(1000).containsKey("a");
        assertThat(load.pulse("made-up-4000")).isSameAs(load.pulse("made-up-4001"));
    }
}
