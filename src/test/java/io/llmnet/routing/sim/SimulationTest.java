package io.llmnet.routing.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each strategy makes of a house, compared with the tables that are kept. {@link Scenarios} writes them anew. */
class SimulationTest {
    static Set<String> scenarios() {
        return Scenarios.ALL.keySet();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theTablesStillHold(String scenario) throws IOException {
        String table = Objects.requireNonNull(Scenarios.ALL.get(scenario)).get();

        try (InputStream kept =
                Objects.requireNonNull(SimulationTest.class.getResourceAsStream("/sim/" + scenario + ".txt"))) {
            assertThat(table).isEqualTo(new String(kept.readAllBytes(), UTF_8));
        }
    }
}
