package io.llmnet.camel.ensemble;

import io.llmnet.camel.Uris;
import io.llmnet.chat.Call;
import io.llmnet.chat.Deadline;
import io.llmnet.dispatch.Timers;
import io.llmnet.embedding.Embeddings;
import io.llmnet.embedding.Errand;
import io.llmnet.ensemble.Acceptance;
import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Councils;
import io.llmnet.ensemble.Decision;
import io.llmnet.ensemble.Resolution;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Standings;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has councils answer, by the route of {@code routes/ensemble.yaml}. One for the whole process, safe from any thread. */
public final class Assembly implements Councils {
    /** Is told of every sitting that is over; must neither wait nor throw. */
    public interface Listener {
        /** It has come to an answer. */
        void decided(Council council, Decision decision, long nanos);

        /** It has not. */
        void failed(Council council, List<Decision.Vote> votes, long nanos);
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(Assembly.class);
    private static final String ENTRANCE = "direct:llmnet-ensemble";
    private static final int MOST_REFUSING = 10_000;

    private final Timers timers;
    private final LongSupplier nanoTime;
    private final Standings standings;
    private final Embeddings embeddings;
    private final Asker asker;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    /** Models that cannot tell how likely their tokens are. */
    private final Set<String> refusing = ConcurrentHashMap.newKeySet();

    private volatile @Nullable Endpoint endpoint;
    private volatile @Nullable AsyncProducer producer;

    /**
     * Over those who may sit in councils.
     *
     * @param standings learns how members do
     * @param embeddings for answers that are compared by meaning
     * @param asker asks for who names nobody else to do so
     */
    public Assembly(Timers timers, LongSupplier nanoTime, Standings standings, Embeddings embeddings, Asker asker) {
        this.timers = timers;
        this.nanoTime = nanoTime;
        this.standings = standings;
        this.embeddings = embeddings;
        this.asker = asker;
    }

    /** Gives the route the steps that it names; before it is started. */
    public static void register(CamelContext camel) {
        camel.getRegistry().bind("llmnetSeats", new Seats());
        camel.getRegistry().bind("llmnetSitting", new Seats.Together());
        camel.getRegistry().bind("llmnetResolve", new Resolve());
    }

    /** Camel runs, and the route is there. */
    public void open(CamelContext camel) throws Exception {
        Endpoint found = camel.getEndpoint(ENTRANCE);
        AsyncProducer made = found.createAsyncProducer();
        made.start();
        endpoint = found;
        producer = made;
    }

    /** Tells of every sitting. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public CompletionStage<Resolution> ask(Council council, Call call, Acceptance acceptance) {
        return ask(council, call, acceptance, asker);
    }

    /** The same, where others ask. */
    public CompletionStage<Resolution> ask(Council council, Call call, Acceptance acceptance, Asker own) {
        CompletableFuture<Resolution> resolution = new CompletableFuture<>();
        call.home().execute(() -> {
            try {
                begin(new Sitting(this, council, call, acceptance, own), resolution);
            } catch (RuntimeException e) {
                resolution.completeExceptionally(e);
            }
        });
        return resolution;
    }

    private void begin(Sitting sitting, CompletableFuture<Resolution> resolution) {
        AsyncProducer entrance = Objects.requireNonNull(producer, "asked before it was open");
        Exchange exchange = Objects.requireNonNull(endpoint).createExchange(ExchangePattern.InOut);
        exchange.getMessage().setBody(sitting);
        sitting.begin();
        entrance.process(
                exchange, doneSync -> sitting.home().execute(() -> settle(sitting.council(), exchange, resolution)));
    }

    private static void settle(Council council, Exchange exchange, CompletableFuture<Resolution> resolution) {
        Throwable failure = exchange.getException();
        if (failure instanceof CompletionException && failure.getCause() != null) {
            failure = failure.getCause();
        }
        if (failure == null && exchange.getMessage().getBody() instanceof Resolution made) {
            resolution.complete(made);
        } else if (failure instanceof ChatException chat) {
            resolution.completeExceptionally(chat);
        } else {
            LOGGER.error("ensemble={} ended without an answer", council.name(), failure);
            resolution.completeExceptionally(new ChatException(
                    Fault.INTERNAL, "ensemble " + council.name() + " ended without an answer", failure));
        }
    }

    /** The endpoint that asks for a seat, as routes and consoles name it. */
    static String uri(Seat seat, int index) {
        return "llm:" + Uris.part(seat.model()) + "?seat=" + index;
    }

    void over(Council council, Decision decision, long nanos) {
        standings.learn(council, decision);
        listeners.forEach(listener -> listener.decided(council, decision, nanos));
    }

    void lost(Council council, List<Decision.Vote> votes, long nanos) {
        listeners.forEach(listener -> listener.failed(council, votes, nanos));
    }

    CompletionStage<float @Nullable []> vector(String text, Call call, Deadline deadline) {
        Errand errand = new Errand(call.id(), deadline, call.cancel(), call.tab(), call.home());
        return embeddings
                .embed(List.of(text), errand)
                .handle((vectors, none) -> vectors == null ? null : vectors.get(0));
    }

    boolean refusesOdds(Seat seat) {
        return refusing.contains(seat.model());
    }

    void refusesOddsNow(Seat seat) {
        if (refusing.size() < MOST_REFUSING) {
            refusing.add(seat.model());
        }
    }

    Standings standings() {
        return standings;
    }

    Timers timers() {
        return timers;
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }
}
