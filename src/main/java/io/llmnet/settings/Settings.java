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
 * @param gateway how backends are found, chosen and asked
 * @param keys everything else, by the keys of the server's configuration: {@code llmnet.deadline}, …
 */
public record Settings(
        @Nullable String host,
        @Nullable Integer port,
        List<Path> pipelines,
        Timeouts timeouts,
        GatewaySettings gateway,
        Map<String, String> keys) {
    public static final Settings NONE =
            new Settings(null, null, List.of(), Timeouts.DEFAULT, GatewaySettings.USUAL, Map.of());

    public Settings {
        pipelines = List.copyOf(pipelines);
        keys = Map.copyOf(keys);
    }

    /** The same, but nobody is looked for. */
    public Settings withoutFinding() {
        return new Settings(
                host,
                port,
                pipelines,
                timeouts,
                gateway.with(gateway.discovery().withoutFinding()),
                keys);
    }
}
