package io.llmnet.node;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.LlamaOutput;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import org.jspecify.annotations.Nullable;

/**
 * One answer of llama.cpp.
 *
 * <p>The binding cannot be stopped while it reads a prompt, which on a slow machine takes minutes. So a long prompt is read
 * as a row of growing beginnings: llama.cpp keeps what it has read and goes on from there, and in between the caller may
 * leave. Each costs one token's work. What an earlier prompt has in common is not read so, as to ask for less than what
 * is kept would throw the rest away.
 *
 * <p>The binding gives one output a token, and a last one that is none; when a character is not whole yet it gives none at
 * all. A piece with more than one byte a character is therefore counted by the tokenizer.
 */
final class LlamaGeneration implements Engine.Generation {
    private static final int STRIDE_TOKENS = 256;

    private final LlamaModel model;
    private final String prompt;
    private final Sampling sampling;
    private final Beginnings beginnings;
    private final int stride;
    private int read;
    private int counted;
    private boolean lastWasEmpty;
    private @Nullable LlamaIterator outputs;

    /** @param promptTokens 0 to read the prompt at once */
    LlamaGeneration(LlamaModel model, String prompt, int promptTokens, Sampling sampling, Beginnings beginnings) {
        this.model = model;
        this.prompt = prompt;
        this.sampling = sampling;
        this.beginnings = beginnings;
        this.read = beginnings.known(prompt);
        this.stride = promptTokens == 0
                ? prompt.length()
                : Math.max(1, (int) ((long) prompt.length() * STRIDE_TOKENS / promptTokens));
    }

    @Override
    public Engine.@Nullable Piece next() {
        try {
            if (outputs == null && prompt.length() - read > 2 * stride) {
                readOn();
                return Engine.Piece.NOTHING_YET;
            }
            if (outputs == null) {
                outputs = model.generate(parameters(prompt, sampling)).iterator();
            }
            return next(outputs);
        } catch (RuntimeException e) { // the binding hides its own type
            throw new ChatException(Fault.INTERNAL, "llama.cpp failed: " + e.getMessage(), e);
        }
    }

    private Engine.@Nullable Piece next(LlamaIterator open) {
        if (!open.hasNext()) {
            return null;
        }
        LlamaOutput output = open.next();
        if (!open.hasNext()) {
            return output.text.isEmpty() ? null : new Engine.Piece(output.text, 0);
        }
        if (counted == 0) {
            beginnings.remember(prompt);
        }
        int tokens = tokens(output.text);
        counted += tokens;
        lastWasEmpty = output.text.isEmpty();
        return new Engine.Piece(output.text, tokens);
    }

    private void readOn() {
        read += stride;
        if (Character.isLowSurrogate(prompt.charAt(read))) {
            read++;
        }
        InferenceParameters parameters = new InferenceParameters(prompt.substring(0, read))
                .setNPredict(1)
                .setTemperature(0);
        model.generate(parameters).forEach(output -> {});
    }

    /** The model's own end is an empty token; and if tokens are left, nothing else can have ended it. */
    @Override
    public boolean isFinished() {
        return lastWasEmpty || counted < sampling.maxTokens();
    }

    @Override
    public void close() {
        if (outputs != null && outputs.hasNext()) {
            outputs.cancel();
        }
    }

    private int tokens(String text) {
        if (text.chars().allMatch(c -> c < 0x80)) {
            return 1;
        }
        int most = Math.max(1, sampling.maxTokens() - counted);
        int made = model.encode("\n" + text).length - model.encode("\n").length;
        return Math.min(most, Math.max(1, made));
    }

    private static InferenceParameters parameters(String prompt, Sampling sampling) {
        InferenceParameters parameters = new InferenceParameters(prompt)
                .setNPredict(sampling.maxTokens())
                .setTemperature((float) sampling.temperature())
                .setTopP((float) sampling.topP())
                .setTopK(sampling.topK())
                .setMinP((float) sampling.minP())
                .setRepeatPenalty((float) sampling.repeatPenalty())
                .setFrequencyPenalty((float) sampling.frequencyPenalty())
                .setPresencePenalty((float) sampling.presencePenalty());
        if (sampling.seed() != null) {
            parameters.setSeed(sampling.seed());
        }
        if (!sampling.bias().isEmpty()) {
            parameters.setTokenIdBias(sampling.bias());
        }
        if (sampling.grammar() != null) {
            parameters.setGrammar(sampling.grammar());
        }
        return parameters;
    }
}
