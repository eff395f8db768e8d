package io.llmnet.camel.hook;

import io.llmnet.camel.Run;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.function.FunctionCall;
import io.llmnet.function.Functions;
import io.llmnet.pipeline.Function;
import io.llmnet.pipeline.Hook;
import io.llmnet.pipeline.Variables;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls functions that only observe: nobody waits for them, and they end when they are done, whether the caller has left or
 * not. Only so many are on their way at once; more are dropped, for a slow observer must not fill the memory.
 */
final class Observers {
    private static final Logger LOGGER = LoggerFactory.getLogger(Observers.class);
    private static final int AT_ONCE = 1000;
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Functions functions;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong toldNanos = new AtomicLong(System.nanoTime() - QUIET_NANOS);

    Observers(Functions functions) {
        this.functions = functions;
    }

    /** Begins a call, if the hook's condition holds; returns at once, and never fails. */
    void tell(Run run, Moment moment, Hook hook, String output) {
        if (!places.tryAcquire()) {
            drop(run, hook);
            return;
        }
        try {
            begin(run, moment, hook, output);
        } catch (RuntimeException e) {
            places.release();
            warn(run, hook, e.getClass().getSimpleName());
        }
    }

    private void begin(Run run, Moment moment, Hook hook, String output) {
        Variables sight = moment.sight(run, output);
        if (hook.condition() != null && !hook.condition().holds(sight)) {
            places.release();
            return;
        }
        Function function = HookCalls.function(run, hook);
        Deadline deadline = Deadline.in(function.timeout(), System.nanoTime());
        functions
                .call(new FunctionCall(function, sight, false, deadline, new Cancel()))
                .whenComplete((nothing, failure) -> {
                    places.release();
                    if (failure != null) {
                        warn(run, hook, HookCalls.reason(failure));
                    }
                });
    }

    /** Told with the first, and then now and then. */
    private void drop(Run run, Hook hook) {
        dropped.incrementAndGet();
        long now = System.nanoTime();
        long told = toldNanos.get();
        if (now - told >= QUIET_NANOS && toldNanos.compareAndSet(told, now)) {
            warn(run, hook, AT_ONCE + " observers are busy; dropped=" + dropped.getAndSet(0));
        }
    }

    private static void warn(Run run, Hook hook, String why) {
        LOGGER.warn(
                "pipeline={} node={} hook={} request={} has not observed: {}",
                run.graph().name(),
                run.here().name(),
                hook.function(),
                run.call().id(),
                why);
    }
}
