package io.llmnet.camel.ensemble;

import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Tab;
import io.llmnet.dispatch.Timers;
import io.llmnet.ensemble.Ruling;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Terms;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.openai.Completion;
import io.llmnet.protocol.openai.Continued;
import io.llmnet.protocol.openai.ErrorBody;
import io.llmnet.protocol.openai.Spoken;
import io.llmnet.protocol.verdict.JudgePrompt;
import io.llmnet.protocol.verdict.MergePrompt;
import io.llmnet.protocol.verdict.Prompt;
import io.llmnet.protocol.verdict.Verdict;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The judge of a sitting: asked for a verdict, or for one answer of several, within what is left of the time. */
final class Bench {
    private static final double COOL = 0.2;
    private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(5);

    private final Sitting sitting;
    private final Cancel cancel = new Cancel();
    private final Tab bill;

    Bench(Sitting sitting) {
        this.sitting = sitting;
        this.bill = sitting.tab().part();
    }

    /**
     * Which of these it is; a verdict that is none is asked for once more.
     *
     * @param seats whose answers they are, in the order in which the judge sees them
     * @return fails when the judge is of no help
     */
    CompletionStage<Ruling> ruling(List<Integer> seats, List<String> answers) {
        return timed(judge -> {
            Prompt prompt = JudgePrompt.of(sitting.question().text(), answers);
            Integer most = judge.maxTokens() > 0 ? judge.maxTokens() : null;
            byte[] body = Spoken.prompt(judge.seat().model(), prompt.system(), prompt.user(), COOL, most);
            return send(judge, body)
                    .thenCompose(Bench::whole)
                    .thenCompose(first -> verdict(judge, body, first, answers.size()))
                    .thenApply(verdict -> ruling(seats, verdict));
        });
    }

    private CompletionStage<Verdict> verdict(Terms.Judge judge, byte[] body, byte[] first, int shown) {
        String said = Completion.parse(first).text();
        return Verdict.parse(said, shown)
                .match(
                        CompletableFuture::completedStage,
                        objection -> send(judge, Continued.by(body, said, objection))
                                .thenCompose(Bench::whole)
                                .thenApply(second -> Verdict.parse(
                                                Completion.parse(second).text(), shown)
                                        .match(verdict -> verdict, still -> {
                                            throw new ChatException(
                                                    Fault.BACKEND_NONSENSE, "its verdict is none: " + still);
                                        })));
    }

    private static Ruling ruling(List<Integer> seats, Verdict verdict) {
        Integer index = verdict.index();
        return new Ruling(index == null ? null : seats.get(index), verdict.confidence(), verdict.reason());
    }

    /**
     * One answer made of these: to the caller's own request, and as it is made where the caller wishes that. One that will
     * not do is asked for once more, unless it streams.
     */
    CompletionStage<Answer> merged(List<String> answers) {
        return timed(judge -> {
            Prompt prompt = MergePrompt.of(sitting.question().text(), answers);
            byte[] body = sitting.question().saying(judge.seat().model(), prompt.system(), prompt.user());
            return send(judge, body).thenCompose(Bench::good).thenCompose(first -> acceptable(judge, body, first));
        });
    }

    private CompletionStage<Answer> acceptable(Terms.Judge judge, byte[] body, Answer first) {
        if (first.isEventStream()) {
            return CompletableFuture.completedFuture(first);
        }
        return first.body().whole().thenCompose(bytes -> {
            Said said = Said.of(bytes);
            String objection = objection(said);
            if (objection == null) {
                return CompletableFuture.completedFuture(first.withBody(ByteStream.of(bytes)));
            }
            return send(judge, Continued.by(body, said.text(), objection))
                    .thenCompose(Bench::whole)
                    .thenApply(second -> {
                        String still = objection(Said.of(second));
                        if (still != null) {
                            throw new ChatException(Fault.BACKEND_NONSENSE, "what it made will not do: " + still);
                        }
                        return first.withBody(ByteStream.of(second));
                    });
        });
    }

    private @Nullable String objection(Said said) {
        return said.toolCalls().isEmpty() ? sitting.acceptance().objection(said.text()) : null;
    }

    /** Does something with the judge, but no longer than it may take. */
    private <T> CompletionStage<T> timed(Function<Terms.Judge, CompletionStage<T>> work) {
        Terms.Judge judge = sitting.council().terms().judge();
        if (judge == null) {
            return CompletableFuture.failedFuture(new ChatException(Fault.NO_BACKEND, "no judge is named"));
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        Timers.Waiting timer = sitting.timers()
                .after(
                        nanos(judge),
                        () -> sitting.home().execute(() -> {
                            if (result.completeExceptionally(
                                    new ChatException(Fault.TIMED_OUT, "the judge took too long"))) {
                                cancel.cancel();
                            }
                        }));
        Cancel.Listening listening = sitting.call().cancel().onCancel(cancel::cancel);
        begin(judge, work)
                .whenComplete((value, failure) -> sitting.home().execute(() -> {
                    timer.cancel();
                    boolean isStream = value instanceof Answer answer && answer.isEventStream();
                    if (!isStream) {
                        listening.close();
                    }
                    if (failure != null) {
                        result.completeExceptionally(failure);
                    } else if (!result.complete(value) && value instanceof Answer late) {
                        late.body().cancel();
                    }
                }));
        return result;
    }

    private static <T> CompletionStage<T> begin(Terms.Judge judge, Function<Terms.Judge, CompletionStage<T>> work) {
        try {
            return work.apply(judge);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** A little less than is left, so that another can decide in time. */
    private long nanos(Terms.Judge judge) {
        long left = sitting.question().deadline().leftNanos(sitting.nanoTime());
        long most = left - Math.min(4 * LEAST, left / 20);
        return Math.max(
                LEAST,
                judge.deadline() == null
                        ? most
                        : Math.min(most, judge.deadline().toNanos()));
    }

    private CompletionStage<Answer> send(Terms.Judge judge, byte[] body) {
        Seat seat = judge.seat();
        return sitting.asker().ask(seat, sitting.question().forJudge(seat.model(), body, cancel, bill));
    }

    private static CompletionStage<Answer> good(Answer answer) {
        return answer.isOk()
                ? CompletableFuture.completedFuture(answer)
                : answer.body()
                        .whole()
                        .thenCompose(bytes -> CompletableFuture.failedFuture(new ChatException(
                                Fault.BACKEND_FAILED, answer.status() + " " + ErrorBody.message(bytes, "the judge"))));
    }

    private static CompletionStage<byte[]> whole(Answer answer) {
        return good(answer).thenCompose(fine -> fine.body().whole());
    }

    /** What it has used so far. */
    Tab bill() {
        return bill;
    }
}
