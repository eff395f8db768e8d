package io.llmnet.function;

import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.pipeline.Function;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Variables;
import io.llmnet.pipeline.file.Compositions;
import io.llmnet.pipeline.file.Reading;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Calls functions as files write them, in YAML of one line. */
final class Caller implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final Vertx vertx = Vertx.vertx();
    final Cancel cancel = new Cancel();
    private final Functions functions;
    private final Map<String, String> variables = new HashMap<>();

    Caller() {
        this(ShellPolicy.USUAL);
    }

    Caller(ShellPolicy policy) {
        functions = new Functions(vertx, policy);
    }

    Caller with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    static Function function(String yaml) {
        return Objects.requireNonNull(graph(yaml).functions().get("f"));
    }

    static Graph graph(String yaml) {
        Reading reading = Compositions.read("f.yaml", """
                models: {m: {url: "http://127.0.0.1:1"}}
                functions:
                  f: %s
                architecture:
                  - {name: chat, layer: 0, model: m, output-to: [answer]}
                  - {name: answer, adapter: output}
                """.formatted(yaml), name -> null);
        return reading.graph().orElseThrow(() -> new AssertionError(reading.problems()));
    }

    CompletionStage<Optional<String>> begin(Function function, boolean isHeard) {
        Variables seen = variables::get;
        return functions.call(
                new FunctionCall(function, seen, isHeard, Deadline.in(PATIENCE, System.nanoTime()), cancel));
    }

    /** What the function brings. */
    Optional<String> call(String yaml) {
        return wait(begin(function(yaml), true));
    }

    /** How it fails. */
    String failure(String yaml) {
        return failure(begin(function(yaml), true));
    }

    static String failure(CompletionStage<Optional<String>> call) {
        try {
            return "brought " + wait(call);
        } catch (CompletionException e) {
            if (e.getCause() instanceof FunctionException known) {
                return String.valueOf(known.getMessage());
            }
            throw e;
        }
    }

    static Optional<String> wait(CompletionStage<Optional<String>> call) {
        return call.toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        functions.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
