package io.llmnet.http.page;

import io.llmnet.registry.Member;
import io.llmnet.registry.Roster;
import io.llmnet.routing.Decision;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway can be asked to show and to do, beside answering requests.
 *
 * <p>Called on event loops; nothing here waits. What fails, fails with a {@link io.llmnet.fault.ChatException}, whose
 * status and message the caller gets.
 */
public interface Operator {
    /** The backends as they are known now. */
    Roster roster();

    /** Other names of models, and what they stand for, which may be an alias too. */
    Map<String, String> aliases();

    /** Takes a backend in, until the server ends; completes once it was probed, however that went. */
    CompletionStage<Member> add(NewBackend wanted);

    /** Lets a backend go that is known; completes once it gets nothing new. */
    CompletionStage<Void> remove(String backend);

    /** Begins to load a model; completes once that has begun. The backend is known. */
    CompletionStage<Operation> load(String model, String backend);

    /** Begins to load a model elsewhere, and to unload it where it is after that. Both backends are known. */
    CompletionStage<Operation> migrate(String model, String source, String target);

    /** Unloads a model; completes once that is done. The backend is known. */
    CompletionStage<Operation> unload(String model, String backend);

    /** What was begun of late, and what became of it. */
    List<Operation> operations();

    /**
     * Decides whom a request would go to, and asks nobody.
     *
     * @param body a chat request in OpenAI's words
     * @param header finds a header by its lower-case name
     */
    Decision explain(String model, byte[] body, UnaryOperator<@Nullable String> header);
}
