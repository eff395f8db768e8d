package io.llmnet.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Call;
import io.llmnet.chat.Usage;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who asks the same at the same time. */
class SharingTest {
    private static final int MEBIBYTE = 1 << 20;

    private final Scene scene = new Scene();

    @Test
    void theSameAtTheSameTimeIsAskedOnce() {
        Asker first = scene.asks(false);
        Asker second = scene.asks(false);
        scene.asked(0).says("{}");

        assertThat(scene.asked).hasSize(1);
        assertThat(List.of(first.given(), second.given())).containsExactly("miss", "shared");
        assertThat(second.heard()).isEqualTo("{}");
        assertThat(second.hasEnded()).isTrue();
    }

    @Test
    void aStreamFlowsToAllAsItComes() {
        Asker first = scene.asks(true);
        Asker second = scene.asks(true);
        Source source = scene.asked(0).streams();
        source.chunk("Par");

        assertThat(first.heard()).contains("Par");
        assertThat(second.heard()).isEqualTo(first.heard());

        source.done();

        assertThat(second.heard()).isEqualTo(first.heard()).endsWith("data: [DONE]\n\n");
        assertThat(second.hasEnded()).isTrue();
    }

    @Test
    void whoComesWhileItFlowsGetsItFromItsStart() {
        Asker first = scene.asks(true);
        Source source = scene.asked(0).streams();
        source.chunk("Par");
        Asker late = scene.asks(true);

        assertThat(late.heard()).isEqualTo(first.heard()).contains("Par");

        source.chunk("is");
        source.done();

        assertThat(late.heard()).isEqualTo(first.heard());
        assertThat(late.given()).isEqualTo("shared");
    }

    @Test
    void whoWantsItWholeGetsItWhenTheStreamHasEnded() {
        Asker stream = scene.asks(withUsage(true), Scene.KEPT);
        Asker whole = scene.asks(false);
        Source source = scene.asked(0).streams();
        source.chunk("Paris");
        assertThat(whole.isAnswered()).isFalse();

        source.done();

        assertThat(stream.hasEnded()).isTrue();
        assertThat(whole.answer().contentType()).isEqualTo("application/json");
        assertThat(whole.heard()).contains("\"content\":\"Paris\"");
    }

    @Test
    void whoWantsAStreamOfWhatComesWholeGetsItWhole() {
        scene.asks(false);
        Asker stream = scene.asks(true);
        scene.asked(0).says("{}");

        assertThat(stream.answer().isEventStream()).isFalse();
        assertThat(stream.heard()).isEqualTo("{}");
    }

    @Test
    void whoHasNotAskedForTheUsageOfAStreamIsNotToldIt() {
        Asker with = scene.asks(withUsage(true), Scene.KEPT);
        Asker without = scene.asks(true);
        Source source = scene.asked(0).streams();
        source.chunk("Paris");
        source.says("data: {\"choices\":[],\"usage\":{\"total_tokens\":3}}\n\n");
        source.done();

        assertThat(with.heard()).contains("total_tokens");
        assertThat(without.heard())
                .contains("Paris")
                .doesNotContain("total_tokens")
                .endsWith("data: [DONE]\n\n");
    }

    @Test
    void whoMustBeToldTheUsageDoesNotShareAStreamWithoutIt() {
        scene.asks(true);
        scene.asks(false);

        assertThat(scene.asked).hasSize(2);
    }

    @Test
    void whoDoesNotReadWhatWasKeptDoesNotShareEither() {
        scene.asks(false);
        scene.asks(false, new Keeping("key", Duration.ofMinutes(1), false, true, null));

        assertThat(scene.asked).hasSize(2);
    }

    @Test
    void anAnswerThatIsNotKeptIsStillShared() {
        Keeping shared = new Keeping("key", Duration.ZERO, true, true, null);
        scene.asks(false, shared);
        Asker second = scene.asks(false, shared);
        scene.asked(0).says("{}");

        assertThat(second.given()).isEqualTo("shared");
        scene.asks(false, shared);
        assertThat(scene.asked).hasSize(2);
    }

    @Test
    void aFailureIsToldToAll() {
        Asker first = scene.asks(false);
        Asker second = scene.asks(false);
        scene.asked(0).fails(Fault.BACKEND_FAILED);

        assertThat(first.fault()).isEqualTo(Fault.BACKEND_FAILED);
        assertThat(second.fault()).isEqualTo(Fault.BACKEND_FAILED);
        assertThat(scene.asked).hasSize(1);
    }

    @Test
    void onlyTheLastWhoLeavesStopsTheAsking() {
        Asker first = scene.asks(true);
        Asker second = scene.asks(true);
        Asker third = scene.asks(true);
        Source source = scene.asked(0).streams();

        first.call.cancel().cancel();
        second.answer().body().cancel();
        assertThat(source.isCancelled()).isFalse();
        source.chunk("Paris");
        assertThat(third.heard()).contains("Paris");
        assertThat(scene.asked(0).call().cancel().isCancelled()).isFalse();

        third.call.cancel().cancel();
        assertThat(source.isCancelled()).isTrue();
        assertThat(scene.asked(0).call().cancel().isCancelled()).isTrue();
    }

    @Test
    void whoLeavesBeforeTheAnswerStopsTheAskingToo() {
        Asker only = scene.asks(false);

        only.call.cancel().cancel();

        assertThat(only.fault()).isEqualTo(Fault.CANCELLED);
        assertThat(scene.asked(0).call().cancel().isCancelled()).isTrue();
        Source late = scene.asked(0).streams();
        assertThat(late.isCancelled()).isTrue();
    }

    @Test
    void whoComesAfterAllHaveLeftAsksAnew() {
        scene.asks(false).call.cancel().cancel();

        Asker second = scene.asks(false);
        scene.asked(1).says("{}");

        assertThat(second.given()).isEqualTo("miss");
    }

    @Test
    void whoHasLeftIsToldNothingMore() {
        Asker first = scene.asks(true);
        Asker second = scene.asks(true);
        Source source = scene.asked(0).streams();
        source.chunk("Par");
        first.answer().body().cancel();
        source.chunk("is");

        assertThat(first.heard()).doesNotContain("\"is\"");
        assertThat(second.heard()).contains("\"is\"");
    }

    @Test
    void aFollowersOwnDeadlineHolds() {
        Asker patient = scene.asks(true, Scene.KEPT, 60);
        Asker hasty = scene.asks(true, Scene.KEPT, 5);

        scene.time.pass(5_000);

        assertThat(hasty.fault()).isEqualTo(Fault.TIMED_OUT);
        assertThat(patient.fault()).isNull();
        assertThat(scene.asked(0).call().cancel().isCancelled()).isFalse();
    }

    @Test
    void aFollowersOwnDeadlineHoldsWithinAStream() {
        scene.asks(true, Scene.KEPT, 60);
        Asker hasty = scene.asks(true, Scene.KEPT, 5);
        scene.asked(0).streams().chunk("Par");

        scene.time.pass(5_000);

        assertThat(hasty.heard()).contains("Par");
        assertThat(hasty.fault()).isEqualTo(Fault.TIMED_OUT);
    }

    @Test
    void whoReadsTooSlowlyRunsOutOfTimeThoughTheAnswerIsThere() {
        Asker leader = scene.asks(true, Scene.KEPT, 5);
        Asker follower = scene.asks(true, Scene.KEPT, 5);
        Source source = scene.asked(0).streams();
        leader.answer().body().pause();
        follower.answer().body().pause();
        source.chunk("Paris");
        source.done();

        scene.time.pass(6_000);

        assertThat(leader.fault()).isEqualTo(Fault.TIMED_OUT);
        assertThat(follower.fault()).isEqualTo(Fault.TIMED_OUT);
        assertThat(scene.time.pending()).isZero();
    }

    @Test
    void whoHasItsAnswerLeavesNoAlarmBehind() {
        scene.asks(true);
        scene.asks(true);
        scene.asks(false);
        Source source = scene.asked(0).streams();
        source.chunk("Paris");
        source.done();
        scene.asked(1).says("{}");

        assertThat(scene.time.pending()).isZero();
    }

    @Test
    void whoHasTimeLeftAsksWhenTheLeadersIsOver() {
        Asker hasty = scene.asks(false, Scene.KEPT, 5);
        Asker second = scene.asks(false, Scene.KEPT, 60);
        Asker third = scene.asks(false, Scene.KEPT, 60);
        scene.time.pass(5_000);
        scene.asked(0).fails(Fault.TIMED_OUT);

        assertThat(hasty.fault()).isEqualTo(Fault.TIMED_OUT);
        assertThat(scene.asked).hasSize(2);

        scene.asked(1).says("{}");

        assertThat(second.given()).isEqualTo("miss");
        assertThat(third.given()).isEqualTo("shared");
    }

    @Test
    void theFailureOfABackendInTimeIsNoReasonToAskAgain() {
        scene.asks(false, Scene.KEPT, 60);
        Asker second = scene.asks(false, Scene.KEPT, 60);
        scene.asked(0).fails(Fault.TIMED_OUT);

        assertThat(second.fault()).isEqualTo(Fault.TIMED_OUT);
        assertThat(scene.asked).hasSize(1);
    }

    @Test
    void whoHasHeardABeginningIsToldWhenItBreaks() {
        scene.asks(true, Scene.KEPT, 5);
        Asker second = scene.asks(true, Scene.KEPT, 6);
        Source source = scene.asked(0).streams();
        source.chunk("Par");
        scene.time.pass(5_000);
        source.fails(new ChatException(Fault.TIMED_OUT, "over"));

        assertThat(second.fault()).isEqualTo(Fault.TIMED_OUT);
        assertThat(scene.asked).hasSize(1);
    }

    @Test
    void theLeaderMayLeaveAndTheOthersHearAll() {
        Asker first = scene.asks(true);
        Asker second = scene.asks(true);
        first.call.cancel().cancel();
        Source source = scene.asked(0).streams();
        source.chunk("Paris");
        source.done();

        assertThat(second.heard()).contains("Paris").endsWith("[DONE]\n\n");
        assertThat(scene.asks(true).given()).isEqualTo("hit");
    }

    @Test
    void whoBeginsToReadWhenItsTimeIsOverIsToldSo() {
        scene.asks(true, Scene.KEPT, 60);
        Call hasty = Asker.chat(true, scene.time.nanoTime() + TimeUnit.SECONDS.toNanos(5), Runnable::run);
        CompletableFuture<Answer> told = scene.cache
                .answer(hasty, Scene.KEPT, call -> new CompletableFuture<>())
                .toCompletableFuture();
        scene.asked(0).streams();
        scene.time.pass(5_000);

        Asker late = new Asker(hasty);
        late.told(told.join(), null);

        assertThat(late.fault()).isEqualTo(Fault.TIMED_OUT);
    }

    @Test
    void onlyWhoAskedIsCharged() {
        Asker first = scene.asks(false);
        Asker second = scene.asks(false);
        scene.asked(0).call().tab().add(Usage.of(5, 6));
        scene.asked(0).says("{}");

        assertThat(first.call.tab().total()).isEqualTo(Usage.of(5, 6));
        assertThat(second.call.tab().total()).isEqualTo(Usage.NONE);
        assertThat(scene.asks(false).call.tab().total()).isEqualTo(Usage.NONE);
    }

    @Test
    void whoIsSlowSlowsNobody() {
        Asker slow = scene.asks(true);
        Asker fast = scene.asks(true);
        Source source = scene.asked(0).begins(200, "text/event-stream");
        slow.answer().body().pause();
        for (int i = 0; i < 16; i++) {
            source.says(event(MEBIBYTE));
        }

        assertThat(source.isPaused()).isFalse();
        assertThat(fast.size()).isEqualTo(16 * event(MEBIBYTE).length());
        assertThat(slow.size()).isZero();

        slow.answer().body().resume();

        assertThat(slow.size()).isEqualTo(fast.size());
    }

    @Test
    void whatNobodyReadsIsHeldBackOnceItIsLarge() {
        Asker only = scene.asks(true);
        Source source = scene.asked(0).begins(200, "text/event-stream");
        only.answer().body().pause();
        int said = 0;
        while (!source.isPaused() && said < 64) {
            source.says(event(MEBIBYTE));
            said++;
        }
        assertThat(said).isEqualTo(Spool.AHEAD / MEBIBYTE + 1);

        only.answer().body().resume();

        assertThat(source.isPaused()).isFalse();
        assertThat(only.size()).isEqualTo(said * event(MEBIBYTE).length());
    }

    @Test
    void nobodyJoinsWhatHasGrownTooLargeToBeHeld() {
        scene.asks(true);
        Source source = scene.asked(0).begins(200, "text/event-stream");
        for (int i = 0; i < 5; i++) {
            source.says(event(MEBIBYTE));
        }

        scene.asks(true);

        assertThat(scene.asked).hasSize(2);
    }

    @Test
    void whenTooMuchIsHeldAltogetherNobodyJoinsButAllHearTheirOwn() {
        Scene small = new Scene((texts, errand) -> CompletableFuture.failedFuture(new IllegalStateException()), 100);
        Asker first = small.asks(true);
        Source source = small.asked(0).streams();
        source.chunk("Paris");
        small.asks(true);
        source.done();

        assertThat(small.asked).hasSize(2);
        assertThat(first.heard()).contains("Paris").endsWith("[DONE]\n\n");
        assertThat(small.cache.entries()).isZero();
    }

    @Test
    void whatWasHeldIsGivenBack() {
        Scene small = new Scene((texts, errand) -> CompletableFuture.failedFuture(new IllegalStateException()), 1000);
        for (int i = 0; i < 100; i++) {
            small.asks(true, new Keeping("key" + i, Duration.ofMinutes(1), true, true, null));
            Source source = small.asked(i).streams();
            source.chunk("Paris");
            source.done();
        }

        assertThat(small.cache.entries()).isEqualTo(100);
    }

    @Test
    void whoAsksAnewHoldsNothingOfWhatItWaitedForBefore() {
        Asker hasty = scene.asks(hastyWithUsage(), Scene.KEPT);
        Asker second = scene.asks(false, Scene.KEPT, 60);
        Source source = scene.asked(0).streams();
        source.chunk("Par");
        scene.time.pass(5_000);
        source.fails(new ChatException(Fault.TIMED_OUT, "over"));
        scene.asked(1).says("{}");

        assertThat(hasty.fault()).isEqualTo(Fault.TIMED_OUT);
        assertThat(second.heard()).isEqualTo("{}");
        assertThat(scene.cache.hold(Scene.MOST_SHARED))
                .as("nothing is held any more")
                .isTrue();
    }

    @Test
    void whoHasMoreTimeThanAStreamAsksForItself() {
        scene.asks(true, Scene.KEPT, 5);
        Asker second = scene.asks(true, Scene.KEPT, 60);
        Asker third = scene.asks(true, Scene.KEPT, 61);
        scene.asked(0).streams().chunk("Par");
        scene.time.pass(5_000);
        Source source = scene.asked(1).streams();
        source.chunk("Paris");
        source.done();

        assertThat(scene.asked).hasSize(2);
        assertThat(second.heard()).contains("Paris").endsWith("[DONE]\n\n");
        assertThat(third.given()).isEqualTo("shared");
    }

    @Test
    void whoHasMoreTimeDoesNotTakeWhatWasDecidedInAHurry() {
        Asker hasty = scene.asks(false, Scene.KEPT, 5);
        Asker alike = scene.asks(false, Scene.KEPT, 6);
        Asker patient = scene.asks(false, Scene.KEPT, 60);
        scene.asked(0).says(Lasting.not(json("{\"first\":1}")));

        assertThat(hasty.heard()).isEqualTo("{\"first\":1}");
        assertThat(alike.given()).isEqualTo("shared");
        assertThat(patient.isAnswered()).isFalse();

        scene.asked(1).says("{\"best\":1}");

        assertThat(patient.heard()).isEqualTo("{\"best\":1}");
    }

    @Test
    void whoFallsFarBehindSlowsTheOthersRatherThanFillTheMemory() {
        Asker slow = scene.asks(true);
        Asker fast = scene.asks(true);
        Source source = scene.asked(0).begins(200, "text/event-stream");
        slow.answer().body().pause();
        int said = 0;
        while (!source.isPaused() && said < 64) {
            source.says(event(MEBIBYTE));
            said++;
        }
        assertThat(said).isEqualTo(Spool.BEHIND / MEBIBYTE + 1);

        slow.answer().body().resume();

        assertThat(source.isPaused()).isFalse();
        assertThat(slow.size())
                .isEqualTo(fast.size())
                .isEqualTo(said * event(MEBIBYTE).length());
    }

    @Test
    void whenTooMuchIsHeldAltogetherTheFastestGoesNoFasterThanTheSlowest() {
        Scene small = new Scene((texts, errand) -> CompletableFuture.failedFuture(new IllegalStateException()), 100);
        Asker slow = small.asks(true);
        small.asks(true);
        Source source = small.asked(0).begins(200, "text/event-stream");
        slow.answer().body().pause();
        source.says(event(MEBIBYTE));
        assertThat(source.isPaused()).isTrue();

        slow.answer().body().resume();

        assertThat(source.isPaused()).isFalse();
        assertThat(small.cache.hold(100)).as("what all have read is not held").isTrue();
    }

    private static Answer json(String text) {
        return Answer.of(200, "application/json", ByteStream.of(text.getBytes(UTF_8)));
    }

    private Call hastyWithUsage() {
        long until = scene.time.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        return Asker.call(Call.Dialect.CHAT, true, true, "{}", Map.of(), until, Runnable::run);
    }

    private Call withUsage(boolean stream) {
        return Asker.call(Call.Dialect.CHAT, stream, true, "{}", Map.of(), Long.MAX_VALUE, Runnable::run);
    }

    private static String event(int bytes) {
        return ":" + "x".repeat(bytes - 3) + "\n\n";
    }
}
