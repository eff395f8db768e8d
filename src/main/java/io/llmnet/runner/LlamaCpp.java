package io.llmnet.runner;

import io.llmnet.pipeline.Runner;
import io.llmnet.pipeline.Runner.Parameter;
import io.llmnet.runner.fetch.Hub;
import io.llmnet.runner.process.OpenMp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** llama.cpp: its {@code llama-server} where there is one, else a node of our own. */
final class LlamaCpp implements Recipe {
    private static final System.Logger LOGGER = System.getLogger(LlamaCpp.class.getPackageName());

    /** The flags of llama-server by the other names that people know them by. */
    private static final Map<String, String> SERVER = Map.of(
            "n_ctx", "--ctx-size",
            "ngl", "--n-gpu-layers",
            "gpu_layers", "--n-gpu-layers",
            "n_threads", "--threads",
            "n_batch", "--batch-size",
            "fa", "--flash-attn",
            "n_parallel", "--parallel",
            "np", "--parallel");

    /** The flags of our node. */
    private static final Map<String, String> NODE = Map.ofEntries(
            Map.entry("n_ctx", "--n-ctx"),
            Map.entry("ctx_size", "--n-ctx"),
            Map.entry("n_gpu_layers", "--n-gpu-layers"),
            Map.entry("gpu_layers", "--n-gpu-layers"),
            Map.entry("ngl", "--n-gpu-layers"),
            Map.entry("n_threads", "--threads"),
            Map.entry("threads", "--threads"),
            Map.entry("n_batch", "--n-batch"),
            Map.entry("batch_size", "--n-batch"),
            Map.entry("n_parallel", "--n-parallel"),
            Map.entry("parallel", "--n-parallel"),
            Map.entry("np", "--n-parallel"));

    private final Runner runner;
    private final String source;
    private final Surroundings surroundings;

    LlamaCpp(Runner runner, String source, Surroundings surroundings) {
        this.runner = runner;
        this.source = source;
        this.surroundings = surroundings;
    }

    @Override
    public Launch launch(URI place) throws RunnerFailure, InterruptedException {
        String named = surroundings.environment().apply("LLAMA_SERVER");
        Optional<String> server = named == null || named.isBlank()
                ? surroundings.program("llama-server")
                : Optional.of(surroundings.local(named).toString());
        List<String> command = server.isPresent() ? server(server.get()) : node();
        command.addAll(List.of("--host", Recipe.host(place), "--port", String.valueOf(place.getPort())));
        for (Parameter parameter : runner.parameters()) {
            command.addAll(server.isPresent() ? serverFlag(parameter) : nodeFlag(parameter));
        }
        String token = surroundings.token(runner.token());
        return new Launch(command, token == null ? Map.of() : Map.of("HF_TOKEN", token), List.of("/health"));
    }

    private List<String> server(String program) throws RunnerFailure, InterruptedException {
        String repository = repository();
        return new ArrayList<>(
                repository == null ? List.of(program, "--model", file()) : List.of(program, "--hf-repo", repository));
    }

    private List<String> node() throws RunnerFailure, InterruptedException {
        if (repository() != null) {
            throw new RunnerFailure("llama-server, which could find the model in " + source
                    + ", is not on this machine; name the file, as in \"source\": \"hf://org/repo/file.gguf\"");
        }
        try {
            OpenMp.ofThisMachine().ensure(line -> LOGGER.log(System.Logger.Level.INFO, line));
        } catch (IOException missing) {
            throw new RunnerFailure(String.valueOf(missing.getMessage()), missing);
        }
        List<String> command = new ArrayList<>(surroundings.self());
        command.addAll(List.of("node", "--model-path", file()));
        return command;
    }

    private @Nullable String repository() {
        return Files.exists(surroundings.local(source)) ? null : Hub.repository(source);
    }

    private String file() throws RunnerFailure, InterruptedException {
        return surroundings.file(source, runner.token()).toString();
    }

    private static List<String> serverFlag(Parameter parameter) {
        if (parameter.isOff()) {
            return List.of();
        }
        String key = parameter.key().replace('-', '_');
        String flag = SERVER.getOrDefault(key, "--" + key.replace('_', '-'));
        return Stream.concat(Stream.of(flag), parameter.isSwitch() ? Stream.empty() : parameter.values().stream())
                .toList();
    }

    private static List<String> nodeFlag(Parameter parameter) {
        String flag = NODE.get(parameter.key().replace('-', '_'));
        if (flag == null || parameter.values().size() != 1) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "the parameter {0} has no effect, for there is no llama-server on this machine, and our own node has"
                            + " none such",
                    parameter.key());
            return List.of();
        }
        return List.of(flag, parameter.values().get(0));
    }
}
