package io.llmnet.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.gateway.Outcomes;
import io.llmnet.protocol.json.Json;
import io.llmnet.routing.Purse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpendingTest {
    private static final Budget TEN = new Budget(10.0, 0.75, Budget.HardAction.LOCAL_ONLY);

    private final Hand clock = new Hand("2026-11-21T08:00:00Z");

    private static void spend(Spending spending, double amount) {
        spending.accept(Outcomes.of("gpt").costing(amount).told());
    }

    @ParameterizedTest
    @CsvSource({
        "WARN, 7.49, NORMAL, OPEN",
        "WARN, 7.5, SOFT_LIMIT, CAREFUL",
        "WARN, 10, HARD_LIMIT, CAREFUL",
        "LOCAL_ONLY, 9.99, SOFT_LIMIT, CAREFUL",
        "LOCAL_ONLY, 10, HARD_LIMIT, LOCAL_ONLY",
        "REFUSE, 12, HARD_LIMIT, SHUT"
    })
    void thePurseFollowsWhatIsSpent(Budget.HardAction action, double amount, Spending.Status status, Purse purse) {
        Spending spending = new Spending(clock, new Budget(10.0, 0.75, action));

        spend(spending, amount);

        assertThat(spending.status()).isEqualTo(status);
        assertThat(spending.purse()).isEqualTo(purse);
    }

    @Test
    void withoutALimitAllMayBeSpentAndIsCounted() {
        Spending spending = new Spending(clock, Budget.NONE);

        spend(spending, 1e6);

        assertThat(spending.purse()).isEqualTo(Purse.OPEN);
        assertThat(spending.amount()).isEqualTo(1e6);
        assertThat(spending.remaining()).isInfinite();
        assertThat(spending.utilizationPercent()).isZero();
    }

    @Test
    void aLimitOfNothingIsReachedAtOnce() {
        assertThat(new Spending(clock, new Budget(0.0, 0.75, Budget.HardAction.REFUSE)).purse())
                .isEqualTo(Purse.SHUT);
    }

    @Test
    void aNewMonthOfUtcBeginsWithNothingSpent() {
        clock.goTo("2026-12-31T23:59:59.999Z");
        Spending spending = new Spending(clock, TEN);
        spend(spending, 11);
        assertThat(spending.purse()).isEqualTo(Purse.LOCAL_ONLY);

        clock.goTo("2027-01-01T00:00:00Z");

        assertThat(spending.purse()).isEqualTo(Purse.OPEN);
        assertThat(spending.amount()).isZero();
        assertThat(spending.month()).hasToString("2027-01");
        assertThat(spending.count(Spending.Event.MONTH_ROLLOVER)).isOne();
    }

    @Test
    void tellsEachLimitOnceWhenItIsReached() {
        Spending spending = new Spending(clock, TEN);

        for (int each = 0; each < 12; each++) {
            spend(spending, 1);
        }

        assertThat(spending.count(Spending.Event.SOFT_LIMIT_REACHED)).isOne();
        assertThat(spending.count(Spending.Event.HARD_LIMIT_REACHED)).isOne();
        assertThat(spending.remaining()).isZero();
    }

    @Test
    void anotherBudgetCountsAtOnce() {
        Spending spending = new Spending(clock, TEN);
        spend(spending, 12);

        spending.budget(new Budget(100.0, 0.75, Budget.HardAction.LOCAL_ONLY));

        assertThat(spending.purse()).isEqualTo(Purse.OPEN);
        assertThat(spending.remaining()).isEqualTo(88);
    }

    @Test
    void nothingIsLostWhenManyCountAtOnce() {
        Spending spending = new Spending(clock, TEN);

        IntStream.range(0, 10_000).parallel().forEach(each -> spend(spending, 0.001));

        assertThat(spending.amount()).isEqualTo(10, offset(1e-6));
    }

    @Test
    void showsItselfInNexusWords() {
        Spending spending = new Spending(clock, TEN);
        spend(spending, 8);

        assertThat(Json.text(spending.json())).isEqualTo("""
                {"current_spending_usd":8.0,"monthly_limit_usd":10.0,"utilization_percent":80.0,"status":"SoftLimit",\
                "billing_month":"2026-11","last_reconciliation":"2026-11-21T08:00:00Z","soft_limit_threshold":75.0,\
                "hard_limit_action":"BlockCloud","next_reset_date":"2026-12-01"}""");
    }

    @Test
    void survivesARestart(@TempDir Path folder) {
        Path file = folder.resolve("state").resolve("spending.json");
        Spending before = new Spending(clock, TEN);
        StateFile kept = new StateFile(file, before);
        kept.load();
        spend(before, 10);
        kept.save();
        Spending after = new Spending(clock, TEN);

        new StateFile(file, after).load();

        assertThat(after.amount()).isEqualTo(10);
        assertThat(after.purse()).isEqualTo(Purse.LOCAL_ONLY);
    }

    @Test
    void whatWasSpentLastMonthIsNotCountedAfterARestart() {
        Spending spending = new Spending(clock, TEN);
        ObjectNode lastMonth = Json.object().put("month", "2026-10").put("spent", 9.0);

        spending.restore(lastMonth);

        assertThat(spending.amount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"month\":\"2026-11\"}", "{\"month\":\"soon\",\"spent\":3}"})
    void aBrokenFileIsPutAsideAndCountingBeginsAnew(String text, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("spending.json"), text);
        Spending spending = new Spending(clock, TEN);
        StateFile kept = new StateFile(file, spending);

        kept.load();
        spend(spending, 1);
        kept.save();

        assertThat(folder.resolve("spending.json.broken")).hasContent(text);
        assertThat(file).hasContent("{\"month\":\"2026-11\",\"spent\":1.0}");
    }

    @Test
    void writesOnlyWhatIsNewAndLeavesNothingElse(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("spending.json");
        Spending spending = new Spending(clock, TEN);
        StateFile kept = new StateFile(file, spending);
        kept.load();

        kept.save();
        assertThat(file).doesNotExist();
        spend(spending, 1);
        kept.save();

        try (Stream<Path> there = Files.list(folder)) {
            assertThat(there).containsExactly(file);
        }
    }

    @Test
    void aFolderThatCannotBeWrittenStopsNobody(@TempDir Path folder) throws IOException {
        Path notAFolder = Files.writeString(folder.resolve("taken"), "a file");
        Spending spending = new Spending(clock, TEN);
        StateFile kept = new StateFile(notAFolder.resolve("spending.json"), spending);
        kept.load();
        spend(spending, 1);

        kept.save();

        assertThat(spending.amount()).isEqualTo(1);
    }
}
