package io.llmnet.backend;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A model server that can be asked.
 *
 * @param name as people know it, in messages and headers
 * @param speaks its language
 * @param url its root, without {@code /v1} and without a slash at its end
 * @param apiKey sent as a bearer token, if set; never shown
 * @param timeouts how patient to be
 * @param paths where its endpoints are, below its root
 */
public record Backend(
        String name, Speaks speaks, URI url, @Nullable String apiKey, Timeouts timeouts, Paths paths) {
    /** The language of a model server. */
    public enum Speaks {
        OPENAI,
        OLLAMA,
        ANTHROPIC,
        GOOGLE
    }

    /** One whose endpoints are where its language has them. */
    public Backend(String name, Speaks speaks, URI url, @Nullable String apiKey, Timeouts timeouts) {
        this(name, speaks, url, apiKey, timeouts, Paths.of(speaks));
    }

    /** Without the key and the path, which may hold one, so that it can be told. */
    @Override
    public String toString() {
        return name + " at " + url.getScheme() + "://" + url.getRawAuthority();
    }
}
