package io.llmnet.protocol.http;

import io.llmnet.backend.Ask;
import io.llmnet.backend.Backend;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Ends a request that takes too long: to its first byte, between two chunks, or as a whole.
 *
 * <p>One timer a request, set anew only when it fires, so that hearing a chunk costs no more than a look at the clock;
 * the price is that silence may be noticed when it has lasted up to twice as long as allowed.
 */
final class Patience {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Vertx vertx;
    private final Backend backend;
    private final Ask ask;
    private final Consumer<ChatException> impatient;
    private long timer = -1;
    private long heardNanos;
    private boolean heardAny;
    private boolean held;
    private boolean over;

    Patience(Vertx vertx, Backend backend, Ask ask, Consumer<ChatException> impatient) {
        this.vertx = vertx;
        this.backend = backend;
        this.ask = ask;
        this.impatient = impatient;
    }

    void start() {
        heardNanos = System.nanoTime();
        arm(heardNanos);
    }

    /** Something came from the backend. */
    void heard() {
        heardAny = true;
        heardNanos = System.nanoTime();
    }

    /** The reader has stopped the flow: silence is not the backend's fault until it goes on. */
    void hold(boolean wanted) {
        held = wanted;
        heardNanos = System.nanoTime();
    }

    void end() {
        if (!over) {
            over = true;
            if (timer >= 0) {
                vertx.cancelTimer(timer);
            }
        }
    }

    private void arm(long nowNanos) {
        // Silence after the first byte may be allowed for less long than silence before it.
        long look = ask.stream() ? backend.timeouts().idle().toNanos() : Long.MAX_VALUE;
        long wait = Math.min(look, Math.min(ask.deadline().leftNanos(nowNanos), quietNanos(nowNanos)));
        timer = vertx.setTimer(Math.max(1, wait / NANOS_PER_MILLI + 1), id -> look());
    }

    private void look() {
        if (over) {
            return;
        }
        long now = System.nanoTime();
        if (ask.deadline().isOver(now)) {
            impatient.accept(new ChatException(Fault.TIMED_OUT, "the time for this request is over"));
        } else if (quietNanos(now) <= 0) {
            impatient.accept(new ChatException(
                    Fault.TIMED_OUT, "model server " + backend + " sent nothing for " + limit().toSeconds() + " s"));
        } else {
            arm(now);
        }
    }

    /** How long the backend may still be silent. */
    private long quietNanos(long nowNanos) {
        // A whole answer comes when all of it is made: only the deadline can tell that it takes too long.
        boolean onlyDeadline = held || !ask.stream();
        return onlyDeadline ? Long.MAX_VALUE : limit().toNanos() - (nowNanos - heardNanos);
    }

    private Duration limit() {
        return heardAny ? backend.timeouts().idle() : backend.timeouts().firstByte();
    }
}
