package io.llmnet.gateway;

import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Call;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.openai.EmbeddingAnswer;
import io.llmnet.protocol.openai.EmbeddingRequest;
import io.llmnet.protocol.openai.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A request for vectors. A small one goes to one backend whole; a large one is split, so that several backends work on it,
 * and what they bring is put together in the order of the inputs.
 */
final class Embedding {
    /** Inputs that are worth a request of their own. */
    private static final int LEAST = 64;

    private final Gateway gateway;
    private final Call call;
    private final EmbeddingRequest request;
    private final int most;

    /**
     * One of a caller's.
     *
     * @param backends how many may work on it at once
     * @throws ChatException BAD_REQUEST when it is wrong
     */
    Embedding(Gateway gateway, Call call, int backends) {
        this.gateway = gateway;
        this.call = call;
        this.request = EmbeddingRequest.parse(call.body());
        int shares = Math.max(1, backends);
        this.most = Math.max(LEAST, (request.size() + shares - 1) / shares);
    }

    CompletionStage<Answer> answer() {
        if (request.size() <= most) {
            return gateway.routed(call)
                    .thenCompose(answer ->
                            answer.isOk() ? joined(List.of(answer)) : CompletableFuture.completedFuture(answer));
        }
        List<CompletableFuture<Answer>> parts = new ArrayList<>();
        for (byte[] part : request.parts(Objects.requireNonNull(call.model()), most)) {
            Call one =
                    call.asking(part, Head.read(part, Call.Dialect.EMBEDDINGS).modelAt());
            parts.add(gateway.routed(one).toCompletableFuture());
        }
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .thenCompose(all ->
                        together(parts.stream().map(CompletableFuture::join).toList()));
    }

    private CompletionStage<Answer> together(List<Answer> answers) {
        for (Answer answer : answers) {
            if (!answer.isOk()) {
                return CompletableFuture.completedFuture(answer);
            }
        }
        long models = answers.stream()
                .map(answer -> answer.headers().getOrDefault("x-llmnet-model", ""))
                .distinct()
                .count();
        if (models > 1) {
            // One stood in for another, and vectors of two models cannot be compared: once more, by one.
            return gateway.routed(call)
                    .thenCompose(answer ->
                            answer.isOk() ? joined(List.of(answer)) : CompletableFuture.completedFuture(answer));
        }
        return joined(answers);
    }

    private CompletionStage<Answer> joined(List<Answer> answers) {
        CompletionStage<List<byte[]>> bodies = CompletableFuture.completedFuture(List.of());
        for (Answer answer : answers) {
            bodies = bodies.thenCombine(answer.body().whole(), (some, body) -> {
                List<byte[]> more = new ArrayList<>(some);
                more.add(body);
                return more;
            });
        }
        return bodies.thenApply(all -> answers.get(0).withBody(ByteStream.of(whole(all))));
    }

    private byte[] whole(List<byte[]> bodies) {
        List<Integer> sizes = new ArrayList<>();
        int part = bodies.size() == 1 ? request.size() : most;
        for (int from = 0; from < request.size(); from += part) {
            sizes.add(Math.min(part, request.size() - from));
        }
        if (sizes.size() != bodies.size()) {
            throw new ChatException(Fault.INTERNAL, "an embedding came in other parts than it was asked for");
        }
        return EmbeddingAnswer.join(request, bodies, sizes);
    }
}
