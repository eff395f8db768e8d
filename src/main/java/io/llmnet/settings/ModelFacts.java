package io.llmnet.settings;

import io.llmnet.registry.Capabilities;
import io.llmnet.registry.Price;
import org.jspecify.annotations.Nullable;

/**
 * What a settings file says of a model, whoever serves it.
 *
 * @param price null where it does not say
 */
public record ModelFacts(
        Capabilities capabilities, @Nullable Price price) {}
