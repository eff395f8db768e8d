package io.llmnet.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Strategy;
import io.llmnet.ensemble.Terms;
import io.llmnet.registry.Card;
import io.llmnet.registry.Registry;
import io.llmnet.registry.Report;
import io.llmnet.routing.House;
import io.llmnet.routing.Rules;
import io.llmnet.settings.GatewaySettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttendanceTest {
    private static final GatewaySettings SETTINGS = settings();

    private static GatewaySettings settings() {
        GatewaySettings usual = GatewaySettings.USUAL;
        Rules rules = new Rules(
                usual.rules().strategy(),
                usual.rules().weights(),
                Map.of("best", "good", "good", "qwen3", "round", "about", "about", "round"),
                Map.of("phi4", List.of("gone", "best"), "gemma", List.of("gone")),
                usual.rules().policies(),
                usual.rules().sticky(),
                usual.rules().quality());
        return new GatewaySettings(
                usual.backends(),
                usual.models(),
                rules,
                usual.terms(),
                usual.discovery(),
                usual.budget(),
                usual.fleet(),
                usual.lifecycle(),
                usual.timeouts(),
                usual.continueBrokenStreams(),
                Map.of(
                        "panel", council("panel", "gone", "deep"),
                        "deep", council("deep", "qwen3"),
                        "ill", council("ill", "gone"),
                        "circle", council("circle", "circle")),
                usual.pool(),
                usual.cache());
    }

    private static Council council(String name, String... models) {
        return new Council(
                name, Strategy.VOTING, List.of(models).stream().map(Seat::of).toList(), null, Terms.USUAL);
    }

    @ParameterizedTest
    @CsvSource({
        "qwen3, true", // as it is
        "gone, false",
        "best, true", // an alias of an alias
        "round, false", // aliases in a circle
        "phi4, true", // stood in for
        "gemma, false", // by one who is not there
        "flow, true", // a pipeline
        "panel, true", // an ensemble in which an ensemble can answer
        "ill, false",
        "circle, false",
    })
    void aSeatIsReadyWhereAnybodyCanAnswerForIt(String model, boolean isReady) {
        Registry registry = new Registry(InstantSource.system(), (said, card) -> card);
        registry.put(House.said("desk"));
        registry.report(
                "desk",
                Report.well(List.of(Card.named("qwen3")), 0, null, Duration.ofMillis(1)),
                new Registry.Thresholds(1, 1));

        assertThat(new Attendance("flow"::equals, SETTINGS, registry.roster()).isReady(Seat.of(model)))
                .isEqualTo(isReady);
    }
}
