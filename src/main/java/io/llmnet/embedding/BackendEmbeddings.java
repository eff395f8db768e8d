package io.llmnet.embedding;

import io.llmnet.backend.Ask;
import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import io.llmnet.dispatch.Dispatch;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.openai.EmbeddingBody;
import io.llmnet.routing.Plan;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Vectors of a model server that answers {@code /v1/embeddings}, asked like any other backend. */
public final class BackendEmbeddings implements Embeddings {
    private final Dispatch dispatch;
    private final Plan plan;

    /** Those of a plan's candidates, which must all serve the same model: vectors of two models cannot be compared. */
    public BackendEmbeddings(Dispatch dispatch, Plan plan) {
        this.dispatch = dispatch;
        this.plan = plan;
    }

    @Override
    public CompletionStage<List<float[]>> embed(List<String> texts, Errand errand) {
        List<String> starts = texts.stream().map(Embeddings::start).toList();
        return dispatch.ask(
                        plan,
                        candidate -> new Ask(
                                errand.id(),
                                Call.Dialect.EMBEDDINGS,
                                false,
                                false,
                                EmbeddingBody.request(candidate.model(), starts),
                                errand.deadline(),
                                errand.cancel(),
                                errand.tab(),
                                errand.home()))
                .thenCompose(answer -> vectors(answer, starts.size()));
    }

    private static CompletionStage<List<float[]>> vectors(Answer answer, int expected) {
        if (!answer.isOk()) {
            return CompletableFuture.failedFuture(
                    new ChatException(Fault.BACKEND_FAILED, "the embedding model answered " + answer.status()));
        }
        return answer.body().whole().thenApply(json -> EmbeddingBody.vectors(json, expected));
    }
}
