package io.llmnet.node;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.util.List;

/** An order made ready for an engine: its prompts in the model's words, counted, and known to fit. */
record Question(Order order, List<Prompt> prompts) {
    /** One prompt, and how many tokens it is. */
    record Prompt(String text, int tokens) {}

    Question {
        prompts = List.copyOf(prompts);
    }

    /** Throws ChatException when a prompt leaves no room for an answer. */
    static Question of(Order order, Engine engine) {
        List<String> texts = order.kind() == Order.Kind.CHAT ? List.of(engine.prompt(order.turns())) : order.prompts();
        return new Question(
                order, texts.stream().map(text -> fitting(text, engine)).toList());
    }

    private static Prompt fitting(String text, Engine engine) {
        int tokens = engine.tokens(text);
        if (tokens >= engine.context()) {
            throw new ChatException(
                    Fault.CONTEXT_LENGTH,
                    "the prompt is " + tokens + " tokens long, but a request may use " + engine.context()
                            + " tokens, prompt and answer together; shorten it, or start the node with a larger --ctx-size");
        }
        return new Prompt(text, tokens);
    }
}
