package io.llmnet.dispatch;

import io.llmnet.backend.Ask;
import io.llmnet.backend.Wire;
import io.llmnet.chat.Answer;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.routing.Candidate;
import io.llmnet.routing.Plan;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the candidates of a plan in turn until one answers.
 *
 * <p>The next is asked when the one before it could not be reached, failed, or was too busy; an answer that blames the
 * caller is the answer. Nothing of a failed attempt reaches the caller.
 */
public final class Dispatch {
    private final Wire wire;
    private final LongSupplier nanoTime;

    public Dispatch(Wire wire, LongSupplier nanoTime) {
        this.wire = wire;
        this.nanoTime = nanoTime;
    }

    /**
     * Walks the plan.
     *
     * @param ask makes what a candidate is asked: the same request, with that candidate's name of the model
     * @return the first good answer, or the last bad one; completed with a ChatException when nobody answered at all
     */
    public CompletionStage<Answer> ask(Plan plan, Function<Candidate, Ask> ask) {
        return next(plan.candidates().iterator(), ask);
    }

    private CompletionStage<Answer> next(Iterator<Candidate> rest, Function<Candidate, Ask> asks) {
        Candidate candidate = rest.next();
        Ask ask;
        try {
            ask = asks.apply(candidate);
        } catch (ChatException e) {
            return CompletableFuture.failedFuture(e);
        }
        if (ask.cancel().isCancelled()) {
            return CompletableFuture.failedFuture(new ChatException(Fault.CANCELLED, "the caller is gone"));
        }
        if (ask.deadline().isOver(nanoTime.getAsLong())) {
            return CompletableFuture.failedFuture(
                    new ChatException(Fault.TIMED_OUT, "the time for this request is over"));
        }
        CompletionStage<Answer> answer = wire.ask(candidate.backend(), ask);
        return rest.hasNext() ? orNext(answer, rest, asks) : answer;
    }

    private CompletionStage<Answer> orNext(
            CompletionStage<Answer> attempt, Iterator<Candidate> rest, Function<Candidate, Ask> asks) {
        CompletableFuture<Answer> result = new CompletableFuture<>();
        attempt.whenComplete((answer, failure) -> {
            CompletionStage<Answer> outcome = isFinal(answer, failure) ? attempt : next(rest, asks);
            outcome.whenComplete((last, why) -> {
                if (why == null) {
                    result.complete(last);
                } else {
                    result.completeExceptionally(why);
                }
            });
        });
        return result;
    }

    private static boolean isFinal(@Nullable Answer answer, @Nullable Throwable failure) {
        return answer == null ? failure != null && isCallersFault(failure) : !isBackendsFault(answer.status());
    }

    private static boolean isBackendsFault(int status) {
        return status >= 500 || status == 429;
    }

    private static boolean isCallersFault(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof ChatException chat && chat.fault().blame() == Fault.Blame.CALLER;
    }
}
