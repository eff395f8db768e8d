package io.llmnet.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How one model does at one backend, and what that is made of. */
class PulseTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final Pulse pulse = new Pulse();
    private final Latencies latencies = new Latencies();

    @Test
    void streamsAndWholeAnswersAreTimedApart() {
        pulse.succeeded(true, 100 * MILLI, 0);
        pulse.succeeded(false, 900 * MILLI, 0);

        assertThat(pulse.firstPieces().meanMillis()).isEqualTo(100);
        assertThat(pulse.wholes().meanMillis()).isEqualTo(900);
        assertThat(pulse.lastHour().count(0)).isEqualTo(new Rates.Count(2, 0));
    }

    @Test
    void isReluctantForAsLongAsItHasAsked() {
        pulse.refuseUntil(5000);

        assertThat(pulse.isReluctant(4999)).isTrue();
        assertThat(pulse.reluctantNanos(4000)).isEqualTo(1000);
        assertThat(pulse.isReluctant(5000)).isFalse();
        assertThat(pulse.reluctantNanos(6000)).isZero();
    }

    @Test
    void isReluctantForTheLongerOfBothReasons() {
        pulse.failed(0, new Breaker.Terms(1, 1, 1, Duration.ofNanos(300)));
        pulse.refuseUntil(200);

        assertThat(pulse.reluctantNanos(0)).isEqualTo(300);
        assertThat(pulse.isReluctant(250)).isTrue();
    }

    @Test
    void clocksMayBeNegative() {
        pulse.refuseUntil(-500);

        assertThat(pulse.isReluctant(-600)).isTrue();
        assertThat(pulse.isReluctant(-400)).isFalse();
    }

    @Test
    void theMeanFollowsByAFifth() {
        latencies.add(100 * MILLI, 0);
        latencies.add(200 * MILLI, 0);

        assertThat(latencies.meanMillis()).isEqualTo(120);
        assertThat(latencies.count()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"0, 640", "59, 640", "60, 320", "125, 160", "360, 10", "100000, 10"})
    void withoutNewsLessIsExpectedEachMinute(long seconds, double millis) {
        latencies.add(640 * MILLI, 0);

        assertThat(latencies.expectedMillis(TimeUnit.SECONDS.toNanos(seconds))).isEqualTo(millis);
    }

    @Test
    void nothingIsExpectedOfTheUnknown() {
        assertThat(latencies.expectedMillis(MINUTE)).isZero();
        assertThat(latencies.p95Nanos()).isZero();
    }

    @Test
    void thePercentileIsThatOfTheLast64() {
        for (int i = 0; i < 640; i++) {
            latencies.add(9_000_000 * MILLI, 0);
        }
        for (int i = 1; i <= 64; i++) {
            latencies.add(i * MILLI, 0);
        }

        assertThat(latencies.p95Nanos()).isEqualTo(61 * MILLI);
    }

    @Test
    void countsOnlyWhatTheSpanHolds() {
        Rates rates = new Rates(60, MINUTE);
        rates.add(false, 0);
        rates.add(true, 30 * MINUTE);

        assertThat(rates.count(59 * MINUTE)).isEqualTo(new Rates.Count(2, 1));
        assertThat(rates.count(60 * MINUTE)).isEqualTo(new Rates.Count(1, 0));
        assertThat(rates.count(1000 * MINUTE)).isEqualTo(new Rates.Count(0, 0));
        assertThat(rates.mayHoldFailures()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "5, 2", "11, 3", "60, 3", "600, 3"})
    void countsAPartOfTheSpan(long minutes, long failures) {
        Rates rates = new Rates(60, MINUTE);
        rates.add(false, 0);
        rates.add(false, 6 * MINUTE);
        rates.add(false, 10 * MINUTE);

        assertThat(rates.count(10 * MINUTE, minutes * MINUTE).failures()).isEqualTo(failures);
    }

    @Test
    void aClockThatStepsBackLosesNothing() {
        Rates rates = new Rates(60, MINUTE);
        rates.add(true, 10 * MINUTE);
        rates.add(false, 9 * MINUTE);

        assertThat(rates.count(10 * MINUTE)).isEqualTo(new Rates.Count(2, 1));
        assertThat(rates.count(10 * MINUTE).failureRate()).isEqualTo(0.5);
        assertThat(new Rates.Count(0, 0).failureRate()).isZero();
    }

    @Test
    void negativeTimesHaveSlotsToo() {
        Rates rates = new Rates(60, MINUTE);
        rates.add(false, -90 * MINUTE);
        rates.add(true, -MINUTE);

        assertThat(rates.count(0)).isEqualTo(new Rates.Count(1, 0));
    }
}
