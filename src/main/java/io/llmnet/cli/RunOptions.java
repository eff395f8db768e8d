package io.llmnet.cli;

import io.llmnet.pipeline.Graph;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to serve, and where; read and checked.
 *
 * @param pipelines at least one, no two of the same name
 * @param host the address to listen on
 * @param port 0 for any that is free
 * @param timeout for a whole request; null for the default
 * @param maxConcurrent requests worked on at once; null for the default
 * @param verbosity how often {@code -v} was given
 */
public record RunOptions(
        List<Graph> pipelines,
        String host,
        int port,
        @Nullable Duration timeout,
        @Nullable Integer maxConcurrent,
        int verbosity) {
    public static final String DEFAULT_HOST = "127.0.0.1";
    public static final int DEFAULT_PORT = 8080;

    public RunOptions {
        pipelines = List.copyOf(pipelines);
        if (pipelines.isEmpty()) {
            throw new IllegalArgumentException("no pipeline to serve");
        }
    }
}
