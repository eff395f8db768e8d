package io.llmnet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"250ms, PT0.25S", "30s, PT30S", "5m, PT5M", "2h, PT2H", "90, PT90S"})
    void aTimeIsANumberAndAUnit(String text, Duration time) {
        assertThat(Durations.read(text)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "0s", "-1s", "1.5s", "5 m", "5min", "9999999999s", "soon"})
    void whatIsNoTimeIsRefused(String text) {
        assertThat(Durations.read(text)).isEmpty();
    }
}
