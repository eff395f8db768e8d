package io.llmnet.pool;

import static io.llmnet.pool.Pools.ask;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.backend.Timeouts;
import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Decision;
import io.llmnet.ensemble.Decision.Vote;
import io.llmnet.ensemble.Decision.Vote.End;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Strategy;
import io.llmnet.ensemble.Terms;
import io.llmnet.fault.Fault;
import io.llmnet.pool.Pools.Draft;
import io.llmnet.settings.GatewaySettings;
import io.llmnet.settings.Listed;
import io.llmnet.settings.PoolSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who fails too often at a task is left alone there for a while. */
class LeftAloneTest {
    private final Pools house = new Pools();

    @BeforeEach
    void twoTasks() {
        PoolSettings tasks = Pools.pool(Pools.task("rerank", Strategy.VOTING), Pools.task("judge", Strategy.FASTEST));
        house.settings = Pools.with(tasks, Pools.noCache());
    }

    private List<String> askedFor(String task) {
        Draft draft = ask();
        draft.task = task;
        house.infer(draft);
        return house.councils.last().council().seats().stream().map(Seat::model).toList();
    }

    private void times(int times, String task) {
        for (int i = 0; i < times; i++) {
            askedFor(task);
        }
    }

    private void ends(End a, End b, End c) {
        house.councils.script = asked -> {
            List<End> ends = asked.council().seats().stream()
                    .map(seat -> seat.model().equals("a") ? a : seat.model().equals("b") ? b : c)
                    .toList();
            asked.answer("yes", ends.indexOf(End.ANSWERED), Double.NaN, ends, Map.of());
        };
    }

    private void listed(Listed... backends) {
        List<Seat> seats = List.of(new Seat("seat-a", "a", "desk", 1), new Seat("seat-b", "b", "attic", 1));
        Council council = new Council("rerank", Strategy.VOTING, seats, null, Terms.USUAL);
        GatewaySettings now =
                Pools.with(Pools.pool(new PoolSettings.Task(council, true, null, null, null, null)), Pools.noCache());
        house.settings = new GatewaySettings(
                List.of(backends),
                now.models(),
                now.rules(),
                now.terms(),
                now.discovery(),
                now.budget(),
                now.fleet(),
                now.lifecycle(),
                now.timeouts(),
                now.continueBrokenStreams(),
                now.ensembles(),
                now.pool(),
                now.cache());
    }

    private static Listed backend(String name, int port) {
        URI url = URI.create("http://127.0.0.1:" + port);
        return new Listed(name, url, null, null, null, 1, 50, 1, 0, List.of(), Timeouts.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({"1, 2, b", "3, 2, a b", "1, 3, b"})
    void untilItsBackendIsListedOtherwise(int desk, int attic, String asked) {
        listed(backend("desk", 1), backend("attic", 2));
        house.councils.script = one -> one.answer(
                "yes",
                1,
                Double.NaN,
                one.council().seats().stream()
                        .map(seat -> seat.model().equals("a") ? End.FAILED : End.ANSWERED)
                        .toList(),
                Map.of());
        times(4, "rerank");
        house.councils.script = one -> one.answer("yes");

        listed(backend("desk", desk), backend("attic", attic));

        assertThat(String.join(" ", askedFor("rerank"))).isEqualTo(asked);
    }

    @Test
    void onlyAtTheTaskThatItFailsAt() {
        ends(End.FAILED, End.ANSWERED, End.ANSWERED);
        times(4, "rerank");

        assertThat(askedFor("rerank")).containsExactly("b", "c");
        assertThat(askedFor("judge")).containsExactly("a", "b", "c");
        assertThat(house.opened).containsExactly("rerank/seat-a");
    }

    @Test
    void untilOneTriesAndItGoesWell() {
        ends(End.FAILED, End.ANSWERED, End.ANSWERED);
        times(4, "rerank");
        house.time.pass(Duration.ofMinutes(5).toMillis());
        ends(End.ANSWERED, End.ANSWERED, End.ANSWERED);

        assertThat(askedFor("rerank")).containsExactly("a", "b", "c");
        assertThat(askedFor("rerank")).containsExactly("a", "b", "c");
    }

    @Test
    void longerWhenTheTrialFailsToo() {
        ends(End.FAILED, End.ANSWERED, End.ANSWERED);
        times(4, "rerank");
        house.time.pass(Duration.ofMinutes(5).toMillis());

        assertThat(askedFor("rerank")).containsExactly("a", "b", "c");
        house.time.pass(Duration.ofMinutes(5).toMillis());
        assertThat(askedFor("rerank")).containsExactly("b", "c");
        assertThat(house.opened).containsExactly("rerank/seat-a", "rerank/seat-a");
    }

    @Test
    void aTrialThatIsNotWaitedForIsNone() {
        ends(End.FAILED, End.ANSWERED, End.ANSWERED);
        times(4, "rerank");
        house.time.pass(Duration.ofMinutes(5).toMillis());
        ends(End.DISMISSED, End.ANSWERED, End.ANSWERED);

        assertThat(askedFor("rerank")).containsExactly("a", "b", "c");
        assertThat(askedFor("rerank")).containsExactly("a", "b", "c");
    }

    @Test
    void notWhereNobodyElseIsLeft() {
        house.councils.script = asked -> asked.fail(Fault.NO_BACKEND, "all down");
        times(4, "rerank");

        assertThat(askedFor("rerank")).containsExactly("a", "b", "c");
        ends(End.FAILED, End.ANSWERED, End.FAILED);
        assertThat(askedFor("rerank")).containsExactly("a", "b", "c");
        assertThat(askedFor("rerank")).containsExactly("b");
    }

    @ParameterizedTest
    @CsvSource({"rerank, a b c, a b c", "judge, a b c, b c"})
    void whoHangsHasFailedAsFarAsIsKnown(String task, String before, String after) {
        house.councils.script = ScriptedCouncils.Asked::hang;
        for (int i = 0; i < 4; i++) {
            assertThat(String.join(" ", askedFor(task))).isEqualTo(before);
            house.time.pass(1600);
        }

        assertThat(String.join(" ", askedFor(task))).isEqualTo(after);
        assertThat(house.opened).hasSize(task.equals("judge") ? 1 : 3);
    }

    private void secondWinsTheRace(End first) {
        house.councils.script =
                asked -> asked.answer("yes", 1, Double.NaN, List.of(first, End.ANSWERED, End.UNASKED), Map.of());
    }

    @Test
    void whoIsOvertakenAgainAndAgainIsNotAskedFirst() {
        secondWinsTheRace(End.DISMISSED);
        times(5, "judge");
        house.councils.script = asked -> asked.answer("yes");

        assertThat(askedFor("judge")).containsExactly("b", "c");
        assertThat(house.opened).containsExactly("judge/seat-a");
    }

    @Test
    void whoIsOvertakenNowAndThenIs() {
        secondWinsTheRace(End.DISMISSED);
        times(4, "judge");
        ends(End.ANSWERED, End.DISMISSED, End.UNASKED);
        times(1, "judge");
        secondWinsTheRace(End.DISMISSED);
        times(4, "judge");

        assertThat(askedFor("judge")).containsExactly("a", "b", "c");
    }

    @Test
    void whoIsDismissedByAllAtOnceIsNotOvertaken() {
        secondWinsTheRace(End.DISMISSED);
        times(10, "rerank");

        assertThat(askedFor("rerank")).containsExactly("a", "b", "c");
    }

    @Test
    void aClientInAHurryProvesNothing() {
        house.councils.script = ScriptedCouncils.Asked::hang;
        for (int i = 0; i < 10; i++) {
            Draft draft = ask();
            draft.deadline = Duration.ofMillis(1);
            house.infer(draft);
            house.time.pass(100);
        }

        assertThat(house.opened).isEmpty();
    }

    @Test
    void neitherDoOnesThatLeave() {
        house.councils.script = ScriptedCouncils.Asked::hang;
        for (int i = 0; i < 10; i++) {
            Draft draft = ask();
            house.infer(draft);
            draft.cancel.cancel();
        }

        assertThat(house.opened).isEmpty();
    }

    private void isLate(Duration deadline) {
        ends(End.LATE, End.ANSWERED, End.ANSWERED);
        for (int i = 0; i < 4; i++) {
            Draft draft = ask();
            draft.deadline = deadline;
            house.infer(draft);
        }
    }

    @Test
    void whoIsSilentWhenTheTimeIsOverHasFailed() {
        isLate(Duration.ofMillis(1450)); // of 1500, less what the query took to come

        assertThat(askedFor("rerank")).containsExactly("b", "c");
    }

    @Test
    void whoIsLateForAClientInAHurryHasNot() {
        isLate(Duration.ofMillis(1300));

        assertThat(askedFor("rerank")).containsExactly("a", "b", "c");
    }

    @Test
    void aTaskMayHaveLessTimeThanUsual() {
        PoolSettings.Task task = Pools.task("rerank", Strategy.VOTING);
        Council hurried = task.council().within(Duration.ofMillis(400));
        house.settings = Pools.with(new PoolSettings.Task(hurried, true, null, null, null, null), Pools.noCache());
        house.councils.script = ScriptedCouncils.Asked::hang;
        for (int i = 0; i < 4; i++) {
            askedFor("rerank");
            house.time.pass(500);
        }

        assertThat(house.opened).hasSize(3);
    }

    @Test
    void whoIsPassedOverByADearerOneAgainAndAgainIsNotAskedFirst() {
        house.settings = Pools.with(Pools.task("rerank", Strategy.CASCADE), Pools.noCache());
        secondWinsTheRace(End.DISMISSED);
        times(5, "rerank");
        house.councils.script = asked -> asked.answer("yes");

        assertThat(askedFor("rerank")).containsExactly("b", "c");
    }

    @Test
    void nobodyIsLeftOutWhereAShareOfAllMustAgree() {
        house.settings = Pools.with(Pools.task("rerank", Strategy.CONSENSUS), Pools.noCache());
        ends(End.FAILED, End.FAILED, End.ANSWERED);
        times(4, "rerank");

        assertThat(house.opened).containsExactly("rerank/seat-a", "rerank/seat-b");
        assertThat(askedFor("rerank")).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @CsvSource({"400 no such parameter, 0", "413 too long, 0", "422 unknown field, 0", "404 no such model, 3", "down, 3"
    })
    void aWrongRequestProvesNothingOfWhoRefusesIt(String trouble, int opened) {
        house.councils.script = asked -> {
            List<Vote> votes = asked.council().seats().stream()
                    .map(seat -> new Vote(seat.name(), End.FAILED, 0, 1000, trouble))
                    .toList();
            asked.answer("", new Decision(Strategy.VOTING, -1, Double.NaN, votes, "all refuse"), Map.of());
        };
        times(10, "rerank");

        assertThat(house.opened).hasSize(opened);
    }

    @Test
    void norThatTheyDoNotAgree() {
        house.councils.script = asked -> asked.fail(Fault.NO_AGREEMENT, "no");
        times(10, "rerank");

        assertThat(house.opened).isEmpty();
    }
}
