package io.llmnet.dispatch;

import static io.llmnet.dispatch.Staged.busyFor;
import static io.llmnet.dispatch.Staged.fails;
import static io.llmnet.dispatch.Staged.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Cancel;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.registry.Breaker;
import io.llmnet.registry.Zone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class DispatchTest {
    private final Staged stage = new Staged();
    private final List<CompletableFuture<?>> going = new ArrayList<>();

    @Test
    void theFirstCandidateAnswersAndNobodyElseIsAsked() {
        stage.backend("a", 0).backend("b", 0);

        Answer answer = stage.request("a", "b").join();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(stage.asked).containsExactly("a");
        assertThat(stage.inFlight("a")).isZero();
        assertThat(stage.time.pending()).isZero();
    }

    @Test
    void theNextIsAskedWhenOneIsUnreachableFailsIsBusyOrDoesNotHaveTheModel() {
        for (String name : List.of("unreachable", "failed", "busy", "lost", "good")) {
            stage.backend(name, 0);
        }
        stage.plays("unreachable", fails(Fault.BACKEND_UNREACHABLE));
        stage.plays("failed", status(500));
        stage.plays("busy", busyFor(5));
        stage.plays("lost", status(404));

        Answer answer =
                stage.request("unreachable", "failed", "busy", "lost", "good").join();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(stage.asked).containsExactly("unreachable", "failed", "busy", "lost", "good");
    }

    @Test
    void anAnswerThatBlamesTheCallerIsTheAnswerAndNoFailureOfTheBackend() {
        stage.backend("a", 0).backend("b", 0);
        stage.plays("a", status(400));

        assertThat(stage.request("a", "b").join().status()).isEqualTo(400);
        assertThat(stage.asked).containsExactly("a");
        assertThat(stage.offer("a")
                        .pulse()
                        .lastHour()
                        .count(stage.time.nanoTime())
                        .failures())
                .isZero();
    }

    @Test
    void whoIsAloneIsAskedAgainAfterAPauseAndNoOftenerThanAllowed() {
        stage.backend("a", 0);
        stage.plays("a", List.of(status(500), fails(Fault.BACKEND_UNREACHABLE), status(503), status(200)));

        CompletableFuture<Answer> answer = stage.request("a");
        assertThat(stage.asked).hasSize(1);
        stage.time.pass(10_000);

        assertThat(answer.join().status()).isEqualTo(503);
        assertThat(stage.asked).hasSize(3);
    }

    @Test
    void theBudgetLimitsRepeatsButNeverTheMoveToAnother() {
        stage.backend("a", 0).backend("b", 0);
        for (int i = 0; i < 200; i++) {
            stage.plays("a", fails(Fault.BACKEND_UNREACHABLE));
            stage.plays("b", fails(Fault.BACKEND_UNREACHABLE));
        }

        for (int i = 0; i < 50; i++) {
            asks(stage.request("a", "b"));
            stage.time.pass(20_000);
        }

        // Five saved at the start, and a fifth of fifty requests; all else is the first visit to each.
        assertThat(stage.asked).hasSizeBetween(110, 116);
    }

    @Test
    void everybodysTroubleIsToldWhenNobodyAnswers() {
        stage.terms(new Terms(1, 0, Terms.Hedge.USUAL, Breaker.Terms.USUAL, Terms.Queue.USUAL));
        stage.backend("a", 0).backend("b", 0);
        stage.plays("a", status(500));
        stage.plays("b", fails(Fault.BACKEND_UNREACHABLE));

        assertThatThrownBy(() -> stage.request("a", "b").join())
                .satisfies(is(Fault.BACKEND_UNREACHABLE))
                .hasMessageContaining("a: it answered 500; b: backend_unreachable");
    }

    @Test
    void aRefusalIsWaitedOutWhenItIsShort() {
        stage.backend("a", 0);
        stage.plays("a", busyFor(2));

        CompletableFuture<Answer> answer = stage.request("a");
        stage.time.pass(1_900);
        assertThat(stage.asked).hasSize(1);
        stage.time.pass(200);

        assertThat(answer.join().status()).isEqualTo(200);
    }

    @Test
    void aLongRefusalIsPassedOn() {
        stage.backend("a", 0);
        stage.plays("a", busyFor(60));

        assertThat(stage.request("a").join().status()).isEqualTo(429);
    }

    @Test
    void whoIsBackSoonIsAskedAgainThoughAnotherIsBusyForLong() {
        stage.backend("a", 0).backend("b", 0);
        stage.plays("a", busyFor(60));
        stage.plays("b", busyFor(2));

        CompletableFuture<Answer> answer = stage.request("a", "b");
        stage.time.pass(2_500);

        assertThat(answer.join().status()).isEqualTo(200);
        assertThat(stage.asked).containsExactly("a", "b", "b");
    }

    @Test
    void whereTheQueueIsFullTheReluctantAreAskedInIt() {
        stage.terms(
                new Terms(3, 0.2, Terms.Hedge.USUAL, Breaker.Terms.USUAL, new Terms.Queue(0, Duration.ofSeconds(30))));
        stage.backend("a", 1).backend("b", 0);
        stage.plays("b", busyFor(60));
        stage.request("b").join();
        stage.plays("a", stage.waits("a"));
        asks(stage.request("a"));

        assertThat(stage.request("a", "b").join().status()).isEqualTo(200);
        assertThat(stage.asked).containsExactly("b", "a", "b");
    }

    @Test
    void whoHasWaitedInVainAsksTheReluctant() {
        stage.backend("a", 1).backend("b", 0);
        stage.plays("b", busyFor(60));
        stage.request("b").join();
        stage.plays("a", stage.waits("a"));
        asks(stage.request("a"));

        CompletableFuture<Answer> answer = stage.request("a", "b");
        stage.time.pass(30_001);

        assertThat(answer.join().status()).isEqualTo(200);
        assertThat(stage.dispatch.waiting()).isZero();
    }

    @Test
    void theReluctantComeLastButComeWhileNobodyElseIsLeft() {
        stage.backend("a", 0).backend("b", 0);
        stage.plays("a", busyFor(60));
        stage.request("a", "b").join();
        stage.asked.clear();
        stage.plays("b", fails(Fault.BACKEND_UNREACHABLE));

        Answer answer = stage.request("a", "b").join();

        assertThat(stage.asked).containsExactly("b", "a");
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void nobodyIsSilentForMoreThanAThirdOfTheTimeWhileOthersRemain() {
        stage.terms(unhedged());
        stage.backend("a", 0).backend("b", 0).backend("c", 0);
        stage.plays("a", stage.waits("a"));
        stage.plays("b", stage.waits("b"));

        CompletableFuture<Answer> answer = stage.request(new Cancel(), Errand.Priority.NORMAL, 9_000, "a", "b", "c");
        stage.time.pass(2_999);
        assertThat(stage.asked).containsExactly("a");
        stage.time.pass(2);
        assertThat(stage.asked).containsExactly("a", "b");
        stage.time.pass(2_001);

        assertThat(answer.join().status()).isEqualTo(200);
        assertThat(stage.asked).containsExactly("a", "b", "c");
        assertThat(stage.cancelled).containsExactly("a", "b");
        assertThat(stage.inFlight("a")).isZero();
    }

    @Test
    void aSecondIsAskedWhenTheFirstIsSlowerThanUsualAndTheFasterWins() {
        stage.backend("a", 0).backend("b", 0);
        usually("a", 50);
        stage.plays("a", stage.waits("a"));
        stage.plays("b", stage.waits("b"));

        CompletableFuture<Answer> answer = stage.request("a", "b");
        stage.time.pass(199);
        assertThat(stage.asked).doesNotContain("b");
        stage.time.pass(2);
        assertThat(stage.asked).endsWith("a", "b");
        stage.answer("b", status(200));

        assertThat(answer.join().status()).isEqualTo(200);
        assertThat(stage.cancelled).containsExactly("a");
        assertThat(stage.inFlight("a")).isZero();
        assertThat(stage.inFlight("b")).isZero();
        assertThat(stage.time.pending()).isZero();
    }

    @Test
    void hedgesStayWithinTheirBudget() {
        stage.backend("a", 0).backend("b", 0);
        usually("a", 50);
        stage.asked.clear();
        for (int i = 0; i < 100; i++) {
            stage.plays("a", stage.waits("a"));
            stage.plays("b", stage.waits("b"));
            asks(stage.request("a", "b"));
            stage.time.pass(250);
            stage.answer("a", status(200));
        }

        // What was saved before, and a tenth of a hundred requests.
        assertThat(stage.asked.stream().filter("b"::equals).count()).isBetween(10L, 20L);
    }

    @Test
    void whatStaysAtHomeIsNotHedgedAbroad() {
        stage.backend("home", 0).backend("cloud", 0, Zone.OPEN);
        usually("home", 50);
        stage.asked.clear();
        stage.plays("home", stage.waits("home"));

        asks(stage.request("home", "cloud"));
        stage.time.pass(1_000);

        assertThat(stage.asked).containsExactly("home");
    }

    @Test
    void whoIsOvertakenAgainAndAgainIsLeftAlone() {
        stage.backend("a", 0).backend("b", 0);
        usually("a", 50);
        for (int i = 0; i < 5; i++) {
            assertThat(stage.offer("a").pulse().isReluctant(stage.time.nanoTime()))
                    .isFalse();
            stage.plays("a", stage.waits("a"));
            CompletableFuture<Answer> answer = stage.request("a", "b");
            stage.time.pass(210);
            assertThat(answer).isCompleted();
        }

        assertThat(stage.offer("a").pulse().isReluctant(stage.time.nanoTime())).isTrue();
    }

    @Test
    void whileAllAreBusyRequestsWaitAndGoByPriorityThenByTheirComing() {
        stage.backend("a", 1);
        for (int i = 0; i < 5; i++) {
            stage.plays("a", stage.waits("a"));
        }
        List<String> order = new ArrayList<>();
        asks(stage.request("a"));
        asks(stage.request(new Cancel(), Errand.Priority.LOW, 60_000, "a").thenRun(() -> order.add("low")));
        asks(stage.request(new Cancel(), Errand.Priority.NORMAL, 60_000, "a").thenRun(() -> order.add("first")));
        asks(stage.request(new Cancel(), Errand.Priority.NORMAL, 60_000, "a").thenRun(() -> order.add("second")));
        asks(stage.request(new Cancel(), Errand.Priority.HIGH, 60_000, "a").thenRun(() -> order.add("high")));
        assertThat(stage.dispatch.waiting()).isEqualTo(4);

        for (int i = 0; i < 5; i++) {
            stage.answer("a", status(200));
        }

        assertThat(order).containsExactly("high", "first", "second", "low");
        assertThat(stage.inFlight("a")).isZero();
    }

    @Test
    void aFullQueueRefusesAtOnceAndALongWaitEnds() {
        stage.terms(
                new Terms(3, 0.2, Terms.Hedge.USUAL, Breaker.Terms.USUAL, new Terms.Queue(1, Duration.ofSeconds(30))));
        stage.backend("a", 1);
        stage.plays("a", stage.waits("a"));
        asks(stage.request("a"));

        CompletableFuture<Answer> waits = stage.request("a");
        CompletableFuture<Answer> refused = stage.request("a");
        assertThatThrownBy(refused::join).satisfies(is(Fault.BUSY));
        stage.time.pass(30_001);

        assertThatThrownBy(waits::join).satisfies(is(Fault.BUSY));
        assertThat(stage.dispatch.waiting()).isZero();
    }

    @Test
    void aCallerWhoLeavesTheQueueGetsNoPlace() {
        stage.backend("a", 1);
        stage.plays("a", stage.waits("a"));
        asks(stage.request("a"));
        Cancel cancel = new Cancel();
        CompletableFuture<Answer> waits = stage.request(cancel, Errand.Priority.NORMAL, 60_000, "a");

        cancel.cancel();
        stage.answer("a", status(200));

        assertThatThrownBy(waits::join).satisfies(is(Fault.CANCELLED));
        assertThat(stage.asked).hasSize(1);
        assertThat(stage.inFlight("a")).isZero();
        assertThat(stage.time.pending()).isZero();
    }

    @Test
    void aCallerWhoLeavesClosesEveryAttempt() {
        stage.backend("a", 0).backend("b", 0);
        usually("a", 50);
        stage.plays("a", stage.waits("a"));
        stage.plays("b", stage.waits("b"));
        Cancel cancel = new Cancel();
        CompletableFuture<Answer> answer = stage.request(cancel, Errand.Priority.NORMAL, 60_000, "a", "b");
        stage.time.pass(300);

        cancel.cancel();

        assertThatThrownBy(answer::join).satisfies(is(Fault.CANCELLED));
        assertThat(stage.cancelled).containsExactlyInAnyOrder("a", "b");
        assertThat(stage.time.pending()).isZero();
    }

    @Test
    void nobodyIsAskedByWhoHasLeftOrHasNoTime() {
        stage.backend("a", 0);
        Cancel cancel = new Cancel();
        cancel.cancel();

        assertThatThrownBy(() -> stage.request(cancel, Errand.Priority.NORMAL, 1_000, "a")
                        .join())
                .satisfies(is(Fault.CANCELLED));
        assertThatThrownBy(() -> stage.request(new Cancel(), Errand.Priority.NORMAL, 0, "a")
                        .join())
                .satisfies(is(Fault.TIMED_OUT));
        assertThat(stage.asked).isEmpty();
    }

    @Test
    void whoAnswersIsKnownToBeWell() {
        stage.backend("a", 0);
        long before = stage.time.nanoTime();
        assertThat(stage.offer("a").member().load().hasAnsweredSince(before)).isFalse();

        stage.request("a").join();
        assertThat(stage.offer("a").member().load().hasAnsweredSince(before)).isTrue();
        stage.time.pass(1);

        assertThat(stage.offer("a").member().load().hasAnsweredSince(stage.time.nanoTime()))
                .isFalse();
    }

    @Test
    void aStreamHoldsItsPlaceUntilItIsOver() {
        stage.backend("a", 1);
        stage.plays(
                "a",
                ask -> CompletableFuture.completedFuture(
                        Answer.of(200, "text/event-stream", ByteStream.of("data: x\n\n".getBytes(UTF_8)))));

        Answer answer = stage.request("a").join();
        assertThat(stage.inFlight("a")).isOne();
        answer.body().whole().toCompletableFuture().join();

        assertThat(stage.inFlight("a")).isZero();
    }

    @Test
    void aStreamThatIsNotWantedGivesItsPlaceBack() {
        stage.backend("a", 1);
        stage.plays(
                "a",
                ask -> CompletableFuture.completedFuture(
                        Answer.of(200, "text/event-stream", ByteStream.of("data: x\n\n".getBytes(UTF_8)))));

        stage.request("a").join().body().cancel();

        assertThat(stage.inFlight("a")).isZero();
    }

    @Test
    void whatOneBackendsLanguageCannotSayAnotherIsAsked() {
        stage.backend("a", 0).backend("b", 0);
        stage.plays("a", fails(Fault.BAD_REQUEST));

        Answer answer = stage.request("a", "b").join();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(stage.asked).containsExactly("a", "b");
        assertThat(stage.offer("a")
                        .pulse()
                        .lastHour()
                        .count(stage.time.nanoTime())
                        .total())
                .isZero();
    }

    @Test
    void whoWorksIsNotDroppedForOneWhoIsBusy() {
        stage.terms(unhedged());
        stage.backend("a", 0).backend("b", 1);
        stage.plays("b", stage.waits("b"));
        asks(stage.request("b"));
        stage.plays("a", stage.waits("a"));

        CompletableFuture<Answer> answer = stage.request(new Cancel(), Errand.Priority.NORMAL, 9_000, "a", "b");
        stage.time.pass(5_000);
        assertThat(stage.cancelled).isEmpty();
        stage.answer("a", status(200));

        assertThat(answer.join().status()).isEqualTo(200);
    }

    @Test
    void aShortDeadlineIsNobodysFailure() {
        stage.backend("a", 0);
        for (int i = 0; i < 10; i++) {
            stage.plays("a", stage.waits("a"));
            asks(stage.request(new Cancel(), Errand.Priority.NORMAL, 100, "a"));
            stage.time.pass(101);
            stage.answer("a", fails(Fault.TIMED_OUT));
        }

        assertThat(stage.offer("a").pulse().isReluctant(stage.time.nanoTime())).isFalse();
    }

    /** What becomes of it is seen elsewhere. */
    private void asks(CompletableFuture<?> answer) {
        going.add(answer);
    }

    private static Terms unhedged() {
        return new Terms(
                3, 0.2, new Terms.Hedge(false, Duration.ofMillis(200), 0.1), Breaker.Terms.USUAL, Terms.Queue.USUAL);
    }

    /** Lets a backend answer often enough that its usual time is known. */
    private void usually(String name, long millis) {
        for (int i = 0; i < 64; i++) {
            stage.plays(name, stage.waits(name));
            asks(stage.request(name));
            stage.time.pass(millis);
            stage.answer(name, status(200));
        }
    }

    private static java.util.function.Consumer<Throwable> is(Fault fault) {
        return thrown -> {
            Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
            assertThat(cause)
                    .isInstanceOfSatisfying(
                            ChatException.class,
                            chat -> assertThat(chat.fault()).isEqualTo(fault));
        };
    }
}
