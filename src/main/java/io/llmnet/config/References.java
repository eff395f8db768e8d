package io.llmnet.config;

import java.util.Optional;

/** Finds what {@code $secrets.NAME.VARIABLE} stands for. */
public interface References {
    /**
     * The value.
     *
     * @param place where the reference stands
     * @param path the key in which it stands
     * @return empty when there is none, which is a problem by then
     */
    Optional<String> value(Place place, String path, String name, String variable);
}
