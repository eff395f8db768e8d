package io.llmnet.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.gateway.Outcomes;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private final Hand clock = new Hand("2026-11-21T08:00:00Z");

    private Ledger ledger(@Nullable Path folder) {
        return new Ledger(
                clock,
                () -> 0,
                new Budget(10.0, 0.75, Budget.HardAction.WARN),
                Fleet.Terms.USUAL,
                member -> true,
                folder);
    }

    @Test
    void tellsAllAndKeepsWhatIsWorthKeeping(@TempDir Path folder) {
        try (Ledger first = ledger(folder)) {
            first.accept(Outcomes.of("gpt").costing(3).told());
            assertThat(first.history().last(10)).hasSize(1);
            assertThat(first.stats().requests("desk")).isOne();
        }

        try (Ledger second = ledger(folder)) {
            assertThat(second.spending().amount()).isEqualTo(3);
            assertThat(second.history().last(10)).isEmpty();
        }
        assertThat(folder).isDirectoryContaining("glob:**demand.json");
    }

    @Test
    void needsNoFolder() {
        try (Ledger ledger = ledger(null)) {
            ledger.accept(Outcomes.of("gpt").costing(3).told());

            assertThat(ledger.spending().amount()).isEqualTo(3);
        }
    }
}
