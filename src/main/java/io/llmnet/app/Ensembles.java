package io.llmnet.app;

import io.llmnet.cache.Lasting;
import io.llmnet.camel.Deployment;
import io.llmnet.camel.ensemble.Asker;
import io.llmnet.camel.ensemble.Assembly;
import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import io.llmnet.dispatch.Timers;
import io.llmnet.embedding.Embeddings;
import io.llmnet.ensemble.Acceptance;
import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Resolution;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Standings;
import io.llmnet.protocol.verdict.Verdict;
import io.llmnet.settings.PoolSettings;
import io.llmnet.telemetry.gateway.EnsembleMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ensembles that the settings name, and who sits in them. */
final class Ensembles {
    private static final int STANDINGS_SECONDS = 30;

    private final Backends backends;
    private final Function<String, @Nullable Deployment> pipelines;
    private final Standings standings = new Standings();
    private final Assembly assembly;

    /**
     * Of the settings that the backends have, whatever these are.
     *
     * @param pipelines finds a pipeline by its name, for it may sit in a council, too
     */
    Ensembles(
            Backends backends,
            Function<String, @Nullable Deployment> pipelines,
            Timers timers,
            Embeddings embeddings,
            MeterRegistry metrics) {
        this.backends = backends;
        this.pipelines = pipelines;
        Asker asker = this::ask;
        this.assembly = new Assembly(timers, System::nanoTime, standings, embeddings, asker);
        KeptStandings kept = new KeptStandings(standings);
        assembly.listen(kept);
        assembly.listen(new EnsembleMeters(metrics));
        backends.ledger().keep("standings.json", kept, STANDINGS_SECONDS);
    }

    /** Those that there are now, by name. */
    Map<String, Council> all() {
        return backends.settings().ensembles();
    }

    /** Tells what the answers of one depend on. */
    Makeup makeup() {
        return new Makeup(name -> pipelines.apply(name) != null, this::all, backends::meant);
    }

    /** Has one answer. */
    CompletionStage<Answer> ask(Council council, Call call) {
        return assembly.ask(council, call, Acceptance.ANYTHING).thenApply(Resolution::answer);
    }

    /** The same for others, too: what was decided on too little is only for who waits for it now. */
    CompletionStage<Answer> askForOthers(Council council, Call call) {
        return assembly.ask(council, call, Acceptance.ANYTHING)
                .thenApply(resolution -> resolution.decision().isWhole(council.strategy())
                        ? resolution.answer()
                        : Lasting.not(resolution.answer()));
    }

    /** A seat is a pipeline's, another ensemble's, or a model's that the gateway finds somebody for. */
    private CompletionStage<Answer> ask(Seat seat, Call call) {
        if (seat.backend() != null) {
            return backends.gateway().ask(call, seat.backend());
        }
        Deployment pipeline = pipelines.apply(seat.model());
        if (pipeline != null) {
            return pipeline.ask(call);
        }
        Council inner = all().get(seat.model());
        return inner == null ? backends.ask(call) : ask(inner, call);
    }

    /** Makes ready what the first verdict would have to wait for, where there are judges. Blocks. */
    void prepare() {
        Stream<Council> councils = Stream.concat(
                all().values().stream(),
                backends.settings().pool().tasks().values().stream().map(PoolSettings.Task::council));
        if (councils.anyMatch(council -> council.terms().judge() != null)) {
            Verdict.prepare();
        }
    }

    Assembly assembly() {
        return assembly;
    }

    Standings standings() {
        return standings;
    }
}
