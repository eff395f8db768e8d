package io.llmnet.discovery.profile;

import java.util.Map;

/**
 * A page about one model, asked for with POST.
 *
 * @param body as of a {@link Step}
 */
public record Details(String path, Map<String, Object> body, Facts facts) {
    public Details {
        body = Map.copyOf(body);
    }

    /** The body for one model. */
    public byte[] bodyOf(String model) {
        return Step.filled(body, model);
    }
}
