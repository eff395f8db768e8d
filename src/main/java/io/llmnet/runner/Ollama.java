package io.llmnet.runner;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** An Ollama, which serves all the models that name it. */
final class Ollama implements Recipe {
    /** Answers as soon as it listens. */
    static final String PROBE = "/api/version";

    private final Surroundings surroundings;

    Ollama(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Launch launch(URI place) throws RunnerFailure {
        return new Launch(List.of(program(surroundings), "serve"), environment(place), List.of(PROBE));
    }

    static String program(Surroundings surroundings) throws RunnerFailure {
        return surroundings
                .program("ollama")
                .orElseThrow(() -> new RunnerFailure(
                        "there is no program ollama on this machine; install it from https://ollama.com"));
    }

    /** By which Ollama's program knows where to listen, or whom to ask. */
    static Map<String, String> environment(URI place) {
        return Map.of("OLLAMA_HOST", Recipe.host(place) + ":" + place.getPort());
    }
}
