package io.llmnet.camel.ensemble;

import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Call;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Tab;
import io.llmnet.ensemble.Proposal;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Strategy;
import io.llmnet.fault.ChatException;
import io.llmnet.protocol.openai.Continued;
import io.llmnet.protocol.openai.ErrorBody;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One member of a sitting, in a branch of the route: waits for its turn, asks, and leaves when there is nothing more to wait
 * for. All on the call's home.
 */
final class Member {
    private static final int LONGEST_TROUBLE = 200;

    private final Sitting sitting;
    private final int index;
    private final Seat seat;
    private final Cancel cancel = new Cancel();
    private final Tab bill;
    private @Nullable Runnable branch;
    private long askedNanos;
    private boolean isWanted;
    private boolean isAsked;
    private boolean isDone;
    private boolean isMended;
    private Odds odds = Odds.UNASKED;
    private @Nullable Answer head;
    private @Nullable Said said;
    private @Nullable Answer refusal;

    /** Whether the answer tells how likely its tokens were. */
    private enum Odds {
        /** As the caller wishes. */
        UNASKED,
        /** Asked for by us. */
        ASKED,
        /** Asked for by us, and refused; what the model says without is still to come. */
        REFUSED
    }

    Member(Sitting sitting, int index, Seat seat) {
        this.sitting = sitting;
        this.index = index;
        this.seat = seat;
        this.bill = sitting.tab().part();
    }

    /** Its branch has come: it asks now, later, or not at all. */
    void enter(Runnable leaving) {
        branch = leaving;
        if (isDone || sitting.isOver()) {
            leave();
        } else if (isWanted) {
            ask();
        }
    }

    /** Its turn has come. */
    void want() {
        isWanted = true;
        if (branch != null && !sitting.isOver()) {
            ask();
        }
    }

    /** Nobody waits for it any more. */
    void dismiss() {
        if (!isDone) {
            isDone = true;
            cancel.cancel();
        }
        leave();
    }

    /** The caller is gone: what flows from it ends, too. */
    void close() {
        cancel.cancel();
        dismiss();
    }

    private void leave() {
        Runnable leaving = branch;
        branch = null;
        if (leaving != null) {
            leaving.run();
        }
    }

    private void ask() {
        if (isAsked) {
            return;
        }
        isAsked = true;
        askedNanos = sitting.nanoTime();
        Question question = sitting.question();
        Call call = sitting.races()
                ? question.asItCame(seat.model(), cancel, bill)
                : question.whole(seat.model(), cancel, bill);
        send(withOdds(call));
    }

    private Call withOdds(Call call) {
        if (sitting.council().strategy() != Strategy.CASCADE || sitting.refusesOdds(seat)) {
            return call;
        }
        byte[] wanting = Continued.withLogprobs(call.body());
        if (wanting == call.body()) {
            return call;
        }
        odds = Odds.ASKED;
        return sitting.question().again(call, wanting);
    }

    private void send(Call call) {
        try {
            sitting.asker()
                    .ask(seat, call)
                    .whenComplete((given, failure) -> sitting.home().execute(() -> came(call, given, failure)));
        } catch (RuntimeException e) {
            fail(reason(e));
        }
    }

    private void came(Call call, @Nullable Answer answer, @Nullable Throwable failure) {
        if (isDone) {
            if (answer != null) {
                answer.body().cancel();
            }
        } else if (answer == null) {
            fail(reason(failure));
        } else if (!answer.isOk()) {
            answer.body().whole().whenComplete((bytes, broken) -> refused(answer, bytes, broken));
        } else if (answer.isEventStream()) {
            head = answer;
            heard(Proposal.of(index, ""));
        } else {
            answer.body().whole().whenComplete((bytes, broken) -> told(call, answer, bytes, broken));
        }
    }

    private void refused(Answer answer, byte @Nullable [] bytes, @Nullable Throwable broken) {
        if (isDone) {
            return;
        }
        boolean isMistake = answer.status() == 400 || answer.status() == 422;
        if (bytes == null) {
            fail(reason(broken));
        } else if (odds == Odds.ASKED && isMistake) {
            // Some servers know no logprobs: asked without, it may well answer.
            odds = Odds.REFUSED;
            send(sitting.question().whole(seat.model(), cancel, bill));
        } else {
            refusal = answer.withBody(ByteStream.of(bytes));
            fail(answer.status() + " " + ErrorBody.message(bytes, seat.name()));
        }
    }

    private void told(Call call, Answer answer, byte @Nullable [] bytes, @Nullable Throwable broken) {
        if (isDone) {
            return;
        }
        if (bytes == null) {
            fail(reason(broken));
            return;
        }
        try {
            weigh(call, answer, Said.of(bytes));
        } catch (ChatException e) {
            fail(e.text());
        }
    }

    private void weigh(Call call, Answer answer, Said now) {
        if (odds == Odds.REFUSED) {
            sitting.refusesOddsNow(seat);
        }
        String objection = now.toolCalls().isEmpty() ? sitting.acceptance().objection(now.text()) : null;
        if (objection == null) {
            head = answer;
            said = now;
            sitting.vector(now.text())
                    .whenComplete((vector, none) -> sitting.home().execute(() -> proposed(now, vector)));
        } else if (isMended || now.text().isBlank()) {
            fail("its answer will not do: " + objection);
        } else {
            isMended = true;
            send(sitting.question().again(call, Continued.by(call.body(), now.text(), objection)));
        }
    }

    private void proposed(Said now, float @Nullable [] vector) {
        if (!isDone) {
            heard(now.proposal(index, vector, sitting.nanoTime() - askedNanos));
        }
    }

    /** It is decided now: what it has said counts, though its meaning is not measured yet. */
    void hurry() {
        if (said != null) {
            proposed(said, null);
        }
    }

    private void heard(Proposal proposal) {
        isDone = true;
        // Told before it leaves: with the last branch the route goes on, and must find it decided.
        sitting.heard(proposal);
        leave();
    }

    private void fail(String trouble) {
        isDone = true;
        sitting.failed(index, shortened(trouble), sitting.nanoTime() - askedNanos);
        leave();
    }

    static String reason(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof ChatException chat ? chat.text() : String.valueOf(cause);
    }

    private static String shortened(String trouble) {
        return trouble.length() <= LONGEST_TROUBLE ? trouble : trouble.substring(0, LONGEST_TROUBLE) + "…";
    }

    Seat seat() {
        return seat;
    }

    /** What it has used so far. */
    Tab bill() {
        return bill;
    }

    /** Its good answer: a stream that has begun, or one whose body has been read already. */
    @Nullable
    Answer head() {
        return head;
    }

    /** The whole of its good answer; null where that is a stream, or there is none. */
    @Nullable
    Said said() {
        return said;
    }

    /** What it was refused with by its backend; null when it was not. */
    @Nullable
    Answer refusal() {
        return refusal;
    }

    /** Whether its answer tells how likely its tokens were, though the caller did not ask. */
    boolean tellsTooMuch() {
        return odds == Odds.ASKED;
    }
}
