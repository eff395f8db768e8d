package io.llmnet.camel.ensemble;

import io.llmnet.chat.Call;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.chat.Tab;
import io.llmnet.dispatch.Timers;
import io.llmnet.ensemble.Acceptance;
import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Decision;
import io.llmnet.ensemble.Deliberation;
import io.llmnet.ensemble.Move;
import io.llmnet.ensemble.Proposal;
import io.llmnet.ensemble.Resolution;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Strategy;
import io.llmnet.ensemble.Terms;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One council at work on one call: has its members asked when their turns come, tells the deliberation what comes, and
 * dismisses who is still asked the moment it is decided. All on the call's home, so without locks.
 */
public final class Sitting {
    /** What is kept of the time to decide and to tell: this share of it, and no more than {@link #MOST_KEPT}. */
    private static final int KEPT = 20;

    private static final long MOST_KEPT = TimeUnit.MILLISECONDS.toNanos(20);

    /** So much after the moment at which nobody waits for members any more, these give up by themselves. */
    private static final long LATER = TimeUnit.MILLISECONDS.toNanos(4);

    private final Assembly assembly;
    private final Council council;
    private final Call call;
    private final Acceptance acceptance;
    private final Asker asker;
    private final Deliberation deliberation;
    private final Tab tab;
    private final Question question;
    private final long startNanos;
    private final long membersNanos;
    private final List<Member> members = new ArrayList<>();
    private final Cancel.Listening listening;
    private Timers.@Nullable Waiting late;
    private Timers.@Nullable Waiting wake;
    private Move.@Nullable Step step;
    private int asked;

    Sitting(Assembly assembly, Council council, Call call, Acceptance acceptance, Asker asker) {
        this.assembly = assembly;
        this.council = council;
        this.call = call;
        this.acceptance = acceptance;
        this.asker = asker;
        this.deliberation = Deliberation.of(council, assembly.standings());
        this.tab = call.tab().part();
        this.startNanos = assembly.nanoTime();
        Deadline deadline = deadline();
        this.membersNanos = membersNanos(deadline.leftNanos(startNanos));
        Deadline membersDeadline =
                new Deadline(startNanos + Math.min(membersNanos + LATER, deadline.leftNanos(startNanos)));
        this.question = new Question(call, deadline, membersDeadline);
        for (Seat seat : council.seats()) {
            members.add(new Member(this, members.size(), seat));
        }
        this.listening = call.cancel().onCancel(() -> home().execute(this::callerLeft));
    }

    private Deadline deadline() {
        long left = call.deadline().leftNanos(startNanos);
        return council.deadline() == null || council.deadline().toNanos() > left
                ? call.deadline()
                : Deadline.in(council.deadline(), startNanos);
    }

    /** How long members are waited for: a judge needs his share, whoever else decides a moment. */
    private long membersNanos(long left) {
        Terms.Judge judge = council.terms().judge();
        boolean isJudged =
                asksJudge(council.strategy()) || asksJudge(council.terms().fallback());
        return isJudged && judge != null ? (long) (left * judge.share()) : left - Math.min(MOST_KEPT, left / KEPT);
    }

    private static boolean asksJudge(@Nullable Strategy strategy) {
        return strategy == Strategy.JUDGE || strategy == Strategy.MERGE;
    }

    /** The members may be asked from now on. */
    void begin() {
        if (call.cancel().isCancelled()) {
            callerLeft();
            return;
        }
        late = after(membersNanos - sinceStart(), this::late);
        apply(deliberation.begin());
    }

    private void late() {
        // Who has answered, and is only being compared, has answered in time.
        members.forEach(Member::hurry);
        apply(deliberation.late());
    }

    /** A branch of the route has come for a member; it leaves when nothing is to be waited for. Safe from any thread. */
    public void enter(int seat, Runnable leaving) {
        home().execute(() -> members.get(seat).enter(leaving));
    }

    void heard(Proposal proposal) {
        if (step == null) {
            apply(deliberation.heard(proposal));
        }
    }

    void failed(int seat, String trouble, long nanos) {
        if (step != null) {
            return;
        }
        if (sinceStart() >= membersNanos) {
            // Its time is over, and that is what it failed of, whatever it says.
            late();
        } else {
            apply(deliberation.failed(seat, trouble, nanos));
        }
    }

    private long sinceStart() {
        return nanoTime() - startNanos;
    }

    private void apply(Move move) {
        if (step != null) {
            return;
        }
        wake = stop(wake);
        if (move.step() != null) {
            end(move.step());
            return;
        }
        asked += move.ask().size();
        Duration patience = move.wake() == null ? cascadePatience() : move.wake();
        if (patience != null) {
            wake = after(patience.toNanos(), () -> apply(deliberation.woken()));
        }
        // Asking may end it at once: whoever comes later in this list is then not asked any more.
        move.ask().forEach(seat -> members.get(seat).want());
    }

    /** A cheap model that hangs must leave the others their time: each has an equal part of what is left. */
    private @Nullable Duration cascadePatience() {
        int unasked = members.size() - asked;
        if (council.strategy() != Strategy.CASCADE || unasked <= 0) {
            return null;
        }
        long left = membersNanos - sinceStart();
        return Duration.ofNanos(Math.max(0, left) / (unasked + 1));
    }

    /** The members' part is over. */
    private void end(Move.Step last) {
        step = last;
        late = stop(late);
        wake = stop(wake);
        members.forEach(Member::dismiss);
    }

    private void callerLeft() {
        if (step == null) {
            end(new Move.Step.Failed(new ChatException(Fault.CANCELLED, "the caller is gone"), List.of()));
        }
        members.forEach(Member::close);
    }

    private Timers.Waiting after(long nanos, Runnable task) {
        return assembly.timers()
                .after(
                        Math.max(0, nanos),
                        () -> home().execute(() -> {
                            if (step == null) {
                                task.run();
                            }
                        }));
    }

    private static Timers.@Nullable Waiting stop(Timers.@Nullable Waiting timer) {
        if (timer != null) {
            timer.cancel();
        }
        return null;
    }

    /** The members have been heard: asks the judge, if one is needed, and makes the answer. */
    CompletionStage<Resolution> resolved() {
        CompletableFuture<Resolution> resolution = new CompletableFuture<>();
        home().execute(() -> resolve(resolution));
        return resolution;
    }

    private void resolve(CompletableFuture<Resolution> resolution) {
        try {
            Move.Step heard = Objects.requireNonNull(step, "the branches have left before it was decided");
            heard.match(new Resolver(this, deliberation))
                    .whenComplete((made, failure) -> resolved(resolution, made, failure));
        } catch (RuntimeException e) {
            resolved(resolution, null, e);
        }
    }

    private void resolved(
            CompletableFuture<Resolution> resolution, @Nullable Resolution made, @Nullable Throwable failure) {
        if (made == null || !made.answer().isEventStream()) {
            listening.close();
        }
        if (made == null) {
            resolution.completeExceptionally(Objects.requireNonNull(failure));
        } else {
            resolution.complete(made);
        }
    }

    /** It has come to an answer. */
    void decided(Decision decision) {
        assembly.over(council, decision, nanoTime() - startNanos);
    }

    /** It ends without an answer. */
    void lost(List<Decision.Vote> votes) {
        assembly.lost(council, votes, nanoTime() - startNanos);
    }

    boolean isOver() {
        return step != null;
    }

    /** Whether the first to say something is passed on as it speaks. */
    boolean races() {
        return council.strategy() == Strategy.FASTEST && call.stream();
    }

    /** The vector of a text, where it is to be compared by that; null where there is none to be had. */
    CompletionStage<float @Nullable []> vector(String text) {
        boolean isNeeded = council.terms().likeness() == Terms.Likeness.EMBEDDING
                && council.seats().size() > 1
                && !text.isBlank();
        return isNeeded ? assembly.vector(text, call, question.deadline()) : CompletableFuture.completedFuture(null);
    }

    boolean refusesOdds(Seat seat) {
        return assembly.refusesOdds(seat);
    }

    void refusesOddsNow(Seat seat) {
        assembly.refusesOddsNow(seat);
    }

    Council council() {
        return council;
    }

    Call call() {
        return call;
    }

    Acceptance acceptance() {
        return acceptance;
    }

    Asker asker() {
        return asker;
    }

    Question question() {
        return question;
    }

    Tab tab() {
        return tab;
    }

    Member member(int seat) {
        return members.get(seat);
    }

    List<Member> members() {
        return members;
    }

    Timers timers() {
        return assembly.timers();
    }

    Executor home() {
        return call.home();
    }

    long nanoTime() {
        return assembly.nanoTime();
    }
}
