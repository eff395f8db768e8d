package io.llmnet.pool;

import io.llmnet.cache.Answers;
import io.llmnet.cache.Keeping;
import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.dispatch.Timers;
import io.llmnet.ensemble.Councils;
import io.llmnet.fault.ChatException;
import io.llmnet.settings.GatewaySettings;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** A pool of the models that the settings know. Requests that are under way end by the settings that they began with. */
public final class ModelPool implements Pool {
    private static final Logger LOGGER = LoggerFactory.getLogger(ModelPool.class);

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Supplier<GatewaySettings> settings;
    private final Councils councils;
    private final Answers answers;
    private final Contracts contracts;
    private final Readiness readiness;
    private final Watcher watcher;
    private final Timers timers;
    private final LongSupplier nanos;
    private final Breakers breakers;
    private final Repeats repeats;

    /**
     * Nobody is left alone yet.
     *
     * @param settings as they are now
     * @param answers keeps what councils answer
     * @param nanos the clock that deadlines go by
     */
    public ModelPool(
            Supplier<GatewaySettings> settings,
            Councils councils,
            Answers answers,
            Contracts contracts,
            Readiness readiness,
            Watcher watcher,
            Timers timers,
            LongSupplier nanos) {
        this.settings = settings;
        this.councils = councils;
        this.answers = answers;
        this.contracts = contracts;
        this.readiness = readiness;
        this.watcher = watcher;
        this.timers = timers;
        this.nanos = nanos;
        this.breakers = new Breakers(nanos, watcher::opened);
        this.repeats = new Repeats(nanos);
    }

    @Override
    public Health health() {
        return readiness.of(settings.get().pool());
    }

    @Override
    public CompletionStage<Inference> infer(Query query) {
        long start = nanos.getAsLong();
        GatewaySettings now = settings.get();
        breakers.know(now);
        Order order;
        try {
            order = Order.of(query, now.pool(), contracts);
        } catch (ChatException refusal) {
            LOGGER.debug("refused: code={} param={}", refusal.fault().code(), refusal.param());
            return CompletableFuture.failedFuture(refusal);
        }
        Sitting sitting = new Sitting(order, now.pool(), breakers, nanos);
        Deadline deadline = Deadline.in(order.time(), start);
        return new Turn(order, (inference, why) -> ended(order, sitting, nanos.getAsLong() - start, inference, why))
                .begin(
                        timers,
                        leaving -> answer(
                                        order,
                                        sitting,
                                        leaving,
                                        cancel -> ask(order, sitting, order.call(cancel, deadline), now))
                                .thenApply(
                                        inference -> inference.after((nanos.getAsLong() - start) / NANOS_PER_MILLI)));
    }

    /** The answer, asked for anew where another's was waited for, who has given up: this one may have more time. */
    private CompletionStage<Inference> answer(
            Order order, Sitting sitting, Cancel leaving, Function<Cancel, CompletionStage<Inference>> ask) {
        Query query = order.query();
        return repeats.answer(query, leaving, ask)
                .exceptionallyComposeAsync(
                        failure -> sitting.isConvened() || !Failures.isGivenUp(failure) || leaving.isCancelled()
                                ? CompletableFuture.failedFuture(failure)
                                : repeats.answer(query, leaving, ask),
                        query.home());
    }

    private CompletionStage<Inference> ask(Order order, Sitting sitting, Call call, GatewaySettings now) {
        Keeping keeping = order.keeping(now.cache());
        try {
            CompletionStage<Answer> answer = keeping == null
                    ? sitting.convene(councils, call)
                    : answers.answer(call, keeping, asked -> sitting.convene(councils, asked));
            return answer.thenCompose(whole -> whole.body().whole().thenApply(body -> sitting.inference(whole, body)));
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private void ended(
            Order order, Sitting sitting, long tookNanos, @Nullable Inference inference, @Nullable ChatException why) {
        String strategy = inference == null ? order.council().strategy().name() : inference.strategyUsed();
        Query query = order.query();
        LOGGER.atLevel(why == null ? Level.DEBUG : Level.INFO)
                .log(
                        "request_id={} tenant={} project={} task={} strategy={} winner_model={} duration_ms={} from_cache={}"
                                + " fault={}",
                        Words.shown(order.id()),
                        Words.shown(query.tenant()),
                        Words.shown(query.project()),
                        order.council().name(),
                        strategy,
                        inference == null ? "" : inference.winnerModel(),
                        tookNanos / NANOS_PER_MILLI,
                        inference != null && inference.fromCache(),
                        why == null ? "" : why.fault().code());
        watcher.ended(new Outcome(
                order.id(),
                query.tenant(),
                query.project(),
                order.council().name(),
                strategy,
                inference == null ? "" : inference.winnerSeat(),
                inference == null ? "" : inference.winnerModel(),
                tookNanos,
                inference == null || inference.fromCache() ? null : sitting.decision(),
                why == null ? null : why.fault()));
    }
}
