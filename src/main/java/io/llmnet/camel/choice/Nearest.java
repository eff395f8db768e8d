package io.llmnet.camel.choice;

import io.llmnet.camel.Deployed;
import io.llmnet.camel.Plans;
import io.llmnet.camel.Run;
import io.llmnet.camel.Said;
import io.llmnet.chat.Cancel;
import io.llmnet.dispatch.Dispatch;
import io.llmnet.embedding.BackendEmbeddings;
import io.llmnet.embedding.Embeddings;
import io.llmnet.pipeline.Node;
import io.llmnet.routing.Plan;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * The step of {@code routes/choose-by-embedding.yaml}: lets a run go to the node whose use case or examples are nearest to
 * what is asked, without holding a thread.
 */
public final class Nearest extends AsyncProcessorSupport {
    /** A vector takes milliseconds: whoever has none by then is as good as down. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Dispatch dispatch;
    private final Embeddings local;
    /** Per version of a pipeline, and in it per router; they go with the version. */
    private final Map<Deployed, Map<String, Profiles>> profiles = new WeakHashMap<>();

    /**
     * Over what it may ask.
     *
     * @param local for routers that name no model
     */
    public Nearest(Dispatch dispatch, Embeddings local) {
        this.dispatch = dispatch;
        this.local = local;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        chosen(exchange.getMessage().getBody(Run.class)).whenComplete((run, failure) -> {
            if (failure == null) {
                exchange.getMessage().setBody(run);
            } else {
                boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
                exchange.setException(wrapped ? failure.getCause() : failure);
            }
            callback.done(false);
        });
        return false;
    }

    private CompletionStage<Run> chosen(Run run) {
        Said said = run.said();
        String text = said == null ? run.prompt().text() : said.text();
        if (text.isBlank()) {
            return CompletableFuture.completedFuture(run.fallingBack(Choice.fallback(run), "empty"));
        }
        long left = Math.min(LONGEST.toNanos(), run.call().deadline().leftNanos(System.nanoTime()));
        // Others may wait for the same: whoever gives up ends its own wait only.
        CompletableFuture<Node> choice = profiles(run)
                .nearest(text, run.next(), run.call(), LONGEST)
                .toCompletableFuture()
                .copy()
                .orTimeout(Math.max(1, left), TimeUnit.NANOSECONDS);
        Cancel.Listening listening = run.call().cancel().onCancel(() -> choice.cancel(false));
        return choice.handleAsync(
                (node, failure) -> {
                    listening.close();
                    if (failure != null) {
                        throw new CompletionException(failure);
                    }
                    run.watch().chose(run.here(), node, "embedding");
                    return run.choosing(node);
                },
                run.call().home());
    }

    private Profiles profiles(Run run) {
        Map<String, Profiles> ofVersion;
        synchronized (profiles) {
            ofVersion = profiles.computeIfAbsent(run.pipeline(), version -> new ConcurrentHashMap<>());
        }
        return ofVersion.computeIfAbsent(
                run.here().name(),
                name -> new Profiles(embeddings(run), run.graph().choices(run.here())));
    }

    private Embeddings embeddings(Run run) {
        String model = run.here().embeddingModel();
        if (model == null) {
            return local;
        }
        Plan plan = Objects.requireNonNull(Plans.of(run.graph(), model), "its file was checked");
        return new BackendEmbeddings(dispatch, plan);
    }
}
