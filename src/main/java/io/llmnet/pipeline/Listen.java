package io.llmnet.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * Where a pipeline file wants to be served; null where it does not say.
 *
 * @param host an address
 * @param port 1 to 65535
 */
public record Listen(@Nullable String host, @Nullable Integer port) {
    public static final Listen ANYWHERE = new Listen(null, null);
}
