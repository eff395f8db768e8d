package io.llmnet.cli;

import io.llmnet.folder.PipelineFiles;
import io.llmnet.secret.SecretStore;
import io.llmnet.settings.GatewaySettings;
import io.llmnet.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What to serve, and where; read and checked.
 *
 * @param pipelines the files, read
 * @param secrets what they were read with, and are to be read with again
 * @param host the address to listen on
 * @param port 0 for any that is free
 * @param timeout for a whole request; null for the default
 * @param maxConcurrent requests worked on at once; null for the default
 * @param verbosity how often {@code -v} was given
 * @param settings what the settings file says
 * @param settingsFile where it is; null where there is none
 * @param flags what the command line changes of how backends are found, whatever the file says then
 * @param keys what the settings file says besides, by the keys of the server's configuration; the environment beats it
 */
public record RunOptions(
        PipelineFiles pipelines,
        SecretStore secrets,
        String host,
        int port,
        @Nullable Duration timeout,
        @Nullable Integer maxConcurrent,
        int verbosity,
        Settings settings,
        @Nullable Path settingsFile,
        UnaryOperator<GatewaySettings> flags,
        Map<String, String> keys) {
    public static final String DEFAULT_HOST = "127.0.0.1";
    public static final int DEFAULT_PORT = 8080;

    public RunOptions {
        keys = Map.copyOf(keys);
    }

    /** How backends are found, chosen and asked. */
    public GatewaySettings gateway() {
        return flags.apply(settings.gateway());
    }
}
