package io.llmnet.dispatch;

import io.llmnet.backend.Ask;
import io.llmnet.backend.Wire;
import io.llmnet.chat.Answer;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.registry.Load;
import io.llmnet.routing.Candidate;
import io.llmnet.routing.Plan;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Asks the candidates of a plan until one answers.
 *
 * <p>The next is asked when the one before it could not be reached, failed, or was too busy; an answer that blames the
 * caller is the answer. Nothing of a failed attempt reaches the caller. A server that only a pipeline's file names is asked
 * once; backends of the registry have places, breakers, hedges and repeats, which {@link Walk} minds.
 */
public final class Dispatch {
    private final Wire wire;
    private final Timers timers;
    private final LongSupplier nanoTime;
    private final Supplier<Terms> terms;
    private final Line line = new Line();
    private final Share repeats = new Share();
    private final Share hedges = new Share();

    /**
     * One for the whole process.
     *
     * @param nanoTime the clock of deadlines, {@link System#nanoTime} but in tests
     * @param terms how hard it is tried, asked anew for every request
     */
    public Dispatch(Wire wire, Timers timers, LongSupplier nanoTime, Supplier<Terms> terms) {
        this.wire = wire;
        this.timers = timers;
        this.nanoTime = nanoTime;
        this.terms = terms;
    }

    /**
     * Asks the one server of a plan in which nobody had to choose, or walks the plan, if somebody had to.
     *
     * @param ask makes what a candidate is asked
     */
    public CompletionStage<Answer> ask(Plan plan, Function<Candidate, Ask> ask) {
        Candidate first = plan.first();
        Ask asked;
        try {
            asked = ask.apply(first);
        } catch (ChatException e) {
            return CompletableFuture.failedFuture(e);
        }
        if (first.offer() != null) {
            return ask(plan, ask, Errand.of(asked));
        }
        if (asked.cancel().isCancelled()) {
            return CompletableFuture.failedFuture(gone());
        }
        if (asked.deadline().isOver(nanoTime.getAsLong())) {
            return CompletableFuture.failedFuture(late());
        }
        return wire.ask(first.backend(), asked);
    }

    /**
     * Walks a plan over backends of the registry.
     *
     * @param ask makes what a candidate is asked: the same request, with that candidate's name of the model
     * @return the first good answer, or the last bad one; completed with a ChatException when nobody answered at all.
     *     Completed on the errand's home
     */
    public CompletionStage<Answer> ask(Plan plan, Function<Candidate, Ask> ask, Errand errand) {
        Walk walk = new Walk(this, plan, ask, errand);
        errand.home().execute(walk::begin);
        return walk.result();
    }

    /** Requests that wait because all are busy. */
    public int waiting() {
        return line.length();
    }

    /** Gives a place back, and to who waits for it. */
    void leave(Load load) {
        load.leave();
        offer(load);
    }

    /** A place may be free. */
    void offer(Load load) {
        while (line.length() > 0) {
            Line.Waiter next = line.next(load);
            if (next == null) {
                return;
            }
            next.walk().errand().home().execute(() -> next.walk().granted(load));
        }
    }

    Wire wire() {
        return wire;
    }

    Timers timers() {
        return timers;
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    Terms terms() {
        return terms.get();
    }

    Line line() {
        return line;
    }

    Share repeats() {
        return repeats;
    }

    Share hedges() {
        return hedges;
    }

    static ChatException gone() {
        return new ChatException(Fault.CANCELLED, "the caller is gone");
    }

    static ChatException late() {
        return new ChatException(Fault.TIMED_OUT, "the time for this request is over");
    }
}
