package io.llmnet.settings;

import io.llmnet.backend.Timeouts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a settings file says.
 *
 * @param host where to listen; null where it does not say
 * @param port where to listen; null where it does not say
 * @param pipelines files and folders to serve where nobody names any
 * @param timeouts how patient to be with a model's server whose file does not say
 * @param keys everything else, by the keys of the server's configuration: {@code llmnet.deadline}, …
 */
public record Settings(
        @Nullable String host,
        @Nullable Integer port,
        List<Path> pipelines,
        Timeouts timeouts,
        Map<String, String> keys) {
    public static final Settings NONE = new Settings(null, null, List.of(), Timeouts.DEFAULT, Map.of());

    public Settings {
        pipelines = List.copyOf(pipelines);
        keys = Map.copyOf(keys);
    }
}
