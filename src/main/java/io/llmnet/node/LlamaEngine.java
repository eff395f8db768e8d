package io.llmnet.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * llama.cpp. What is peculiar to its binding is said and mended here, and nowhere else.
 *
 * <p>llama.cpp divides one context evenly among its slots, so it is given as much as all slots together may use.
 */
final class LlamaEngine implements Engine {
    private static final int ALL_LAYERS = 999;

    private final LlamaModel model;
    private final int context;
    private final int edges;
    private final Beginnings beginnings;
    private final boolean recurrent;

    private LlamaEngine(LlamaModel model, int context, int slots, Gguf gguf) {
        this.model = model;
        this.context = context;
        this.beginnings = new Beginnings(slots);
        this.edges = (gguf.opensPrompts() ? 1 : 0) + (gguf.closesPrompts() ? 1 : 0);
        this.recurrent = gguf.architecture().matches("(mamba|rwkv|arwkv).*");
    }

    /** Loads a model whose head was read. Throws NodeFailure when llama.cpp refuses it. */
    static LlamaEngine load(NodeOptions options, Gguf gguf) {
        LlamaLibrary.load();
        int context = ContextSize.of(options, gguf, ContextSize.memory());
        try {
            return new LlamaEngine(new LlamaModel(parameters(options, context)), context, options.parallel(), gguf);
        } catch (RuntimeException e) { // the binding hides its own type
            throw new NodeFailure(
                    options.model() + ": llama.cpp b4916 refuses this model; either its architecture ("
                            + gguf.architecture()
                            + ") is newer, or the file is damaged: fetch it again, or try another",
                    e);
        }
    }

    /** Without context shift: it would drop the beginning of a long answer's prompt without a word. */
    private static ModelParameters parameters(NodeOptions options, int context) {
        ModelParameters parameters = new ModelParameters()
                .setModel(options.model().toString())
                .setCtxSize(Math.multiplyExact(context, options.parallel()))
                .setParallel(options.parallel())
                .setBatchSize(options.batch())
                .setThreads(options.threadsOrCores())
                .disableContextShift()
                .disableLog();
        if (options.gpuLayers() != 0) {
            parameters.setGpuLayers(options.gpuLayers() < 0 ? ALL_LAYERS : options.gpuLayers());
        }
        return parameters;
    }

    @Override
    public int context() {
        return context;
    }

    /**
     * The binding's own templates and not Jinja: a template that raises an exception there would end the process. The
     * result comes back as "modified UTF-8", in which a character beyond the basic plane does not survive, nor does NUL; so
     * they travel under other names.
     */
    @Override
    public String prompt(List<Turn> turns) {
        Travel travel = new Travel();
        ObjectNode body = Fields.JSON.createObjectNode();
        ArrayNode messages = body.putArray("messages");
        for (Turn turn : turns) {
            messages.addObject().put("role", turn.role()).put("content", travel.disguise(turn.text()));
        }
        return travel.reveal(model.applyTemplate(new String(Shape.bytes(body), StandardCharsets.UTF_8)));
    }

    @Override
    public int tokens(String prompt) {
        return model.encode(prompt).length + edges;
    }

    @Override
    public Generation generate(String prompt, Sampling sampling) {
        return new LlamaGeneration(model, prompt, recurrent ? 0 : tokens(prompt), sampling, beginnings);
    }

    @Override
    public void close() {
        model.close();
    }
}
