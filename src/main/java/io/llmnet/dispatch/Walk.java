package io.llmnet.dispatch;

import io.llmnet.backend.Ask;
import io.llmnet.chat.Answer;
import io.llmnet.chat.Cancel;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.registry.Load;
import io.llmnet.registry.Offer;
import io.llmnet.registry.Zone;
import io.llmnet.routing.Candidate;
import io.llmnet.routing.Plan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way along a plan. All on the caller's thread, so without locks.
 *
 * <p>Who has not been asked yet is asked next, the reluctant last. While others remain, nobody may be silent for more than a
 * third of what is left of the time; and before that, where the budget allows, a second one is asked as well, and the first
 * good answer wins. When all have failed, those that may do better in a moment are asked again.
 */
final class Walk {
    /** When a second is asked where the first's usual time is not known yet. */
    private static final long UNKNOWN_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** How often it is looked whether another could be asked in place of one that is silent. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** A backend that wants to be left alone for longer is not waited for. */
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Dispatch dispatch;
    private final List<Candidate> candidates;
    private final Function<Candidate, Ask> asks;
    private final Errand errand;
    private final Trail trail;
    private final CompletableFuture<Answer> result = new CompletableFuture<>();
    private final List<Attempt> running = new ArrayList<>(2);
    private Cancel.@Nullable Listening listening;
    private @Nullable Cancel winner;
    private Line.@Nullable Waiter waiting;
    private Timers.@Nullable Waiting pause;
    private boolean hedged;
    private boolean over;

    Walk(Dispatch dispatch, Plan plan, Function<Candidate, Ask> asks, Errand errand) {
        this.dispatch = dispatch;
        this.candidates = plan.candidates();
        this.asks = asks;
        this.errand = errand;
        this.trail = new Trail(candidates);
    }

    CompletionStage<Answer> result() {
        return result;
    }

    Dispatch dispatch() {
        return dispatch;
    }

    Errand errand() {
        return errand;
    }

    void begin() {
        Terms terms = dispatch.terms();
        dispatch.repeats().earn(terms.retryBudget());
        if (terms.hedge().enabled()) {
            dispatch.hedges().earn(terms.hedge().budget());
        }
        listening = errand.cancel().onCancel(() -> errand.home().execute(this::callerLeft));
        next();
    }

    /** Asks whoever is to be asked next, if anybody is. */
    private void next() {
        if (over) {
            return;
        }
        long now = dispatch.nanoTime();
        if (errand.deadline().isOver(now)) {
            fail(Dispatch.late());
            return;
        }
        if (sendFirst(now, false)) {
            return;
        }
        List<Candidate> ready = trail.unasked(now, false);
        if (!ready.isEmpty()) {
            queue(ready);
        } else if (!sendFirst(now, true)) {
            List<Candidate> reluctant = trail.unasked(now, true);
            if (reluctant.isEmpty()) {
                again(now);
            } else {
                queue(reluctant);
            }
        }
    }

    /** Asks the first that was not asked yet and has room. */
    private boolean sendFirst(long now, boolean reluctant) {
        for (int i = 0; i < candidates.size(); i++) {
            if (trail.isUnasked(i) && isReluctant(candidates.get(i), now) == reluctant && enter(candidates.get(i))) {
                send(i, false);
                return true;
            }
        }
        return false;
    }

    /** Takes a place, unless somebody waits for it already. */
    private boolean enter(Candidate candidate) {
        Load load = load(candidate);
        return !dispatch.line().isWanted(load) && load.enter();
    }

    /** Asks a candidate at which a place was taken. */
    private void send(int index, boolean isHedge) {
        Candidate candidate = candidates.get(index);
        trail.asked(index);
        long now = dispatch.nanoTime();
        // Alone, an attempt ends with its caller and never before: no need of a cancel of its own.
        Cancel cancel = candidates.size() == 1 ? errand.cancel() : new Cancel();
        Attempt attempt = new Attempt(this, index, candidate, cancel, isHedge, now);
        Ask ask;
        try {
            ask = asks.apply(candidate);
        } catch (ChatException e) {
            dispatch.leave(load(candidate));
            fail(e);
            return;
        }
        running.add(attempt);
        attempt.send(dispatch.wire(), candidates.size() == 1 ? ask : ask.within(cancel));
        if (running.contains(attempt) && trail.hasUnasked()) {
            mind(attempt, now);
        }
    }

    /** Does something about an attempt that takes its time, while there are others who could be asked. */
    private void mind(Attempt attempt, long now) {
        long third = errand.deadline().leftNanos(now) / 3;
        long hedge = hedgeNanos(attempt.candidate());
        if (hedge < third) {
            attempt.unlessAnswered(hedge, () -> {
                if (running.contains(attempt)) {
                    hedge(attempt);
                }
                if (running.contains(attempt)) {
                    attempt.unlessAnswered(third - hedge, () -> giveUp(attempt, third));
                }
            });
        } else {
            attempt.unlessAnswered(third, () -> giveUp(attempt, third));
        }
    }

    private void giveUp(Attempt attempt, long waitedNanos) {
        if (!running.contains(attempt) || !trail.hasUnasked()) {
            return;
        }
        if (!isAnybodyReady()) {
            // Who could be asked instead is busy or has failed of late: better to go on waiting, and look again.
            attempt.unlessAnswered(LOOK_NANOS, () -> giveUp(attempt, waitedNanos + LOOK_NANOS));
        } else {
            attempt.giveUp(new ChatException(
                    Fault.TIMED_OUT,
                    "model server " + attempt.candidate().backend() + " sent nothing for "
                            + TimeUnit.NANOSECONDS.toMillis(waitedNanos) + " ms"));
        }
    }

    private boolean isAnybodyReady() {
        long now = dispatch.nanoTime();
        return trail.unasked(now, false).stream()
                .map(Walk::load)
                .anyMatch(load -> load.hasRoom() && !dispatch.line().isWanted(load));
    }

    private long hedgeNanos(Candidate candidate) {
        Terms.Hedge terms = dispatch.terms().hedge();
        if (!terms.enabled() || hedged) {
            return Long.MAX_VALUE;
        }
        Offer offer = offer(candidate);
        long usual =
                (errand.stream() ? offer.pulse().firstPieces() : offer.pulse().wholes()).p95Nanos();
        return Math.max(terms.atLeast().toNanos(), usual == 0 ? UNKNOWN_NANOS : usual);
    }

    /** Asks a second one as well, if one is free that is no worse for the caller, and the budget allows it. */
    private void hedge(Attempt slow) {
        long now = dispatch.nanoTime();
        for (int i = 0; i < candidates.size() && !hedged; i++) {
            Candidate other = candidates.get(i);
            if (trail.isUnasked(i) && !isReluctant(other, now) && isAlike(slow.candidate(), other) && enter(other)) {
                hedged = true;
                if (dispatch.hedges().spend()) {
                    send(i, true);
                } else {
                    dispatch.leave(load(other));
                }
            }
        }
    }

    /** Whether two may be asked the same at the same time: neither a stand-in, nor one that costs, in place of one at home. */
    private static boolean isAlike(Candidate one, Candidate other) {
        boolean leavesHome = offer(one).member().said().zone() == Zone.RESTRICTED
                && offer(other).member().said().zone() == Zone.OPEN;
        return Objects.equals(one.fallbackFor(), other.fallbackFor()) && !leavesHome;
    }

    /** An attempt has ended. */
    void came(Attempt attempt, Verdict verdict, @Nullable Answer answer, @Nullable Throwable failure) {
        running.remove(attempt);
        if (over) {
            if (answer != null) {
                answer.body().cancel();
            }
            return;
        }
        boolean isOthers = verdict == Verdict.WRONG && !running.isEmpty();
        if (verdict.isFinal() && !isOthers) {
            boolean isStream = answer != null && answer.isEventStream();
            winner = isStream ? attempt.cancel() : null;
            List<Attempt> losers = List.copyOf(running);
            running.clear();
            losers.forEach(Attempt::overtaken);
            settle(answer, failure, isStream);
            return;
        }
        trail.failed(attempt.index(), verdict, answer, failure);
        if (running.isEmpty()) {
            next();
        }
    }

    /** Waits until one of these has room. */
    private void queue(List<Candidate> busy) {
        Terms.Queue terms = dispatch.terms().queue();
        Set<Load> loads = Collections.newSetFromMap(new IdentityHashMap<>());
        busy.forEach(candidate -> loads.add(load(candidate)));
        Line.Waiter waiter = new Line.Waiter(this, loads, errand.priority());
        if (!dispatch.line().join(waiter, terms.size())) {
            if (sendFirst(dispatch.nanoTime(), true)) {
                return;
            }
            fail(new ChatException(
                    Fault.BUSY,
                    "all backends are busy"
                            + (terms.size() == 0 ? "" : " and " + terms.size() + " requests wait already")
                            + "; try again in a moment"));
            return;
        }
        waiting = waiter;
        errand.attempts().queued();
        long left = errand.deadline().leftNanos(dispatch.nanoTime());
        pause = dispatch.timers().after(Math.min(terms.patience().toNanos(), left), () -> waitedInVain(waiter));
        // One may have got room between the look and the waiting.
        loads.forEach(dispatch::offer);
    }

    private void waitedInVain(Line.Waiter waiter) {
        if (!dispatch.line().leave(waiter)) {
            return;
        }
        waiting = null;
        long now = dispatch.nanoTime();
        boolean isLate = errand.deadline().isOver(now);
        if (!isLate && sendFirst(now, true)) {
            return;
        }
        fail(
                isLate
                        ? Dispatch.late()
                        : new ChatException(
                                Fault.BUSY,
                                "all backends were busy for "
                                        + dispatch.terms().queue().patience().toSeconds()
                                        + " s; try again in a moment"));
    }

    /** A place was taken for it at this backend. */
    void granted(Load load) {
        unpause();
        waiting = null;
        int index = trail.indexOf(load);
        if (over || index < 0) {
            dispatch.leave(load);
            return;
        }
        send(index, false);
    }

    /** All have failed: one that may do better in a moment is asked again, after a pause and within the budget. */
    private void again(long now) {
        long usual = FIRST_PAUSE_NANOS << Math.min(5, trail.rounds());
        long pauseNanos = usual / 2 + ThreadLocalRandom.current().nextLong(usual / 2 + 1);
        long longest = Math.min(LONGEST_PAUSE_NANOS, errand.deadline().leftNanos(now) - 1);
        int index = trail.worthRepeating(dispatch.terms().attempts(), i -> untilAgain(i, pauseNanos, now) <= longest);
        if (index < 0 || !dispatch.repeats().spend()) {
            trail.settle(this::fail, this::pass);
            return;
        }
        pause = dispatch.timers().after(untilAgain(index, pauseNanos, now), () -> {
            if (!over) {
                trail.repeat(index);
                next();
            }
        });
    }

    /** How long to wait before one is asked again: as long as it wishes, if that is longer than the usual. */
    private long untilAgain(int index, long usualNanos, long now) {
        return Math.max(offer(candidates.get(index)).pulse().refusedNanos(now), usualNanos);
    }

    private void pass(Answer refusal) {
        settle(refusal, null, false);
    }

    private void fail(ChatException why) {
        settle(null, why, false);
    }

    private void settle(@Nullable Answer answer, @Nullable Throwable failure, boolean isStream) {
        over = true;
        unpause();
        if (!isStream) {
            end();
        }
        abandonRunning();
        if (answer != null) {
            result.complete(answer);
        } else {
            result.completeExceptionally(Objects.requireNonNullElseGet(failure, Dispatch::gone));
        }
    }

    /** Nothing more is to be done. */
    void end() {
        if (listening != null) {
            listening.close();
        }
    }

    private void callerLeft() {
        if (over) {
            if (winner != null) {
                winner.cancel();
            }
            return;
        }
        over = true;
        unpause();
        if (waiting != null) {
            dispatch.line().leave(waiting);
        }
        abandonRunning();
        result.completeExceptionally(Dispatch.gone());
    }

    private void abandonRunning() {
        List<Attempt> left = List.copyOf(running);
        running.clear();
        left.forEach(Attempt::abandoned);
    }

    private void unpause() {
        if (pause != null) {
            pause.cancel();
            pause = null;
        }
    }

    private static boolean isReluctant(Candidate candidate, long now) {
        return offer(candidate).pulse().isReluctant(now);
    }

    private static Load load(Candidate candidate) {
        return offer(candidate).member().load();
    }

    static Offer offer(Candidate candidate) {
        return Objects.requireNonNull(candidate.offer(), "a candidate that nobody knows");
    }
}
