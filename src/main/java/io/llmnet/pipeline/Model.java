package io.llmnet.pipeline;

import io.llmnet.backend.Timeouts;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A model that a pipeline may ask, and where it is.
 *
 * @param name its key in the file
 * @param kind what its server speaks
 * @param url the server's root, without {@code /v1} and without a slash at its end
 * @param apiKey sent as a bearer token, if set; never shown
 * @param id the name by which the server knows it
 * @param runner what serves it, started by us or not; null for a server that is there already
 * @param timeouts how patient to be with its server
 */
public record Model(
        String name,
        Kind kind,
        URI url,
        @Nullable String apiKey,
        String id,
        @Nullable Runner runner,
        Timeouts timeouts) {

    /** What a model server speaks. */
    public enum Kind {
        OPENAI,
        OLLAMA,
        /** No server of its own: the gateway asks the best of those that have the model. */
        GATEWAY
    }

    /** The address of a model that the gateway finds. */
    public static final URI GATEWAY = URI.create("llmnet://gateway");

    /** Whether a program is started for it. */
    public boolean isStarted() {
        return runner != null && runner.isStarted();
    }

    /** The same model, served there. */
    public Model at(URI place) {
        return new Model(name, kind, place, apiKey, id, runner, timeouts);
    }

    /** Without the key and the address, which may hold one, so that it can be logged. */
    @Override
    public String toString() {
        return "Model[" + name + " " + kind + " " + id + "]";
    }
}
