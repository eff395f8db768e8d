package io.llmnet.pool;

import static io.llmnet.pool.Pools.ask;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.ensemble.Profile;
import io.llmnet.ensemble.Strategy;
import io.llmnet.fault.Fault;
import io.llmnet.pool.Pools.Draft;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RepeatsTest {
    private final Pools house = new Pools();

    @BeforeEach
    void nothingIsKeptOtherwise() {
        house.settings = Pools.with(Pools.task("rerank", Strategy.VOTING), Pools.noCache());
    }

    private static Draft same() {
        Draft draft = ask();
        draft.requestId = "r-1";
        return draft;
    }

    static List<Consumer<Draft>> changes() {
        return List.of(
                draft -> draft.requestId = "r-2",
                draft -> draft.requestId = null,
                draft -> draft.key = "Bearer other",
                draft -> draft.tenant = "t",
                draft -> draft.project = "p",
                draft -> draft.prompt = "who?",
                draft -> draft.maxTokens = 256,
                draft -> draft.strategy = Strategy.VOTING,
                draft -> draft.profile = Profile.ROBUST,
                draft -> draft.keep = false);
    }

    @Test
    void whatIsSentAgainIsAnsweredAsBefore() {
        Inference first = house.infer(same()).well();

        Inference second = house.infer(same()).well();

        assertThat(house.councils.asked).hasSize(1);
        assertThat(first.fromCache()).isFalse();
        assertThat(second)
                .extracting(Inference::requestId, Inference::content, Inference::fromCache, Inference::strategyUsed)
                .containsExactly("r-1", "yes", true, "CACHE");
        assertThat(second.modelsQueried()).isEmpty();
        assertThat(second.winnerModel()).isEqualTo("a");
    }

    @ParameterizedTest
    @MethodSource("changes")
    void anotherRequestIsAnotherWhateverItsId(Consumer<Draft> change) {
        house.infer(same()).well();
        Draft other = same();
        change.accept(other);

        assertThat(house.infer(other).well().fromCache()).isFalse();
    }

    @Test
    void afterAQuarterOfAnHourItIsNew() {
        house.infer(same()).well();
        house.time.pass(Duration.ofMinutes(15).toMillis() + 1);

        assertThat(house.infer(same()).well().fromCache()).isFalse();
    }

    @Test
    void failuresAreTriedAnew() {
        house.councils.script = asked -> asked.fail(Fault.NO_BACKEND, "down");
        house.infer(same()).failed(Fault.NO_BACKEND, "Ensemble error: All providers failed");
        house.councils.script = asked -> asked.answer("well again");

        assertThat(house.infer(same()).well().content()).isEqualTo("well again");
    }

    @Test
    void isTheSameHoweverMuchTimeTheClientHasLeft() {
        Draft first = same();
        first.deadline = Duration.ofMillis(900);
        Draft second = same();
        second.deadline = Duration.ofMillis(417);
        house.infer(first).well();

        assertThat(house.infer(second).well().fromCache()).isTrue();
    }

    @Test
    void aWishNotToBeKeptIsTheCachesToObey() {
        Draft draft = same();
        draft.keep = false;
        house.infer(draft).well();

        assertThat(house.infer(draft).well().fromCache()).isTrue();
        assertThat(house.councils.asked).hasSize(1);
    }

    @Test
    void whatIsBeingAnsweredIsWaitedForTogether() {
        house.councils.script = asked -> {};
        Heard first = house.infer(same());
        house.time.pass(300);
        Heard second = house.infer(same());
        house.time.pass(200);

        house.councils.last().answer("both");

        assertThat(house.councils.asked).hasSize(1);
        assertThat(first.well())
                .extracting(Inference::durationMillis, Inference::fromCache)
                .containsExactly(500L, false);
        assertThat(second.well())
                .extracting(Inference::durationMillis, Inference::fromCache)
                .containsExactly(200L, true);
    }

    @Test
    void theFirstMayLeaveAndTheOtherIsAnsweredAllTheSame() {
        house.councils.script = ScriptedCouncils.Asked::hang;
        Draft leaving = same();
        Heard first = house.infer(leaving);
        Heard second = house.infer(same());

        leaving.cancel.cancel();
        house.councils.last().answer("you");

        first.failed(Fault.CANCELLED, "the client has left");
        assertThat(second.well().content()).isEqualTo("you");
    }

    @Test
    void whenAllHaveLeftItIsGivenUpAndBegunAnewByTheNext() {
        house.councils.script = ScriptedCouncils.Asked::hang;
        Draft one = same();
        Draft two = same();
        house.infer(one);
        house.infer(two);

        one.cancel.cancel();
        assertThat(house.councils.last().call().cancel().isCancelled()).isFalse();
        two.cancel.cancel();
        assertThat(house.councils.last().call().cancel().isCancelled()).isTrue();

        house.infer(same());
        assertThat(house.councils.asked).hasSize(2);
    }

    @Test
    void whoComesLaterHasTimeLeftWhenTheFirstHasNot() {
        house.councils.script = asked -> house.time.after(1_500_000_000, () -> asked.fail(Fault.TIMED_OUT, "late"));
        Heard first = house.infer(same());
        house.time.pass(1000);
        Heard second = house.infer(same());
        house.time.pass(510);
        house.councils.last().answer("still in time");

        first.failed(Fault.TIMED_OUT, "Deadline exceeded: 1500ms");
        assertThat(house.councils.asked).hasSize(2);
        assertThat(second.well())
                .extracting(Inference::content, Inference::fromCache, Inference::durationMillis)
                .containsExactly("still in time", false, 510L);
    }

    @Test
    void aFailureOfTheModelsIsAFailureForBoth() {
        house.councils.script = asked -> {};
        Heard first = house.infer(same());
        Heard second = house.infer(same());

        house.councils.last().fail(Fault.NO_BACKEND, "down");

        first.failed(Fault.NO_BACKEND, "Ensemble error: All providers failed");
        second.failed(Fault.NO_BACKEND, "Ensemble error: All providers failed");
        assertThat(house.councils.asked).hasSize(1);
    }
}
