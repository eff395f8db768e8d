package io.llmnet.dispatch;

import io.llmnet.backend.Ask;
import io.llmnet.backend.Wire;
import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import io.llmnet.chat.Cancel;
import io.llmnet.fault.ChatException;
import io.llmnet.registry.Offer;
import io.llmnet.routing.Candidate;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One backend asked once, at a place that was taken there before. Tells the registry how it went. On the caller's thread,
 * but for the place, which may be given back from anywhere.
 */
final class Attempt {
    /** Who says nothing for so long has failed, however little time the caller gives. */
    private static final long LONG_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final long REFUSAL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_REFUSAL_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final Walk walk;
    private final int index;
    private final Candidate candidate;
    private final Offer offer;
    private final Cancel cancel;
    private final boolean isHedge;
    private final long sentNanos;
    private Call.Dialect dialect = Call.Dialect.CHAT;
    private final AtomicBoolean hasPlace = new AtomicBoolean(true);
    private Timers.@Nullable Waiting timer;
    private boolean over;

    Attempt(Walk walk, int index, Candidate candidate, Cancel cancel, boolean isHedge, long nowNanos) {
        this.walk = walk;
        this.index = index;
        this.candidate = candidate;
        this.offer = Objects.requireNonNull(candidate.offer());
        this.cancel = cancel;
        this.isHedge = isHedge;
        this.sentNanos = nowNanos;
    }

    Candidate candidate() {
        return candidate;
    }

    /** Of its candidate in the plan. */
    int index() {
        return index;
    }

    /** Closes it. */
    Cancel cancel() {
        return cancel;
    }

    void send(Wire wire, Ask ask) {
        offer.pulse().breaker().tries(sentNanos);
        walk.errand().attempts().sent(candidate, isHedge);
        dialect = ask.dialect();
        asked(wire, ask).whenComplete(this::came);
    }

    private CompletionStage<Answer> asked(Wire wire, Ask ask) {
        try {
            return wire.ask(candidate.backend(), ask);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Something is to be done unless the answer comes first. */
    void unlessAnswered(long nanos, Runnable task) {
        timer = walk.dispatch().timers().after(nanos, task);
    }

    private void came(@Nullable Answer answer, @Nullable Throwable failure) {
        if (over) {
            // Dropped before: whatever comes now comes too late.
            if (answer != null) {
                answer.body().cancel();
            }
            return;
        }
        over();
        Verdict verdict = Verdict.of(answer, failure);
        long now = walk.dispatch().nanoTime();
        learn(verdict, answer, now);
        tell(verdict, answer, failure, now - sentNanos);
        if (answer != null && answer.isEventStream()) {
            walk.came(this, verdict, answer.withBody(new Held(answer.body(), this)), failure);
        } else {
            leave();
            walk.came(this, verdict, answer, failure);
        }
    }

    private void learn(Verdict verdict, @Nullable Answer answer, long now) {
        switch (verdict) {
            case GOOD -> {
                offer.pulse().succeeded(walk.errand().stream(), now - sentNanos, now);
                offer.member().load().answered(now);
            }
            case WRONG -> offer.pulse().isAlive(now);
            case ELSEWHERE -> unable(now);
            case FAILED -> {
                failed(now);
                refusal(answer, 0, now);
            }
            case BUSY -> {
                offer.pulse().breaker().trialOver();
                refusal(answer, REFUSAL_NANOS, now);
            }
            case GONE, UNSAYABLE -> offer.pulse().breaker().trialOver();
        }
    }

    /** It has failed, unless it was only not given the time. */
    private void failed(long now) {
        if (walk.errand().deadline().isOver(now) && now - sentNanos < LONG_SILENCE_NANOS) {
            offer.pulse().breaker().trialOver();
        } else {
            offer.pulse().failed(now, walk.dispatch().terms().breaker());
        }
    }

    /** It does not do this: an endpoint that it lacks says nothing of its chats. */
    private void unable(long now) {
        if (dialect == Call.Dialect.CHAT) {
            failed(now);
        } else {
            offer.pulse().breaker().trialOver();
        }
    }

    /** Leaves the backend alone for as long as it wishes. */
    private void refusal(@Nullable Answer answer, long usualNanos, long now) {
        String after = answer == null ? null : answer.headers().get("retry-after");
        long nanos = RetryAfter.nanos(after, usualNanos);
        if (nanos > 0) {
            offer.pulse().refuseUntil(now + Math.min(nanos, LONGEST_REFUSAL_NANOS));
        }
    }

    private void tell(Verdict verdict, @Nullable Answer answer, @Nullable Throwable failure, long nanos) {
        Attempts.End end = switch (verdict) {
            case GOOD -> Attempts.End.ANSWERED;
            case WRONG, UNSAYABLE -> Attempts.End.WRONG;
            case BUSY -> Attempts.End.REFUSED;
            case ELSEWHERE, FAILED -> Attempts.End.FAILED;
            case GONE -> Attempts.End.DROPPED;
        };
        walk.errand()
                .attempts()
                .ended(candidate, end, nanos, end == Attempts.End.ANSWERED ? null : why(answer, failure));
    }

    /** What went wrong, in a few words. */
    static String why(@Nullable Answer answer, @Nullable Throwable failure) {
        if (answer != null) {
            return "it answered " + answer.status();
        }
        Throwable cause = Failures.cause(failure);
        return cause instanceof ChatException chat ? chat.text() : String.valueOf(cause);
    }

    /** It has taken too long, and another shall be asked in its place. */
    void giveUp(ChatException why) {
        if (over) {
            return;
        }
        over();
        long now = walk.dispatch().nanoTime();
        // Nobody knows whether it hangs or only takes its time, unless it should have begun to stream.
        offer.pulse()
                .overtaken(
                        walk.errand().stream(),
                        now - sentNanos,
                        now,
                        walk.dispatch().terms().breaker());
        walk.errand().attempts().ended(candidate, Attempts.End.FAILED, now - sentNanos, why.text());
        drop();
        walk.came(this, Verdict.FAILED, null, why);
    }

    /** Another was faster. */
    void overtaken() {
        if (over) {
            return;
        }
        over();
        long now = walk.dispatch().nanoTime();
        long waited = now - sentNanos;
        if (!isHedge) {
            offer.pulse()
                    .overtaken(
                            walk.errand().stream(),
                            waited,
                            now,
                            walk.dispatch().terms().breaker());
        } else {
            offer.pulse().breaker().trialOver();
        }
        walk.errand().attempts().ended(candidate, Attempts.End.DROPPED, waited, null);
        drop();
    }

    /** The caller is gone. */
    void abandoned() {
        if (over) {
            return;
        }
        over();
        offer.pulse().breaker().trialOver();
        walk.errand()
                .attempts()
                .ended(candidate, Attempts.End.DROPPED, walk.dispatch().nanoTime() - sentNanos, null);
        drop();
    }

    /** Its stream has ended; how, if it broke. */
    void streamOver(@Nullable ChatException broken) {
        if (!leave()) {
            return;
        }
        walk.end();
        if (broken != null) {
            offer.pulse()
                    .failed(walk.dispatch().nanoTime(), walk.dispatch().terms().breaker());
            walk.errand().attempts().broke(candidate, broken.text());
        }
    }

    private void over() {
        over = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    private void drop() {
        cancel.cancel();
        leave();
    }

    private boolean leave() {
        if (!hasPlace.compareAndSet(true, false)) {
            return false;
        }
        walk.dispatch().leave(offer.member().load());
        return true;
    }
}
