package io.llmnet.ensemble.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the strategies gain, compared with the report that is kept. {@link Quality} writes it anew. */
class QualityTest {
    @Test
    void theReportStillHolds() throws IOException {
        try (InputStream kept =
                Objects.requireNonNull(QualityTest.class.getResourceAsStream("/ensemble/quality.txt"))) {
            assertThat(Quality.report()).isEqualTo(new String(kept.readAllBytes(), UTF_8));
        }
    }

    @ParameterizedTest(name = "{0} voters of {1}")
    @CsvSource({"3,0.6", "3,0.9", "5,0.4", "5,0.7", "9,0.6", "9,0.8"})
    void independentVotersAreRightTogetherAsCondorcetSays(int voters, double p) {
        assertThat(Simulated.majority(voters, p))
                .isEqualTo(Simulated.condorcet(voters, p), within(0.024)); // three deviations
    }

    @Test
    void condorcetsFormulaIsThatOfTwoOfThree() {
        assertThat(Simulated.condorcet(3, 0.8)).isEqualTo(3 * 0.8 * 0.8 * 0.2 + 0.8 * 0.8 * 0.8, within(1e-12));
    }
}
