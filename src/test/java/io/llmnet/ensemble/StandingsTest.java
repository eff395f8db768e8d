package io.llmnet.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.llmnet.ensemble.Move.Step;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is kept of how members did. */
class StandingsTest {
    private final Standings standings = new Standings();

    private void learn(String council, String... events) {
        Council of = Words.council(council);
        Script script = new Script(of, standings).begin();
        List.of(events).forEach(script::then);
        standings.learn(of, ((Step.Settled) Objects.requireNonNull(script.end())).decision());
    }

    @Test
    void ofWhomNothingIsKnownHalfIsExpected() {
        assertThat(standings.winRate("council", "a")).isEqualTo(0.5);
        assertThat(standings.of("council", "a")).isEqualTo(0.5);
        assertThat(standings.snapshot()).isEmpty();
    }

    @Test
    void whoAgreesWithTheWinnerWinsWhoDiffersLoses() {
        learn("voting a b c d", "a=x", "b=y", "c=x", "d=x");

        assertThat(standings.winRate("council", "a")).isEqualTo(2 / 3.0);
        assertThat(standings.winRate("council", "b")).isEqualTo(1 / 3.0);
        assertThat(standings.winRate("council", "c")).isEqualTo(2 / 3.0);
    }

    @Test
    void whoFailsLosesItsQuality() {
        learn("voting a b c", "a=x", "b!down", "c=x");

        assertThat(standings.winRate("council", "b")).isEqualTo(0.5);
        assertThat(standings.of("council", "b")).isEqualTo(0.25);
    }

    @Test
    void whoWasNotWaitedForIsNotJudged() {
        learn("voting a b c", "a=x", "c=x");

        assertThat(standings.snapshot().stream().map(Standing::seat)).containsExactly("a", "c");
    }

    @Test
    void whereAllIsMergedNobodyWinsOrLoses() {
        learn("merge a b", "a=x", "b=y", "merged");

        assertThat(standings.winRate("council", "a")).isEqualTo(0.5);
        assertThat(standings.snapshot().get(0).answers()).isEqualTo(1);
    }

    @Test
    void whatIsPastFades() {
        for (int i = 0; i < 5000; i++) {
            learn("voting a b c", "a=x", "b=y", "c=x");
        }
        double before = standings.winRate("council", "b");
        for (int i = 0; i < 200; i++) {
            learn("voting a b c", "a=x", "b=y", "c=y");
        }

        assertThat(before).isLessThan(0.01);
        assertThat(standings.winRate("council", "b")).as("after a half-life").isEqualTo(0.5, within(0.01));
    }

    @Test
    void theProvenOutweighTheOthers() {
        for (int i = 0; i < 50; i++) {
            learn("voting a b c", "a=x", "b=y", "c=x");
        }
        Script script = new Script(Words.council("weighted a b*1.5"), standings).begin();

        script.then("b=y").then("a=x");

        assertThat(script.outcome()).startsWith("weighted a");
    }

    @Test
    void whatIsKnownCanBeKept() {
        learn("voting a b c", "a=x", "b=y", "c=x");
        Standings others = new Standings();

        others.restore(standings.snapshot());

        assertThat(others.snapshot()).isEqualTo(standings.snapshot());
        assertThat(others.winRate("council", "b")).isEqualTo(1 / 3.0);
    }

    @Test
    void theOldestAreForgottenBeyondTenThousand() {
        standings.restore(IntStream.range(0, 10_000)
                .mapToObj(i -> new Standing("c" + i, "a", 1, 0, 1, 0))
                .toList());

        learn("voting a b c", "a=x", "c=x");

        assertThat(standings.snapshot()).hasSize(10_000);
        assertThat(standings.snapshot().get(0).council()).isEqualTo("c2");
        assertThat(standings.winRate("council", "a")).isEqualTo(2 / 3.0);
    }

    @Test
    void whatIsNoCountIsRefused() {
        assertThatThrownBy(() -> new Standing("c", "a", Double.NaN, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Standing("c", "a", 0, -1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
