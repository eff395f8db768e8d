package io.llmnet.pool;

import static io.llmnet.pool.Pools.ask;
import static io.llmnet.pool.Pools.council;
import static io.llmnet.pool.Pools.task;
import static io.llmnet.pool.Pools.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Deadline;
import io.llmnet.chat.Usage;
import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Decision;
import io.llmnet.ensemble.Decision.Vote.End;
import io.llmnet.ensemble.Resolution;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Strategy;
import io.llmnet.ensemble.Terms;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Details;
import io.llmnet.fault.Fault;
import io.llmnet.pool.Pools.Draft;
import io.llmnet.settings.CacheSettings;
import io.llmnet.settings.PoolSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelPoolTest {
    private final Pools house = new Pools();

    @Test
    void tellsHowTheAnswerWasComeTo() {
        house.councils.script = asked -> {
            house.time.pass(120);
            asked.answer(
                    "yes",
                    1,
                    2 / 3.0,
                    List.of(End.FAILED, End.ANSWERED, End.UNASKED),
                    Map.of("x-llmnet-model", "b", "x-llmnet-seat", "seat-b"));
        };
        Draft draft = ask();
        draft.requestId = "r";

        Inference told = house.infer(draft).well();

        assertThat(told)
                .isEqualTo(new Inference(
                        "r",
                        "yes",
                        "b",
                        120,
                        false,
                        "VOTING",
                        List.of("a", "b"),
                        List.of(0.25, 1.0),
                        "as scripted",
                        Usage.of(10, 5),
                        2 / 3.0,
                        "seat-b"));
    }

    @Test
    void knowsTheWinnerByItsSeatWhereNoHeaderTells() {
        Inference told = house.infer(ask()).well();

        assertThat(told.winnerModel()).isEqualTo("a");
        assertThat(told.winnerSeat()).isEqualTo("seat-a");
    }

    @ParameterizedTest
    @CsvSource({"MERGE, big", "JUDGE, ''"})
    void whatNoSeatHasSaidIsTheJudgesIfHeMadeIt(Strategy strategy, String model) {
        var council = council("rerank", strategy, "a", "b");
        Terms terms = Terms.USUAL.with(Terms.Judge.of(Seat.of("big")));
        house.settings = with(
                new PoolSettings.Task(
                        new Council("rerank", strategy, council.seats(), null, terms), true, null, null, null, null),
                CacheSettings.USUAL);
        house.councils.script =
                asked -> asked.answer("all", -1, Double.NaN, List.of(End.ANSWERED, End.ANSWERED), Map.of());

        Inference told = house.infer(ask()).well();

        assertThat(told.winnerModel()).isEqualTo(model);
        assertThat(told.winnerSeat()).isEmpty();
    }

    @Test
    void whatIsKeptIsToldAsSuch() {
        house.councils.script = asked -> asked.answer(
                "yes",
                0,
                1,
                List.of(End.ANSWERED, End.ANSWERED, End.ANSWERED),
                Map.of("x-llmnet-model", "a", "x-llmnet-seat", "seat-a", "x-llmnet-agreement-score", "1.0"));
        house.infer(ask()).well();

        Inference told = house.infer(ask()).well();

        assertThat(house.councils.asked).hasSize(1);
        assertThat(told.requestId()).hasSize(36);
        assertThat(told)
                .extracting(
                        Inference::content,
                        Inference::winnerModel,
                        Inference::winnerSeat,
                        Inference::fromCache,
                        Inference::strategyUsed,
                        Inference::modelsQueried,
                        Inference::agreement)
                .containsExactly("yes", "a", "seat-a", true, "CACHE", List.of(), 1.0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            VOTING  | VOTING  | ANSWERED  | 0.67 | true
            VOTING  | VOTING  | DISMISSED | 0.67 | true
            VOTING  | VOTING  | LATE      | 0.67 | false
            VOTING  | VOTING  | FAILED    | 0.67 | false
            JUDGE   | JUDGE   | ANSWERED  | 0.33 | true
            JUDGE   | VOTING  | ANSWERED  | 0.67 | false
            JUDGE   | VOTING  | ANSWERED  | 1    | true
            JUDGE   | FASTEST | LATE      | 0.33 | false
            FASTEST | FASTEST | FAILED    | NaN  | true
            """)
    void onlyWhatAllDecidedAsTheyWereToIsKept(
            Strategy wished, Strategy by, End other, double agreement, boolean isKept) {
        house.settings = with(task("rerank", wished), CacheSettings.USUAL);
        house.councils.script = asked -> asked.answer(
                "yes",
                new Decision(
                        by,
                        0,
                        agreement,
                        List.of(
                                new Decision.Vote("seat-a", End.ANSWERED, 1, 9, null),
                                new Decision.Vote("seat-b", End.ANSWERED, 1, 9, null),
                                new Decision.Vote("seat-c", other, 0, 9, null)),
                        "as scripted"),
                Map.of());
        house.infer(ask()).well();

        assertThat(house.infer(ask()).well().fromCache()).isEqualTo(isKept);
    }

    @Test
    void whatIsDecidedWithoutThoseWhoAreLeftAloneIsNotKept() {
        house.settings = with(task("rerank", Strategy.VOTING), Pools.noCache());
        house.councils.script =
                asked -> asked.answer("", 1, 1, List.of(End.FAILED, End.ANSWERED, End.ANSWERED), Map.of());
        for (int i = 0; i < 4; i++) {
            house.infer(ask());
        }
        house.settings = with(task("rerank", Strategy.VOTING), CacheSettings.USUAL);
        house.councils.script = asked -> asked.answer("yes", 0, 1, List.of(End.ANSWERED, End.ANSWERED), Map.of());
        house.infer(ask()).well();

        assertThat(house.infer(ask()).well().fromCache()).isFalse();
    }

    @Test
    void whatMayNotBeKeptIsAskedForAnew() {
        Draft draft = ask();
        draft.keep = false;
        house.infer(draft).well();
        house.infer(draft).well();
        house.infer(ask()).well();

        assertThat(house.councils.asked).hasSize(3);
    }

    @Test
    void tenantsDoNotShare() {
        Draft one = ask();
        one.tenant = "one";
        Draft two = ask();
        two.tenant = "two";
        house.infer(one).well();

        assertThat(house.infer(two).well().fromCache()).isFalse();
        assertThat(house.infer(one).well().fromCache()).isTrue();
    }

    @Test
    void aQueryIsCheckedBeforeTheCacheIsLookedInto() {
        house.infer(ask()).well();
        Draft draft = ask();
        draft.deadline = Duration.ofSeconds(2);

        house.infer(draft).failed(Fault.BAD_REQUEST, "Invalid query: Deadline 2000ms exceeds max 1500ms");
        assertThat(house.outcomes).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NO_BACKEND   | a is down                | Ensemble error: All providers failed
            TIMED_OUT    | the call took too long   | Deadline exceeded: 1500ms
            NO_AGREEMENT | 0.33 of 0.7 agree        | 0.33 of 0.7 agree
            """)
    void failsInLlmPoolsWords(Fault fault, String message, String told) {
        house.councils.script = asked -> asked.fail(fault, message);

        house.infer(ask()).failed(fault, told);
        assertThat(house.outcomes).singleElement().satisfies(end -> {
            assertThat(end.fault()).isEqualTo(fault);
            assertThat(end.strategy()).isEqualTo("VOTING");
        });
    }

    @Test
    void whatAFailureTellsBesidesIsPassedOn() {
        Details details = new Details(Map.of("x-llmnet-agreement-score", "0.33"), Map.of("score", 0.33));
        house.councils.script = asked ->
                asked.answer().completeExceptionally(new ChatException(Fault.NO_BACKEND, "all down").with(details));

        Heard heard = house.infer(ask());

        assertThat(heard.failure)
                .isInstanceOfSatisfying(
                        ChatException.class, why -> assertThat(why.details()).isEqualTo(details));
    }

    @Test
    void aFailureThatNobodyForesawIsOurs() {
        house.councils.script = asked -> {
            throw new IllegalArgumentException("secret");
        };

        house.infer(ask()).failed(Fault.INTERNAL, "the server failed in a way that nobody foresaw; its log tells more");
    }

    @ParameterizedTest
    @CsvSource({"400, BAD_REQUEST", "500, BACKEND_FAILED"})
    void aRefusalOfTheModelIsNoAnswer(int status, Fault fault) {
        byte[] body = "{\"error\":{\"message\":\"too long\"}}".getBytes(UTF_8);
        house.councils.script = asked -> asked.answer()
                .complete(new Resolution(
                        Answer.refusal(status, ByteStream.of(body), Map.of()),
                        new Decision(Strategy.VOTING, 0, Double.NaN, List.of(), "the first")));

        Heard heard = house.infer(ask());

        assertThat(heard.failure)
                .isInstanceOfSatisfying(
                        ChatException.class, why -> assertThat(why.fault()).isEqualTo(fault))
                .hasMessageStartingWith("Provider error: ")
                .hasMessageContaining("too long");
    }

    @Test
    void isOverSoonAfterItsDeadlineWhateverOthersDo() {
        house.councils.script = asked -> {};
        Draft draft = ask();
        draft.deadline = Duration.ofMillis(800);
        long start = house.time.nanoTime();

        Heard heard = house.infer(draft);
        house.time.pass(800);
        assertThat(heard.isWaiting()).isTrue();
        house.time.pass(50);

        heard.failed(Fault.TIMED_OUT, "Deadline exceeded: 800ms");
        assertThat(house.outcomes.get(0).nanos()).isBetween(800_000_000L, 850_000_000L);
        assertThat(house.councils.last().call().deadline()).isEqualTo(new Deadline(start + 800_000_000));
        assertThat(house.councils.last().call().cancel().isCancelled()).isTrue();
        assertThat(house.time.pending()).isZero();
    }

    @Test
    void aCouncilThatMakesDoAtTheDeadlineIsHeard() {
        house.councils.script = asked -> house.time.after(1_500_000_000, () -> asked.answer("some"));

        Heard heard = house.infer(ask());
        house.time.pass(1500);

        assertThat(heard.well().content()).isEqualTo("some");
        assertThat(house.time.pending()).isZero();
    }

    @Test
    void whoLeavesIsNotWorkedForAnyMore() {
        house.councils.script = ScriptedCouncils.Asked::hang;
        Draft draft = ask();
        Heard heard = house.infer(draft);

        draft.cancel.cancel();

        heard.failed(Fault.CANCELLED, "the client has left");
        assertThat(house.councils.last().call().cancel().isCancelled()).isTrue();
        assertThat(house.time.pending()).isZero();
        assertThat(house.outcomes).hasSize(1);
    }

    @Test
    void whoHasLeftAlreadyIsNotAskedFor() {
        Draft draft = ask();
        draft.cancel.cancel();

        house.infer(draft).failed(Fault.CANCELLED, "the client has left");

        assertThat(house.councils.asked).isEmpty();
    }

    @Test
    void whatIsUnderWayEndsByTheSettingsThatItBeganWith() {
        house.councils.script = asked -> {};
        Heard heard = house.infer(ask());

        house.settings = with(task("other", Strategy.FASTEST), CacheSettings.USUAL);
        house.councils.last().answer("old");

        assertThat(heard.well().modelsQueried()).containsExactly("a", "b", "c");
        house.infer(ask()).failed(Fault.BAD_REQUEST, "Ensemble error: No providers available for task: rerank");
    }

    @Test
    void namesThoseWhoAreIll() {
        var tasks = Pools.pool(
                new PoolSettings.Task(council("x", Strategy.FASTEST, "a", "ill"), true, null, null, null, null),
                new PoolSettings.Task(council("y", Strategy.FASTEST, "b", "a"), true, null, null, null, null));
        house.settings = with(tasks, CacheSettings.USUAL);

        Health health = house.pool.health();

        assertThat(health.healthy()).isFalse();
        assertThat(health.version()).isEqualTo("1.2.3");
        assertThat(health.providers())
                .containsExactly(
                        Map.entry("seat-a", "healthy"),
                        Map.entry("seat-ill", "unhealthy"),
                        Map.entry("seat-b", "healthy"));
    }

    @Test
    void allAreWellWhereThereIsNobody() {
        house.settings = with(PoolSettings.USUAL, CacheSettings.USUAL);

        assertThat(house.pool.health().healthy()).isTrue();
    }
}
