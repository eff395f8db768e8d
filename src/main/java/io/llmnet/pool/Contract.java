package io.llmnet.pool;

import io.llmnet.ensemble.Acceptance;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a task is put to models, and what their answers must be.
 *
 * @param system what they are told first; null for nothing
 * @param prompt what they are asked in place of the client's prompt
 * @param temperature null for the task's
 * @param made of what, besides what the models are told; empty where there is no template, and they are asked the prompt
 *     as it came
 * @param clean takes away what stands around the answer proper, of one that is accepted: the client gets what is left
 */
public record Contract(
        @Nullable String system,
        String prompt,
        Acceptance acceptance,
        @Nullable Double temperature,
        String made,
        UnaryOperator<String> clean) {
    /** Of no template, with answers for the client as they are. */
    public Contract(@Nullable String system, String prompt, Acceptance acceptance, @Nullable Double temperature) {
        this(system, prompt, acceptance, temperature, "", UnaryOperator.identity());
    }
}
