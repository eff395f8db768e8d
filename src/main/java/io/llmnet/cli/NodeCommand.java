package io.llmnet.cli;

import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code node}: serves one GGUF model from this process. */
final class NodeCommand implements Command {
    private final Nodes nodes;

    NodeCommand(Nodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create()
                .name("node")
                .addOption(Flag.text("FILE", "The model, a GGUF file ($MODEL_PATH).", "--model-path"))
                .addOption(Flag.text("ADDRESS", "Listen there ($HOST).", "--host"))
                .addOption(Flag.port("Listen there ($PORT).", "-p", "--port"))
                .addOption(
                        Flag.number(0, "Context in tokens, 0 for the model's own ($N_CTX).", "--n-ctx", "--ctx-size"))
                .addOption(Flag.number(1, "Prompt tokens worked on at once ($N_BATCH).", "--n-batch", "--batch-size"))
                .addOption(Flag.number(
                        -1, "Layers on the GPU, -1 for all ($N_GPU_LAYERS).", "--n-gpu-layers", "--gpu-layers"))
                .addOption(Flag.number(0, "Threads, 0 for a good number ($N_THREADS).", "--threads"))
                .addOption(Flag.number(1, "Requests answered at once ($N_PARALLEL).", "--n-parallel"))
                .addOption(Flag.text("ID", "The node's name ($NODE_ID).", "--node-id"));
        spec.usageMessage()
                .description(
                        "Serves a GGUF model with llama.cpp. A flag beats the environment variable named beside it.");
        return spec;
    }

    @Override
    public int run(ParseResult line) {
        Map<String, String> flags = new TreeMap<>();
        line.matchedOptions()
                .forEach(option -> flags.put(
                        option.longestName().substring(2),
                        option.stringValues().isEmpty()
                                ? ""
                                : option.stringValues().get(0)));
        return nodes.serve(flags);
    }
}
