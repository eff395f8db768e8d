package io.llmnet.discovery.profile;

import org.jspecify.annotations.Nullable;

/**
 * A page of the server itself, which it may not have.
 *
 * @param slots where it tells how many requests it works on at once
 * @param version where it tells which software it is
 * @param facts what holds for all its models
 */
public record ServerPage(
        String path, @Nullable Pointer slots, @Nullable Pointer version, Facts facts) {}
