package io.llmnet.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.gateway.Outcomes;
import io.llmnet.registry.Ability;
import io.llmnet.registry.Zone;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two weeks in a moment: the clock is moved by hand. */
class FleetTest {
    private final Hand clock = new Hand("2026-11-01T00:00:00Z");
    private final Demands demands = new Demands();
    private final Fleet fleet = new Fleet(clock, Fleet.Terms.USUAL, member -> true, demands);
    private final Rosters rosters = new Rosters()
            .has("desk", Zone.RESTRICTED, Rosters.card("qwen3", Ability.YES))
            .has("shed", Zone.RESTRICTED, Rosters.card("phi4", Ability.YES));

    /** Lets days pass, with so many requests in each hour of the day. */
    private void pass(int days, String model, IntUnaryOperator requests) {
        for (int hour = 0; hour < days * 24; hour++) {
            int many =
                    requests.applyAsInt(clock.instant().atOffset(ZoneOffset.UTC).getHour());
            for (int each = 0; each < many; each++) {
                fleet.accept(Outcomes.of(model).at(clock.instant()).told());
            }
            clock.go(Duration.ofHours(1));
        }
    }

    private static int office(int hour) {
        return hour >= 9 && hour < 12 ? 20 : 2;
    }

    private List<Recommendation> advice() {
        return fleet.recommendations(rosters.registry.roster());
    }

    @Test
    void aHotModelWithABusyTimeOfDayIsWorthAReplicaWhereThereIsRoom() {
        pass(7, "qwen3", FleetTest::office);

        assertThat(advice()).singleElement().satisfies(one -> {
            assertThat(one.action()).isEqualTo(Recommendation.Action.ADD_REPLICA);
            assertThat(one.model()).isEqualTo("qwen3");
            assertThat(one.backends()).containsExactly("shed");
            assertThat(one.peakHour()).isEqualTo(9);
            assertThat(one.reasoning())
                    .isEqualTo("714 requests in 7 days; the busy time begins at 09:00 UTC, up to 4.7 times the mean;"
                            + " add it to shed before then");
            assertThat(one.confidence()).isEqualTo(0.5 + 0.25 + 0.125);
        });
    }

    @Test
    void aModelThatIsInNobodysMemoryIsWorthBeingThereBeforeItsBusyTime() {
        rosters.has("desk", Zone.RESTRICTED, Rosters.card("qwen3", Ability.NO));
        pass(7, "qwen3", FleetTest::office);

        assertThat(advice()).singleElement().satisfies(one -> {
            assertThat(one.action()).isEqualTo(Recommendation.Action.PRELOAD);
            assertThat(one.backends()).containsExactly("desk", "shed");
            assertThat(one.reasoning()).endsWith("in nobody's memory: load it on desk or shed before then");
            assertThat(one.sizeBytes()).isEqualTo(4_000_000_000L);
        });
    }

    @Test
    void aModelThatGrowsIsWorthAReplica() {
        pass(7, "qwen3", hour -> 5);
        pass(7, "qwen3", hour -> 6);

        assertThat(advice()).singleElement().satisfies(one -> {
            assertThat(one.action()).isEqualTo(Recommendation.Action.ADD_REPLICA);
            assertThat(one.peakHour()).isEqualTo(-1);
            assertThat(one.reasoning())
                    .isEqualTo("1848 requests in 14 days; 20 % more last week than the week before; add it to shed");
        });
    }

    @Test
    void evenUseNeedsNoAdvice() {
        pass(14, "qwen3", hour -> 5);

        assertThat(advice()).isEmpty();
    }

    @Test
    void oneBusyAfternoonIsNoHabit() {
        pass(13, "qwen3", hour -> 1);
        pass(1, "qwen3", hour -> hour == 15 ? 500 : 1);

        assertThat(advice()).noneMatch(one -> one.peakHour() >= 0);
    }

    @Test
    void tooFewDaysAreNoReason() {
        pass(6, "qwen3", FleetTest::office);
        assertThat(advice()).isEmpty();

        pass(1, "qwen3", FleetTest::office);

        assertThat(advice()).hasSize(1);
    }

    @Test
    void tooFewRequestsAreNoReason() {
        pass(8, "qwen3", hour -> hour == 9 ? 14 : 0);
        assertThat(advice()).isEmpty();

        pass(1, "qwen3", hour -> hour == 9 ? 14 : 0);

        assertThat(advice()).hasSize(1);
    }

    @Test
    void whereThereIsNoRoomNothingIsAdvised() {
        pass(7, "qwen3", FleetTest::office);
        rosters.lost("shed");

        assertThat(advice()).isEmpty();
    }

    @Test
    void backendsThatCannotLoadAreNoTarget() {
        Fleet cloud =
                new Fleet(clock, Fleet.Terms.USUAL, member -> !member.name().equals("shed"), demands);
        pass(7, "qwen3", FleetTest::office);

        assertThat(cloud.recommendations(rosters.registry.roster())).isEmpty();
    }

    @Test
    void whatIsAtHomeIsNotAdvisedForACloud() {
        rosters.has("shed", Zone.OPEN, Rosters.card("phi4", Ability.YES));
        pass(7, "qwen3", FleetTest::office);

        assertThat(advice()).isEmpty();
    }

    @Test
    void theSurestComeFirstAndAreFewEnough() {
        for (int each = 0; each < 8; each++) {
            int sharper = 40 + 5 * each;
            String model = "model-" + each;
            rosters.has("rack-" + each, Zone.RESTRICTED, Rosters.card(model, Ability.YES));
            clock.goTo("2026-11-01T00:00:00Z");
            pass(7, model, hour -> hour == 9 || hour == 10 ? sharper : 15);
        }
        fleet.terms(new Fleet.Terms(true, 7, 100, Duration.ofHours(1), 3));

        assertThat(advice()).extracting(Recommendation::model).containsExactly("model-7", "model-6", "model-5");
    }

    @Test
    void adviceKeepsItsIdForAsLongAsItHolds() {
        pass(7, "qwen3", FleetTest::office);
        String id = advice().get(0).id();

        clock.go(Duration.ofMinutes(59));
        assertThat(advice().get(0).id()).isEqualTo(id).startsWith("rec-");

        clock.go(Duration.ofMinutes(1));
        assertThat(advice().get(0).id()).isNotEqualTo(id);
    }

    @Test
    void switchedOffItAdvisesNothing() {
        pass(7, "qwen3", FleetTest::office);
        fleet.terms(new Fleet.Terms(false, 7, 100, Duration.ofHours(1), 5));

        JsonNode page = fleet.json(rosters.registry.roster());

        assertThat(page.path("fleet_enabled").asBoolean(true)).isFalse();
        assertThat(page.path("recommendations")).isEmpty();
    }

    @Test
    void showsItselfInNexusWords() {
        pass(7, "qwen3", FleetTest::office);
        clock.go(Duration.ofMinutes(20));

        JsonNode page = fleet.json(rosters.registry.roster());

        assertThat(page.fieldNames()).toIterable().containsExactly("recommendations", "fleet_enabled", "generated_at");
        JsonNode one = page.path("recommendations").path(0);
        assertThat(one.fieldNames())
                .toIterable()
                .containsExactly(
                        "recommendation_id",
                        "model_id",
                        "target_backend_ids",
                        "confidence_score",
                        "reasoning",
                        "vram_required_bytes",
                        "generated_at",
                        "expires_at",
                        "action",
                        "peak_hour_utc");
        assertThat(one.path("generated_at").asText()).isEqualTo("2026-11-08T00:00:00Z");
        assertThat(one.path("expires_at").asText()).isEqualTo("2026-11-08T01:00:00Z");
        assertThat(one.path("action").asText()).isEqualTo("add_replica");
    }

    @Test
    void aRestartForgetsNothing(@TempDir Path folder) {
        pass(4, "qwen3", FleetTest::office);
        new StateFile(folder.resolve("demand.json"), demands).save();
        Demands again = new Demands();
        new StateFile(folder.resolve("demand.json"), again).load();
        Fleet after = new Fleet(clock, Fleet.Terms.USUAL, member -> true, again);
        for (int hour = 0; hour < 3 * 24; hour++) {
            for (int each = 0; each < office(hour % 24); each++) {
                after.accept(Outcomes.of("qwen3").at(clock.instant()).told());
            }
            clock.go(Duration.ofHours(1));
        }

        assertThat(after.recommendations(rosters.registry.roster()))
                .singleElement()
                .satisfies(one -> assertThat(one.reasoning()).startsWith("714 requests in 7 days"));
    }

    @Test
    void whatIsLongAgoDoesNotCount() {
        pass(14, "qwen3", FleetTest::office);
        clock.go(Duration.ofDays(20));

        assertThat(advice()).isEmpty();
    }

    @Test
    void namesThatCallersMakeUpFillNoMemory() {
        for (int each = 0; each < 3000; each++) {
            fleet.accept(Outcomes.of("made-up-" + each).at(clock.instant()).told());
        }
        assertThat(demands.all()).hasSize(1000);

        clock.go(Duration.ofDays(30));
        fleet.accept(Outcomes.of("new").at(clock.instant()).told());

        assertThat(demands.all()).containsOnlyKeys("new");
    }
}
