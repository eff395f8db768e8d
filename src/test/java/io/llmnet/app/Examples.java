package io.llmnet.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The pipelines in {@code examples/}. */
final class Examples {
    private Examples() {}

    static List<Path> all() {
        try (var files = Files.walk(Path.of("examples"))) {
            return files.filter(file -> file.toString().matches(".*\\.(json|yaml)"))
                    .filter(file -> !isRoutes(file) && !file.endsWith("llmnet.yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isRoutes(Path file) {
        return String.valueOf(file.getParent()).endsWith("routes");
    }

    static String text(Path example) {
        try {
            return Files.readString(example);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An example with this server in place of those that it names, and its files where they are. */
    static String with(Path example, URI server) {
        return text(example)
                .replace("http://localhost:11434", server.toString())
                .replace("runner: llama-cpp", "url: " + server)
                .replaceAll("\\$(LLMNET_NODE|VLLM_URL|CLOUD_URL)", server.toString())
                .replace("$CLOUD_API_KEY", "a-key")
                .replaceAll(
                        "path: (\\S+\\.env)",
                        "path: " + example.toAbsolutePath().getParent() + "/$1");
    }
}
