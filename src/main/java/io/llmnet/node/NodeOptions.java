package io.llmnet.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a node shall serve.
 *
 * @param model the GGUF file
 * @param port 0 for any free one
 * @param context tokens that <em>one</em> request may use, prompt and answer together; llama.cpp, which divides its
 *     context among its slots, is given {@code parallel} times as much. 0: the model's own, at most 8192, and less when
 *     memory is scarce
 * @param batch tokens of a prompt that are read at once
 * @param gpuLayers layers put on the GPU; negative for all
 * @param threads 0 for as many as there are cores
 * @param parallel requests answered at once; others wait
 * @param waiting requests that may wait; one more is refused
 * @param nodeId the node's name in a swarm
 */
public record NodeOptions(
        Path model,
        String host,
        int port,
        int context,
        int batch,
        int gpuLayers,
        int threads,
        int parallel,
        int waiting,
        String nodeId) {

    private static final int WAITING = 64;

    public NodeOptions {
        require(port >= 0 && port <= 65_535, "port", port, "0 to 65535");
        require(context >= 0, "context", context, "0 (the model's own) or more");
        require(batch >= 1, "batch", batch, "1 or more");
        require(threads >= 0, "threads", threads, "0 (all cores) or more");
        require(parallel >= 1 && parallel <= 256, "parallel", parallel, "1 to 256");
        require(waiting >= 0, "waiting", waiting, "0 or more");
    }

    /** Serves {@code model} on 127.0.0.1:8000 with the defaults. */
    public static NodeOptions of(Path model) {
        return of(Map.of("model-path", model.toString()), Map.of());
    }

    /**
     * Reads flags and environment; a flag beats the environment, an empty value counts as none.
     *
     * @param flags by their long names without dashes: {@code model-path}, {@code host}, {@code port}, {@code n-ctx} or
     *     {@code ctx-size}, {@code n-batch} or {@code batch-size}, {@code n-gpu-layers} or {@code gpu-layers},
     *     {@code threads}, {@code n-parallel}, {@code node-id}
     * @throws NodeFailure naming everything that is wrong
     */
    public static NodeOptions of(Map<String, String> flags, Map<String, String> environment) {
        Source source = new Source(flags, environment);
        String model = source.text("MODEL_PATH", "", "model-path");
        String host = source.text("HOST", "127.0.0.1", "host");
        int port = source.number("PORT", 8000, 0, 65_535, "port");
        int context = source.number("N_CTX", 0, 0, Integer.MAX_VALUE, "n-ctx", "ctx-size");
        int batch = source.number("N_BATCH", 512, 1, 1 << 20, "n-batch", "batch-size");
        int layers = source.number("N_GPU_LAYERS", 0, -1, 100_000, "n-gpu-layers", "gpu-layers");
        int threads = source.number("N_THREADS", 0, 0, 4096, "threads");
        int parallel = source.number("N_PARALLEL", 4, 1, 256, "n-parallel");
        String id = source.text(
                "NODE_ID", UUID.randomUUID().toString().replace("-", "").substring(0, 16), "node-id");
        if (model.isEmpty()) {
            source.problems.add("no model; give --model-path FILE.gguf or set MODEL_PATH");
        }
        if (!source.problems.isEmpty()) {
            throw new NodeFailure(String.join("; ", source.problems));
        }
        return new NodeOptions(Path.of(model), host, port, context, batch, layers, threads, parallel, WAITING, id);
    }

    /** The model's id: its file name without the ending. */
    String modelId() {
        String file = String.valueOf(model.getFileName());
        return file.endsWith(".gguf") ? file.substring(0, file.length() - ".gguf".length()) : file;
    }

    int threadsOrCores() {
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }

    private static void require(boolean holds, String name, int value, String range) {
        if (!holds) {
            throw new NodeFailure(name + ": " + value + " is out of range; give " + range);
        }
    }

    private static final class Source {
        final List<String> problems = new ArrayList<>();
        private final Map<String, String> flags;
        private final Map<String, String> environment;

        Source(Map<String, String> flags, Map<String, String> environment) {
            this.flags = flags;
            this.environment = environment;
        }

        String text(String variable, String absent, String... names) {
            Given given = find(variable, names);
            return given == null ? absent : given.value();
        }

        int number(String variable, int absent, int least, int most, String... names) {
            Given given = find(variable, names);
            if (given == null) {
                return absent;
            }
            try {
                int value = Integer.parseInt(given.value());
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // said below, as a number out of range is
            }
            problems.add(given.name() + ": \"" + given.value() + "\" is not a whole number from " + least
                    + (most == Integer.MAX_VALUE ? " up" : " to " + most) + "; the default is " + absent);
            return absent;
        }

        private @Nullable Given find(String variable, String... names) {
            for (String name : names) {
                String value = flags.get(name);
                if (value != null && !value.isBlank()) {
                    return new Given("--" + name, value.strip());
                }
            }
            String value = environment.get(variable);
            return value == null || value.isBlank() ? null : new Given(variable, value.strip());
        }
    }

    private record Given(String name, String value) {}
}
