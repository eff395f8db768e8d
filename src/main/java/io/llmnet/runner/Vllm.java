package io.llmnet.runner;

import io.llmnet.pipeline.Model;
import io.llmnet.pipeline.Runner;
import io.llmnet.pipeline.Words;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** vLLM: its command, or its module in Python. */
final class Vllm implements Recipe {
    private final Model model;
    private final Runner runner;
    private final String source;
    private final Surroundings surroundings;

    Vllm(Model model, Runner runner, String source, Surroundings surroundings) {
        this.model = model;
        this.runner = runner;
        String bare = source.replaceFirst("(?i)^(hf|huggingface)://", "");
        this.source = bare.startsWith("~/") ? surroundings.local(bare).toString() : bare;
        this.surroundings = surroundings;
    }

    @Override
    public Launch launch(URI place) throws RunnerFailure {
        List<String> command = new ArrayList<>(program());
        command.addAll(List.of("--host", Recipe.host(place), "--port", String.valueOf(place.getPort())));
        if (!model.id().equals(source)) {
            command.addAll(List.of("--served-model-name", model.id()));
        }
        command.addAll(Words.flags(runner.parameters()));
        Map<String, String> environment = new HashMap<>(Map.of("TOKENIZERS_PARALLELISM", "false"));
        String token = surroundings.token(runner.token());
        if (token != null) {
            environment.put("HF_TOKEN", token);
            environment.put("HUGGING_FACE_HUB_TOKEN", token);
        }
        return new Launch(command, environment, List.of("/health", "/v1/models"));
    }

    private List<String> program() throws RunnerFailure {
        Optional<String> command = surroundings.program("vllm");
        if (command.isPresent()) {
            return List.of(command.get(), "serve", source);
        }
        String python = surroundings
                .program("python3")
                .or(() -> surroundings.program("python"))
                .orElseThrow(() -> new RunnerFailure(
                        "neither vllm nor python3 is on this machine; install vLLM (pip install vllm)"));
        return List.of(python, "-m", "vllm.entrypoints.openai.api_server", "--model", source);
    }
}
