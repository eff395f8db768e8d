package io.llmnet.pool.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmnet.protocol.json.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Texts and schemas, each by the name of a template.
 *
 * @param texts with {@link Template#INPUT} where the input goes
 * @param inputs what a prompt must be for the text to be used
 * @param outputs what an answer must be
 */
record Prompts(Map<String, String> texts, Map<String, Schema> inputs, Map<String, Schema> outputs) {
    static final Prompts NONE = new Prompts(Map.of(), Map.of(), Map.of());

    /** Of the tasks that LLM Pool knows. */
    private static final List<String> NAMES =
            List.of("judge", "rerank", "expand_queries", "recovery_plan", "enrich_metadata", "site_tactics");

    Prompts {
        texts = Map.copyOf(texts);
        inputs = Map.copyOf(inputs);
        outputs = Map.copyOf(outputs);
    }

    /** Our own. */
    static Prompts ours() {
        Map<String, String> texts = new HashMap<>();
        Map<String, Schema> inputs = new HashMap<>();
        Map<String, Schema> outputs = new HashMap<>();
        for (String name : NAMES) {
            texts.put(name, text("/prompts/" + name + ".md"));
            inputs.put(name, Schema.ofResource("/prompts/" + name + ".input.json"));
            outputs.put(name, Schema.ofResource("/prompts/" + name + ".output.json"));
        }
        return new Prompts(texts, inputs, outputs);
    }

    private static String text(String resource) {
        try (InputStream file = Prompts.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(file, resource).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
