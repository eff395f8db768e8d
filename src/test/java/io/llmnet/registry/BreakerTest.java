package io.llmnet.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakerTest {
    private static final Breaker.Terms TERMS = new Breaker.Terms(10, 4, 0.5, Duration.ofSeconds(30));

    private final Breaker breaker = new Breaker();

    private static long at(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    private void fail(int times, long seconds) {
        for (int i = 0; i < times; i++) {
            breaker.failed(at(seconds), TERMS);
        }
    }

    private void succeed(int times) {
        for (int i = 0; i < times; i++) {
            breaker.succeeded();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 3, false", // too few to judge
        "0, 4, true",
        "4, 3, false",
        "4, 4, true",
        "100, 4, false", // of the last ten
        "100, 5, true",
    })
    void opensAtItsShareOfFailuresInItsWindow(int successes, int failures, boolean isOpen) {
        succeed(successes);
        fail(failures, 0);

        assertThat(breaker.isOpen(at(0))).isEqualTo(isOpen);
    }

    @Test
    void failuresThatHaveLeftTheWindowDoNotCount() {
        fail(3, 0);
        succeed(10);
        fail(3, 0);

        assertThat(breaker.isOpen(at(0))).isFalse();
    }

    @Test
    void isOpenForItsTimeThenOneTriesAndTheOthersWait() {
        fail(4, 0);

        assertThat(breaker.openNanos(at(29))).isEqualTo(at(1));
        assertThat(breaker.isOpen(at(30))).isFalse();
        breaker.tries(at(31));
        assertThat(breaker.openNanos(at(32))).isEqualTo(at(29));
    }

    @Test
    void aTrialThatSucceedsClosesIt() {
        fail(4, 0);
        breaker.tries(at(30));
        breaker.succeeded();

        assertThat(breaker.isOpen(at(30))).isFalse();
        fail(3, 31);
        assertThat(breaker.isOpen(at(31))).isFalse();
    }

    @Test
    void trialsThatFailDoubleItsTimeUpToTenfold() {
        fail(4, 0);
        long now = 30;
        for (long next : new long[] {60, 120, 240, 300, 300}) {
            breaker.tries(at(now));
            fail(1, now);
            assertThat(breaker.openNanos(at(now))).isEqualTo(at(next));
            now += next;
        }
    }

    @Test
    void itsTimeIsShortAgainOnceAllIsWellForAWindow() {
        fail(4, 0);
        breaker.tries(at(30));
        fail(1, 30);
        breaker.tries(at(90));
        breaker.succeeded();
        succeed(10);
        fail(10, 100);

        assertThat(breaker.openNanos(at(100))).isEqualTo(at(30));
    }

    @Test
    void requestsThatCouldNotGoElsewhereAreNoTrials() {
        fail(4, 0);
        breaker.tries(at(10));
        fail(3, 10);

        assertThat(breaker.openNanos(at(10))).isEqualTo(at(20));
    }

    @Test
    void aTrialThatToldNothingLetsAnotherTry() {
        fail(4, 0);
        breaker.tries(at(30));
        breaker.trialOver();

        assertThat(breaker.isOpen(at(30))).isFalse();
    }

    @Test
    void aTrialThatHangsIsNotWaitedForLongerThanItWasOpen() {
        fail(4, 0);
        breaker.tries(at(30));

        assertThat(breaker.isOpen(at(59))).isTrue();
        assertThat(breaker.isOpen(at(60))).isFalse();
    }

    @Test
    void whoIsInvitedIsTriedAtOnceByOne() {
        fail(4, 0);
        breaker.invite();

        assertThat(breaker.isOpen(at(1))).isFalse();
        breaker.tries(at(1));
        assertThat(breaker.isOpen(at(2))).isTrue();
        fail(1, 2);
        assertThat(breaker.openNanos(at(2))).isEqualTo(at(60));
    }

    @Test
    void anInvitationMeansNothingToOneThatIsClosed() {
        breaker.invite();
        fail(4, 0);

        assertThat(breaker.isOpen(at(0))).isTrue();
    }

    @Test
    void termsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new Breaker.Terms(5, 6, 0.5, Duration.ofSeconds(1)))
                .hasMessage("window 5, least 6, rate 0.5");
    }
}
